import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { assertAlive, assertFails, build, follow, it, open, recorder, uniqueName } from '../lib/clients.mjs';
import { Subject } from '@microsoft/signalr';

const INSTANT = new Date('2024-02-28T22:30:00.123Z');
const PICTURE = Uint8Array.from({ length: 256 }, (_, i) => i);

for (const transport of ['WebSockets', 'LongPolling']) {
  describe(`MessagePack over ${transport}`, () => {
    const speaking = (protocol, on = {}) => ({ protocol, on });

    it('carries bytes and dates as they are', async (t) => {
      const connection = await open(t, transport, speaking('messagepack'));
      assert.deepEqual(await connection.invoke('echoBytes', PICTURE), PICTURE);
      assert.deepEqual(await connection.invoke('echoBytes', new Uint8Array(0)), new Uint8Array(0));
      assert.deepEqual(await connection.invoke('echoInstant', INSTANT), INSTANT);
      assert.deepEqual(await connection.invoke('echoInstant', new Date(-1)), new Date(-1));
      assert.deepEqual(await connection.invoke('echoInstant', new Date('2500-01-01T00:00:00Z')), new Date('2500-01-01T00:00:00Z'));
      const announcement = { text: 'grün €', at: INSTANT, picture: PICTURE };
      assert.deepEqual(await connection.invoke('echoAnnouncement', announcement), announcement);
    });

    it('carries values of undeclared types', async (t) => {
      const connection = await open(t, transport, speaking('messagepack'));
      const value = { a: [1, -1, 0.5, 2 ** 40, 'text', true, null], b: { at: INSTANT, picture: PICTURE } };
      assert.deepEqual(await connection.invoke('echoAnything', value), value);
    });

    it('tells bytes and text apart', async (t) => {
      const connection = await open(t, transport, speaking('messagepack'));
      await assertFails(connection.invoke('echo', PICTURE), "Failed to invoke 'echo' due to an error on the server.");
      assert.deepEqual(await connection.invoke('echoBytes', 'é'), Uint8Array.from([0xc3, 0xa9]));
      await assertAlive(connection);
    });

    it('streams bytes both ways', async (t) => {
      const connection = await open(t, transport, speaking('messagepack'));
      const chunks = new Subject();
      const answers = follow(connection.stream('reversed', chunks));
      const sent = [PICTURE, new Uint8Array(0), Uint8Array.from([1, 2, 3])];
      for (const chunk of sent) chunks.next(chunk);
      chunks.complete();
      assert.deepEqual(
        await answers.done,
        sent.map((chunk) => Uint8Array.from(chunk).reverse()),
      );
    });

    it('asks clients for bytes', async (t) => {
      const connection = await open(t, transport, speaking('messagepack', { sign: (bytes) => Uint8Array.from([...bytes, 42]) }));
      assert.deepEqual(await connection.invoke('signed', Uint8Array.from([1])), Uint8Array.from([1, 42]));
    });

    it('may be as large as the server accepts, and no larger', async (t) => {
      const connection = await open(t, transport, speaking('messagepack'));
      const bytes = new Uint8Array(32 * 1024 - 100);
      assert.equal((await connection.invoke('echoBytes', bytes)).length, bytes.length);
      await assert.rejects(connection.invoke('echoBytes', new Uint8Array(32 * 1024)));
    });

    it('shares groups with JSON', async (t) => {
      const group = uniqueName('group');
      const binary = recorder();
      const text = recorder();
      const first = await open(t, transport, speaking('messagepack', { announced: binary }));
      const second = await open(t, transport, speaking('json', { announced: text }));
      await first.invoke('join', group);
      await second.invoke('join', group);
      await first.invoke('announce', group, { text: 'from binary', at: INSTANT, picture: PICTURE });
      await second.invoke('announce', group, { text: 'from text', at: INSTANT.toISOString(), picture: Buffer.from(PICTURE).toString('base64') });
      const expected = (text) => ({ text, at: INSTANT, picture: PICTURE });
      assert.deepEqual(await binary.first(2), [expected('from binary'), expected('from text')]);
      const received = await text.first(2);
      assert.deepEqual(
        received.map(({ text, at, picture }) => ({ text, at: new Date(at), picture: new Uint8Array(Buffer.from(picture, 'base64')) })),
        [expected('from binary'), expected('from text')],
      );
    });

    it('works with stateful reconnect', async (t) => {
      const connection = await open(t, transport, { protocol: 'messagepack', customize: (builder) => builder.withStatefulReconnect() });
      await assertAlive(connection);
    });
  });
}

describe('MessagePack', () => {
  it('does not go over server-sent events', async () => {
    const connection = build('ServerSentEvents', { protocol: 'messagepack' });
    await assert.rejects(connection.start(), /'ServerSentEvents' does not support Binary/);
  });

  it('passes server-sent events over', async (t) => {
    const connection = await open(t, undefined, { protocol: 'messagepack', WebSocket: class { constructor() { throw new Error('none here'); } } });
    assert.equal((await connection.invoke('self')).transport, 'LONG_POLLING');
  });

  it('is not spoken by hubs that do not allow it', async () => {
    const connection = build('WebSockets', { url: `${process.env.BASE_URL}/hubs/textual`, protocol: 'messagepack' });
    await assert.rejects(connection.start(), /The protocol 'messagepack' is not supported\./);
  });
});
