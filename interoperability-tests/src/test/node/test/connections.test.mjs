import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { HubConnectionState } from '@microsoft/signalr';
import { assertAlive, assertFails, build, closed, HUB_URL, it, leave, open, reconnected, recorder, TRANSPORTS } from '../lib/clients.mjs';
import { cuttableProxy } from '../lib/proxies.mjs';

const TOO_LARGE = 'x'.repeat(40_000);

function reconnecting(builder) {
  builder.withAutomaticReconnect([0, 100, 500, 1000]);
}

for (const transport of TRANSPORTS) {
  describe(`connections over ${transport}`, () => {
    it('are welcomed', async (t) => {
      const welcome = recorder();
      const connection = await open(t, transport, { on: { welcome } });
      assert.deepEqual(await welcome.first(1), [connection.connectionId]);
    });

    it('can be refused', async () => {
      await assertFails(build(transport, { query: { user: 'nobody' } }).start(), "Failed to complete negotiation with the server: Error: Nobody is not allowed: Status code '403'");
    });

    it('end when the client stops, and can be started again', async (t) => {
      const witness = await open(t, transport);
      const connection = await open(t, transport);
      const { connectionId } = connection;
      const end = closed(connection);
      await leave(connection);
      assert.equal(await end, undefined);
      assert.equal(typeof (await witness.invoke('endOf', connectionId)), 'string');
      await connection.start();
      assert.notEqual(connection.connectionId, connectionId);
      await assertAlive(connection);
    });

    it('do not come back if the server aborts them', async (t) => {
      const connection = await open(t, transport, { customize: reconnecting });
      const end = closed(connection);
      await connection.send('abort');
      assert.equal(await end, undefined);
      assert.equal(connection.state, HubConnectionState.Disconnected);
    });

    it('learn why the server closes them', async (t) => {
      const connection = await open(t, transport, { customize: reconnecting });
      const witness = await open(t, transport);
      const end = closed(connection);
      await witness.invoke('close', connection.connectionId, 'You had your turn');
      assert.equal((await end).message, 'Server returned an error on close: You had your turn');
      await assertAlive(witness);
    });

    it('end with a message that is too large, without harm to others', async (t) => {
      const connection = await open(t, transport);
      const witness = await open(t, transport);
      const end = closed(connection);
      connection.invoke('echo', TOO_LARGE).catch(() => {});
      assert.equal((await end).message, 'Server returned an error on close: Connection closed with an error.');
      await assertAlive(witness);
    });

    it('come back after a fault', async (t) => {
      const connection = await open(t, transport, { customize: reconnecting });
      const { connectionId } = connection;
      const back = reconnected(connection);
      connection.invoke('echo', TOO_LARGE).catch(() => {});
      assert.equal(await back, connection.connectionId);
      assert.notEqual(connection.connectionId, connectionId);
      await assertAlive(connection);
    });

    it('come back when the network was gone', async (t) => {
      const proxy = await cuttableProxy(t);
      const welcome = recorder();
      const connection = await open(t, transport, { url: proxy.url, on: { welcome }, customize: reconnecting });
      await welcome.first(1);
      const back = reconnected(connection);
      proxy.drop();
      await back;
      assert.equal((await welcome.first(2))[1], connection.connectionId);
      await assertAlive(connection);
    });
  });
}

describe('connections over WebSockets only', () => {
  it('may do without negotiation', async (t) => {
    const welcome = recorder();
    const connection = await open(t, 'WebSockets', { skipNegotiation: true, query: { user: 'ann' }, on: { welcome } });
    assert.equal(connection.connectionId, null);
    const self = await connection.invoke('self');
    assert.deepEqual(await welcome.first(1), [self.connectionId]);
    assert.equal(self.user, 'ann');
  });

  it('can be refused without negotiation', async () => {
    await assert.rejects(build('WebSockets', { skipNegotiation: true, query: { user: 'nobody' } }).start());
  });

  it('are known to have ended when the network is gone', async (t) => {
    const witness = await open(t, 'WebSockets');
    const proxy = await cuttableProxy(t);
    const connection = await open(t, 'WebSockets', { url: proxy.url });
    const { connectionId } = connection;
    const end = closed(connection);
    proxy.drop();
    assert.match((await end).message, /1006/);
    assert.equal(typeof (await witness.invoke('endOf', connectionId)), 'string');
  });

  it('lose nothing with stateful reconnect', async (t) => {
    const offer = await fetch(`${HUB_URL}/negotiate?negotiateVersion=1&useStatefulReconnect=true`, { method: 'POST' });
    if (!(await offer.json()).useStatefulReconnect) return t.skip('The server does not offer it');
    const proxy = await cuttableProxy(t);
    const burst = recorder();
    const connection = await open(t, 'WebSockets', { url: proxy.url, on: { burst }, customize: (builder) => builder.withStatefulReconnect() });
    const { connectionId } = connection;
    connection.onclose((error) => assert.fail(`closed: ${error}`));
    await assertAlive(connection);
    proxy.drop();
    assert.equal(await connection.invoke('burst', 100), 100);
    assert.deepEqual(burst.values, Array.from({ length: 100 }, (_, i) => i));
    assert.equal((await connection.invoke('self')).connectionId, connectionId);
  });
});

describe('negotiation', () => {
  it('offers all transports', async () => {
    const response = await fetch(`${HUB_URL}/negotiate?negotiateVersion=1`, { method: 'POST' });
    const { availableTransports } = await response.json();
    assert.deepEqual(availableTransports.map(({ transport }) => transport), TRANSPORTS);
  });

  it('fails for a hub that does not exist', async () => {
    await assert.rejects(build(undefined, { url: HUB_URL.replace('interop', 'nowhere') }).start(), /404/);
  });
});
