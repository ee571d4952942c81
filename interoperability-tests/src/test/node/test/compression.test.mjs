import assert from 'node:assert/strict';
import { describe } from 'node:test';
import WebSocket from 'ws';
import { assertAlive, closed, follow, it, open } from '../lib/clients.mjs';

const TEXT = 'The quick brown fox jumps over the lazy dog. '.repeat(600);

/** Opens a connection whose socket can be looked at. */
async function openCompressed(test) {
  const sockets = [];
  class Visible extends WebSocket {
    constructor(...args) {
      super(...args);
      sockets.push(this);
    }
  }
  const connection = await open(test, 'WebSockets', { WebSocket: Visible });
  return { connection, socket: sockets[0] };
}

describe('compression', () => {
  it('is negotiated', async (t) => {
    const { socket } = await openCompressed(t);
    assert.equal(socket.extensions, 'permessage-deflate');
  });

  it('makes messages short both ways', async (t) => {
    const { connection, socket } = await openCompressed(t);
    for (let i = 0; i < 10; i++) assert.equal(await connection.invoke('echo', TEXT), TEXT);
    assert.ok(socket._socket.bytesRead < TEXT.length, `${socket._socket.bytesRead} bytes read`);
    assert.ok(socket._socket.bytesWritten < TEXT.length, `${socket._socket.bytesWritten} bytes written`);
  });

  it('does not get in the way of many messages', async (t) => {
    const { connection } = await openCompressed(t);
    const texts = Array.from({ length: 200 }, (_, i) => `${i} ${TEXT.slice(0, i * 100)}`);
    assert.deepEqual(await Promise.all(texts.map((text) => connection.invoke('echo', text))), texts);
    const { done } = follow(connection.stream('countTo', 1000));
    assert.equal((await done).length, 1000);
  });

  it('does not hide how long a message is', async (t) => {
    const { connection, socket } = await openCompressed(t);
    const bystander = await open(t, 'WebSockets');
    const end = closed(connection);
    await assert.rejects(connection.invoke('echo', '0'.repeat(10_000_000)));
    assert.match((await end).message, /Server returned an error on close/);
    assert.ok(socket._socket.bytesWritten < 32768, `${socket._socket.bytesWritten} bytes written`);
    await assertAlive(bystander);
  });
});
