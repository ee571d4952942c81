import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { it, uniqueName } from '../lib/clients.mjs';
import { cuttableProxy, whileCutting } from '../lib/proxies.mjs';
import { followStreams, openPubSub, service } from '../lib/web-pubsub-client.mjs';

const numbers = (count) => Array.from({ length: count }, (_, i) => i);

// The client itself numbers from one.
const FIRST_ACK_ID = 1_000_000;

function openReliable(test, options) {
  return openPubSub(test, 'json.reliable', { messageRetryOptions: { maxRetries: 10_000, retryDelayInMs: 10 }, ...options });
}

/** It has never been told of another connection. */
function assertSameConnection({ received }) {
  assert.deepEqual([received.connected.values.length, received.disconnected.values], [1, []]);
}

describe('the reliable client of Web PubSub', () => {
  it('loses nothing, doubles nothing, and keeps the order both ways when its sockets break', async (t) => {
    const proxy = await cuttableProxy(t);
    const group = uniqueName('group');
    const back = uniqueName('back');
    const client = await openReliable(t, { url: proxy.url });
    const other = await openReliable(t, { userId: 'bob' });
    await client.joinGroup(group);
    await other.joinGroup(back);
    const cuts = await whileCutting(proxy.drop, () =>
      Promise.all([
        (async () => {
          for (const i of numbers(2000)) {
            await other.sendToGroup(group, `${i}`, 'text', { fireAndForget: i % 4 !== 0 });
            if (i % 8 === 0) await sleep(5);
          }
        })(),
        (async () => {
          for (const i of numbers(200)) await client.sendEvent('record', [group, i], 'json', { ackId: FIRST_ACK_ID + i });
        })(),
        (async () => {
          for (const i of numbers(200)) await client.sendToGroup(back, i, 'json', { ackId: 2 * FIRST_ACK_ID + i });
        })(),
      ]),
    );
    await other.sendToGroup(group, 'end', 'text');
    const texts = (await client.received.group.first(2001)).map((message) => message.data);
    assert.deepEqual(texts, [...numbers(2000).map(String), 'end']);
    assert.deepEqual((await other.invokeEvent('recorded', [group], 'json')).data, numbers(200));
    assert.deepEqual(other.received.group.values.map((message) => message.data), numbers(200));
    assert.ok(cuts > 5, `${cuts} cuts`);
    assertSameConnection(client);
  });

  it('goes on with streams both ways', async (t) => {
    const proxy = await cuttableProxy(t);
    const [group, back] = [uniqueName('group'), uniqueName('back')];
    const client = await openReliable(t, { url: proxy.url });
    const other = await openReliable(t, { userId: 'bob' });
    const [down, up] = [followStreams(client), followStreams(other)];
    await client.joinGroup(group);
    await other.joinGroup(back);
    const writers = [await client.openGroupStream(back), await other.openGroupStream(group)];
    const cuts = await whileCutting(proxy.drop, () =>
      Promise.all(
        writers.map(async (writer) => {
          for (const i of numbers(1000)) {
            await writer.write(i, 'json');
            if (i % 5 === 0) await sleep(5);
          }
          await writer.end();
        }),
      ),
    );
    for (const ended of [up, down]) {
      const [{ items, error }] = await ended.first(1);
      assert.equal(error, undefined);
      assert.deepEqual(items, numbers(1000));
    }
    assert.ok(cuts > 5, `${cuts} cuts`);
    assertSameConnection(client);
  });

  it('connects anew when it comes back too late', async (t) => {
    const proxy = await cuttableProxy(t);
    const group = uniqueName('group');
    const hub = 'forgetful';
    const client = await openReliable(t, { hub, url: proxy.url });
    const other = await openReliable(t, { hub, userId: 'bob' });
    await client.joinGroup(group);
    await other.sendToGroup(group, 'before', 'text');
    await client.received.group.first(1);
    proxy.refuse(true);
    proxy.drop();
    const [before] = client.received.connected.values;
    while (await service({ hub }).connectionExists(before)) await sleep(50);
    proxy.refuse(false);
    const [, after] = await client.received.connected.first(2);
    assert.notEqual(after, before);
    assert.equal(client.received.disconnected.values.length, 1);
    await other.sendToGroup(group, 'after', 'text');
    assert.deepEqual((await client.received.group.first(2)).map(({ data, sequenceId }) => [data, sequenceId]), [['before', 1], ['after', 1]]);
  });
});
