import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { assertAlive, assertFails, it, open, PROTOCOL, recorder, SERVER_NAMES, TRANSPORTS, uniqueName, withHeaders } from '../lib/clients.mjs';

for (const transport of TRANSPORTS) {
  describe(`calls over ${transport}`, () => {
    it('get results', async (t) => {
      const connection = await open(t, transport);
      assert.equal(await connection.invoke('echo', 'hello'), 'hello');
      assert.equal(await connection.invoke('echoLater', 'hello'), 'hello');
      assert.equal(await connection.invoke('plus', 2, 3), 5);
      assert.equal(await connection.invoke('maybe', true), 'here');
      assert.equal(await connection.invoke('maybe', false), null);
      assert.equal(await connection.invoke('echo', null), null);
    });

    it('compare names without case', async (t) => {
      const connection = await open(t, transport);
      assert.equal(await connection.invoke('ECHO', 'hello'), 'hello');
      assert.equal(await connection.invoke('EchoLater', 'hello'), 'hello');
    });

    it('get null as the result of a void method', async (t) => {
      const connection = await open(t, transport);
      assert.equal(await connection.invoke('nothing'), null);
    });

    it('carry all characters', async (t) => {
      const connection = await open(t, transport);
      const text = 'äöü € 漢字 😀 "\\ \u0000\u001e\u2028 \r\n\t</script>';
      assert.equal(await connection.invoke('echo', text), text);
    });

    it('carry headers that a protocol of one\'s own adds', async (t) => {
      let traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const customize = (builder) => builder.withHubProtocol(withHeaders(builder.protocol, () => ({ traceparent })));
      const connection = await open(t, transport, { customize });
      assert.equal(await connection.invoke('traceParent'), traceparent);
      traceparent = traceparent.replace('b7ad', 'a0b1');
      assert.equal(await connection.invoke('traceParent'), traceparent);
    });

    it('may go without an answer, and keep their order', async (t) => {
      const connection = await open(t, transport);
      const run = uniqueName('run');
      const numbers = Array.from({ length: 1000 }, (_, i) => i);
      await Promise.all(numbers.map((i) => connection.send('record', run, i)));
      assert.deepEqual(await connection.invoke('recorded', run), numbers);
    });

    it('see what the server sent before the result', async (t) => {
      const burst = recorder();
      const connection = await open(t, transport, { on: { burst } });
      assert.equal(await connection.invoke('burst', 1000), 1000);
      assert.deepEqual(burst.values, Array.from({ length: 1000 }, (_, i) => i));
    });

    it('may be many at once', async (t) => {
      const connection = await open(t, transport);
      const texts = Array.from({ length: 100 }, (_, i) => `text ${i}`);
      assert.deepEqual(await Promise.all(texts.map((text) => connection.invoke('echo', text))), texts);
    });

    it('fail with the text of a HubException only', async (t) => {
      const connection = await open(t, transport);
      await assertFails(connection.invoke('fail', 'no luck'), "An unexpected error occurred invoking 'fail' on the server. HubException: no luck");
      await assertFails(connection.invoke('failLater', 'no luck'), "An unexpected error occurred invoking 'failLater' on the server. HubException: no luck");
      await assertFails(connection.invoke('failMasked'), "An unexpected error occurred invoking 'failMasked' on the server.");
      await assertAlive(connection);
    });

    it('fail if there is no such method', async (t) => {
      const connection = await open(t, transport);
      await assertFails(connection.invoke('NoSuch', 1), "Failed to invoke 'NoSuch' due to an error on the server. HubException: Method does not exist.");
      await connection.send('NoSuch', 1);
      await assertAlive(connection);
    });

    it('fail if the arguments do not fit', async (t) => {
      const connection = await open(t, transport);
      const failed = "Failed to invoke 'plus' due to an error on the server.";
      await assertFails(connection.invoke('plus'), failed);
      await assertFails(connection.invoke('plus', 1), failed);
      await assertFails(connection.invoke('plus', 1, 2, 3), failed);
      await assertFails(connection.invoke('plus', 1, 'many'), failed);
      await assertFails(connection.invoke('plus', {}, []), failed);
      await connection.send('plus', 'many');
      await assertAlive(connection);
    });

    it('carry objects, lists and maps of declared types', async (t) => {
      const connection = await open(t, transport);
      const items = [
        { name: 'tea', amount: 2, tags: ['hot', 'green'], kind: 'SMALL' },
        { name: 'cake', amount: 1, tags: [], kind: 'LARGE' },
      ];
      assert.deepEqual(await connection.invoke('doubled', items), [
        { ...items[0], amount: 4 },
        { ...items[1], amount: 2 },
      ]);
      assert.deepEqual(await connection.invoke('doubled', []), []);
      assert.deepEqual(await connection.invoke('sums', { a: [1, 2, 3], b: [] }), { a: 6, b: 0 });
    });

    it('carry dates, numbers and bytes', async (t) => {
      const connection = await open(t, transport);
      const bytes = PROTOCOL === 'messagepack' ? new Uint8Array([0, 1, 0x80, 0xff]) : Buffer.from('bytes').toString('base64');
      const instant = new Date('2024-02-28T22:30:00.123Z');
      const next = await connection.invoke('dayAfter', instant, '2024-02-28');
      assert.deepEqual(new Date(next.instant), new Date('2024-02-29T22:30:00.123Z'));
      assert.equal(next.date, '2024-02-29');
      const wide = { number: Number.MAX_SAFE_INTEGER, fraction: 0.1, kind: 'LARGE', bytes };
      assert.deepEqual(await connection.invoke('wide', wide.number, wide.fraction, wide.kind, wide.bytes), wide);
    });

    it('may be as large as the server accepts', async (t) => {
      const connection = await open(t, transport);
      const text = 'x'.repeat(32 * 1024 - 100);
      assert.equal(await connection.invoke('echo', text), text);
      assert.equal((await connection.invoke('large', 300_000)).length, 300_000);
    });

    it('know their caller', async (t) => {
      const connection = await open(t, transport, { query: { user: 'ann', colour: 'blue & green' }, headers: { 'X-Shade': 'dark' } });
      assert.deepEqual(await connection.invoke('self'), {
        connectionId: connection.connectionId,
        user: 'ann',
        transport: SERVER_NAMES[transport],
        protocol: PROTOCOL,
        hub: 'interop',
      });
      assert.equal(await connection.invoke('query', 'colour'), 'blue & green');
      assert.equal(await connection.invoke('header', 'x-shade'), 'dark');
      assert.equal(await connection.invoke('query', 'id'), null);
      assert.equal(await connection.invoke('count'), 1);
      assert.equal(await connection.invoke('count'), 2);
    });

    it('know the language of the caller', async (t) => {
      const connection = await open(t, transport, { headers: { 'Accept-Language': 'fr-CH, fr;q=0.9' } });
      assert.equal(await connection.invoke('language'), 'fr');
    });
  });
}
