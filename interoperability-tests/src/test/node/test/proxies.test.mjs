import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { assertAlive, it, open, SERVER_NAMES } from '../lib/clients.mjs';
import { oldProxy } from '../lib/proxies.mjs';

/** A client that nobody has configured has to find the way by itself. */
async function assertArrivesBy(connection, transport) {
  const self = await connection.invoke('self');
  assert.equal(self.transport, SERVER_NAMES[transport]);
  await assertAlive(connection);
}

describe('an unconfigured client', () => {
  it('takes a WebSocket where nothing is in the way', async (t) => {
    await assertArrivesBy(await open(t), 'WebSockets');
  });

  it('takes server-sent events behind a proxy without WebSockets', async (t) => {
    const proxy = await oldProxy(t, { eventStreams: true });
    await assertArrivesBy(await open(t, undefined, { url: proxy.url }), 'ServerSentEvents');
    assert.ok(proxy.requests.includes('upgrade'));
  });

  it('takes long polling behind a proxy with neither', async (t) => {
    const proxy = await oldProxy(t, { eventStreams: false });
    await assertArrivesBy(await open(t, undefined, { url: proxy.url }), 'LongPolling');
    assert.ok(proxy.requests.includes('upgrade'));
    assert.ok(proxy.requests.includes('event stream'));
  });
});
