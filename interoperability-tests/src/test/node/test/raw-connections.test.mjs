import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe } from 'node:test';
import { HttpTransportType, LogLevel, TransferFormat } from '@microsoft/signalr';
import { BASE_URL, finallyDo, it, recorder } from '../lib/clients.mjs';

// what the client has below its hubs is not exported
const { HttpConnection } = createRequire(import.meta.url)('@microsoft/signalr/dist/cjs/HttpConnection.js');

const ALL = ['WebSockets', 'ServerSentEvents', 'LongPolling'];

async function connect(test, transport, path, format, options = {}) {
  const connection = new HttpConnection(BASE_URL + path, { transport: HttpTransportType[transport], logger: LogLevel.None, ...options });
  const received = recorder();
  connection.onreceive = received;
  const closed = new Promise((resolve) => (connection.onclose = resolve));
  finallyDo(test, () => connection.stop());
  await connection.start(format);
  return { connection, received, closed };
}

function bytes(length) {
  return Uint8Array.from({ length }, (_, i) => i % 256);
}

for (const transport of ALL) {
  describe(`raw connections over ${transport}`, () => {
    it('echo text', async (t) => {
      const { connection, received } = await connect(t, transport, '/echo', TransferFormat.Text);
      await connection.send('Hello Wörld €😀');
      assert.deepEqual(await received.first(1), ['Hello Wörld €😀']);
      await connection.send('{"json":true}\u001e');
      assert.equal((await received.first(2))[1], '{"json":true}\u001e');
    });

    it('echo one after the other, in order', async (t) => {
      const { connection, received } = await connect(t, transport, '/echo', TransferFormat.Text);
      const sent = [];
      for (let i = 0; i < 100; i++) {
        sent.push(`<${i}>`);
        await connection.send(sent[i]);
      }
      while (received.values.join('') !== sent.join('')) {
        assert.ok(sent.join('').startsWith(received.values.join('')));
        await received.first(received.values.length + 1);
      }
    });

    it('echo long text', async (t) => {
      const { connection, received } = await connect(t, transport, '/echo', TransferFormat.Text);
      const text = 'a€😀'.repeat(20_000);
      await connection.send(text);
      while (received.values.join('').length < text.length) await received.first(received.values.length + 1);
      assert.equal(received.values.join(''), text);
    });

    it('end when the client stops', async (t) => {
      const { connection, closed } = await connect(t, transport, '/echo', TransferFormat.Text);
      await connection.stop();
      assert.equal(await closed, undefined);
    });

    it('hear the server first, and that it closes', async (t) => {
      const { connection, received, closed } = await connect(t, transport, '/greeter?name=Ann', TransferFormat.Text);
      assert.deepEqual(await received.first(1), ['hello Ann']);
      await connection.send('?');
      assert.equal((await received.first(2))[1], 'bye');
      assert.equal(await closed, undefined);
    });

    it('end if their handler fails, without harm to others', async (t) => {
      const witness = await connect(t, transport, '/echo', TransferFormat.Text);
      const { connection, closed } = await connect(t, transport, '/greeter', TransferFormat.Text);
      await connection.send('!').catch(() => {});
      await closed;
      await witness.connection.send('alive');
      assert.deepEqual(await witness.received.first(1), ['alive']);
    });
  });
}

for (const transport of ['WebSockets', 'LongPolling']) {
  describe(`raw connections over ${transport}, binary`, () => {
    for (const length of [1, 1000, 100_000]) {
      it(`echo ${length} bytes`, async (t) => {
        const { connection, received } = await connect(t, transport, '/echo', TransferFormat.Binary);
        await connection.send(bytes(length).buffer);
        let all = [];
        for (let count = 1; all.length < length; count++) {
          const piece = (await received.first(count))[count - 1];
          assert.ok(piece instanceof ArrayBuffer);
          all = [...all, ...new Uint8Array(piece)];
        }
        assert.deepEqual(all, [...bytes(length)]);
      });
    }
  });
}

describe('raw connections', () => {
  it('may do without negotiation', async (t) => {
    const { connection, received } = await connect(t, 'WebSockets', '/echo', TransferFormat.Text, { skipNegotiation: true });
    await connection.send('hello');
    assert.deepEqual(await received.first(1), ['hello']);
  });

  it('choose a transport that carries bytes', async (t) => {
    const { connection, received } = await connect(t, undefined, '/echo', TransferFormat.Binary, { WebSocket: undefined });
    await connection.send(bytes(3).buffer);
    assert.deepEqual(new Uint8Array((await received.first(1))[0]), bytes(3));
  });

  it('cannot be had over server-sent events for bytes', async (t) => {
    await assert.rejects(connect(t, 'ServerSentEvents', '/echo', TransferFormat.Binary), /does not support Binary/);
  });
});
