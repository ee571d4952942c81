import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { it, recorder, uniqueName } from '../lib/clients.mjs';
import { followStreams, openPubSub, PROTOCOLS, service } from '../lib/web-pubsub-client.mjs';

const numbers = (count) => Array.from({ length: count }, (_, i) => i);
const once = { messageRetryOptions: { maxRetries: 0 } };
const bytes = (...values) => new Uint8Array(values).buffer;
const withBytes = ({ data, ...message }) => ({ ...message, data: data instanceof ArrayBuffer ? [...new Uint8Array(data)] : data });

for (const protocol of Object.keys(PROTOCOLS)) describe(`the client of Web PubSub with ${protocol}`, () => {
  it('publishes all kinds of data', async (t) => {
    const group = uniqueName('group');
    const [ann, bob] = [await openPubSub(t, protocol), await openPubSub(t, protocol, { userId: 'bob' })];
    await bob.joinGroup(group);
    await ann.sendToGroup(group, 'text \u{1f600}', 'text');
    await ann.sendToGroup(group, { a: [1, null, 'ü'] }, 'json');
    await ann.sendToGroup(group, bytes(0, 255), 'binary');
    await ann.sendToGroup(group, bytes(10, 1, 120, 18, 1, 1), 'protobuf');
    const received = (await bob.received.group.first(4)).map(withBytes);
    assert.deepEqual(received.map(({ dataType, data }) => [dataType, data]), [
      ['text', 'text \u{1f600}'],
      ['json', { a: [1, null, 'ü'] }],
      ['binary', [0, 255]],
      ['protobuf', [10, 1, 120, 18, 1, 1]],
    ]);
    for (const message of received) assert.deepEqual([message.group, message.fromUserId], [group, 'ann']);
    assert.deepEqual(received.map(({ sequenceId }) => sequenceId ?? null), protocol === 'json' ? [null, null, null, null] : [1, 2, 3, 4]);
  });

  it('receives of the groups it is in, and of its own what it wants', async (t) => {
    const group = uniqueName('group');
    const [ann, bob] = [await openPubSub(t, protocol), await openPubSub(t, protocol, { userId: 'bob' })];
    await ann.joinGroup(group);
    await bob.joinGroup(group);
    await ann.sendToGroup(group, 'all', 'text');
    await ann.sendToGroup(group, 'others', 'text', { noEcho: true });
    await bob.received.group.first(2);
    await bob.leaveGroup(group);
    await ann.sendToGroup(group, 'while away', 'text');
    await bob.joinGroup(group);
    await ann.sendToGroup(group, 'back', 'text', { fireAndForget: true });
    const texts = async (client, count) => (await client.received.group.first(count)).map((message) => message.data);
    assert.deepEqual(await texts(ann, 3), ['all', 'while away', 'back']);
    assert.deepEqual(await texts(bob, 3), ['all', 'others', 'back']);
  });

  it('is told what it may not do', async (t) => {
    const client = await openPubSub(t, protocol, { roles: ['webpubsub.joinLeaveGroup.mine'], ...once });
    await client.joinGroup('mine');
    for (const refused of [client.joinGroup('g'), client.leaveGroup('g'), client.sendToGroup('mine', 'x', 'text')]) {
      await assert.rejects(refused, (error) => error.errorDetail.name === 'Forbidden');
    }
  });

  it('does once what it asks for twice', async (t) => {
    const group = uniqueName('group');
    const client = await openPubSub(t, protocol);
    assert.equal((await client.joinGroup(group, { ackId: 7_000_000_000 })).isDuplicated, false);
    assert.equal((await client.joinGroup(group, { ackId: 7_000_000_000 })).isDuplicated, true);
    assert.equal((await client.sendToGroup(group, 'once', 'text', { ackId: 8 })).isDuplicated, false);
    assert.equal((await client.sendToGroup(group, 'twice', 'text', { ackId: 8 })).isDuplicated, true);
    await client.sendToGroup(group, 'end', 'text');
    assert.deepEqual((await client.received.group.first(2)).map((message) => message.data), ['once', 'end']);
  });

  it('has its events replied to before they are acknowledged', async (t) => {
    const client = await openPubSub(t, protocol, once);
    await client.sendEvent('text', 'sent', 'text');
    await client.sendEvent('json', { a: 1 }, 'json');
    await client.sendEvent('binary', bytes(1, 2), 'binary');
    await client.sendEvent('nothing', '', 'text');
    const replies = client.received.server.values.map(withBytes);
    assert.deepEqual(replies.map(({ dataType, data }) => [dataType, data]), [
      ['text', 'sent'],
      ['json', { a: 1 }],
      ['binary', [1, 2]],
    ]);
    for (const event of ['fail', 'unknown']) {
      await assert.rejects(client.sendEvent(event, 'x', 'text'), (error) => error.errorDetail.name === 'InternalServerError');
    }
    await assert.rejects(client.sendEvent('record', 'x', 'text'), (error) => error.errorDetail.name === 'BadRequest');
  });

  it('invokes events', async (t) => {
    const client = await openPubSub(t, protocol);
    const invoke = async (...args) => {
      const { dataType, data } = withBytes(await client.invokeEvent(...args));
      return [dataType, data];
    };
    assert.deepEqual(await Promise.all([invoke('text', 'asked', 'text'), invoke('json', { a: 1 }, 'json')]), [['text', 'asked'], ['json', { a: 1 }]]);
    assert.deepEqual(await invoke('binary', bytes(1, 2), 'binary'), ['binary', [1, 2]]);
    assert.deepEqual(await invoke('nothing', '', 'text'), [undefined, undefined]);
    await assert.rejects(client.invokeEvent('fail', 'too loud', 'text'), (error) => {
      assert.equal(error.errorDetail.name, 'InternalServerError');
      assert.match(error.errorDetail.message, /too loud/);
      return true;
    });
    await assert.rejects(client.invokeEvent('unknown', 'x', 'text'), (error) => error.errorDetail.name === 'InternalServerError');
    const abort = new AbortController();
    const aborted = assert.rejects(client.invokeEvent('later', 'late', 'text', { abortSignal: abort.signal }));
    await sleep(20);
    abort.abort();
    await aborted;
    assert.deepEqual(await invoke('later', 'in time', 'text'), ['text', 'in time']);
  });

  it('streams to groups', async (t) => {
    const group = uniqueName('group');
    const [ann, bob] = [await openPubSub(t, protocol), await openPubSub(t, protocol, { userId: 'bob' })];
    const ended = followStreams(bob);
    await bob.joinGroup(group);
    const writers = [await ann.openGroupStream(group), await ann.openGroupStream(group, { streamId: 'mine' })];
    for (const i of numbers(50)) for (const writer of writers) await writer.write(`${i}`, 'text');
    for (const writer of writers) await writer.end();
    for (const [i, stream] of (await ended.first(2)).entries()) {
      assert.deepEqual(stream, { streamId: writers[i].streamId, group, items: numbers(50).map(String), error: undefined });
    }
  });

  it('is told of streams that fail', async (t) => {
    const group = uniqueName('group');
    const [ann, bob] = [await openPubSub(t, protocol), await openPubSub(t, protocol, { userId: 'bob' })];
    const ended = followStreams(bob);
    await bob.joinGroup(group);
    const aborted = await ann.openGroupStream(group);
    await aborted.write({ a: 1 }, 'json');
    await aborted.abort({ message: 'no more', userErrorCode: 'E1' });
    const [{ items, error }] = await ended.first(1);
    assert.deepEqual(items, [{ a: 1 }]);
    assert.equal(error.message, 'no more');
    const idle = await ann.openGroupStream(group, { idleTimeoutInMs: 100 });
    const errors = recorder();
    idle.onError(errors);
    await idle.write('only', 'text');
    assert.equal((await errors.first(1))[0].name, 'IdleTimeout');
    assert.deepEqual((await ended.first(2))[1].items, ['only']);
    const nobody = await openPubSub(t, protocol, { roles: [] });
    await assert.rejects(nobody.openGroupStream(group), (failure) => failure.name === 'Forbidden');
  });

  it('hears the server', async (t) => {
    const userId = uniqueName('user');
    const client = await openPubSub(t, protocol, { userId });
    await service().sendToUser(userId, 'text', { contentType: 'text/plain' });
    await service().sendToUser(userId, [1]);
    await service().sendToUser(userId, bytes(3));
    const received = (await client.received.server.first(3)).map(withBytes);
    assert.deepEqual(received.map(({ data }) => data), ['text', [1], [3]]);
  });

  it('stays connected while it has nothing to say', async (t) => {
    const client = await openPubSub(t, protocol, { keepAliveIntervalInMs: 50, keepAliveTimeoutInMs: 300 });
    await sleep(500);
    await client.sendEvent('nothing', '', 'text');
    assert.deepEqual([client.received.connected.values.length, client.received.disconnected.values], [1, []]);
  });

  it('connects anew when the server has ended its connection', async (t) => {
    const group = uniqueName('group');
    const client = await openPubSub(t, protocol);
    await client.joinGroup(group);
    await service().closeConnection(client.received.connected.values[0], { reason: 'enough' });
    const [before, after] = await client.received.connected.first(2);
    assert.notEqual(after, before);
    assert.deepEqual(client.received.disconnected.values, ['enough']);
    await client.sendToGroup(group, 'joined again', 'text');
    assert.equal((await client.received.group.first(1))[0].data, 'joined again');
  });
});
