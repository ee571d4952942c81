import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertAlive, closed, follow, it, open, recorder, uniqueName } from '../lib/clients.mjs';
import { cuttableProxy, whileCutting } from '../lib/proxies.mjs';

const numbers = (count) => Array.from({ length: count }, (_, i) => i);

function openStateful(test, proxy, options = {}) {
  return open(test, 'WebSockets', { url: proxy.url, customize: (builder) => builder.withStatefulReconnect(), ...options });
}

describe('stateful reconnect', () => {
  it('keeps the connection when its socket breaks', async (t) => {
    const proxy = await cuttableProxy(t);
    const connection = await openStateful(t, proxy);
    const { connectionId } = await connection.invoke('self');
    for (let i = 0; i < 3; i++) {
      proxy.drop();
      await assertAlive(connection);
    }
    assert.equal((await connection.invoke('self')).connectionId, connectionId);
  });

  for (const protocol of ['json', 'messagepack']) it(`loses nothing, doubles nothing, and keeps the order both ways in ${protocol}`, async (t) => {
    const proxy = await cuttableProxy(t);
    const run = uniqueName('run');
    const news = recorder();
    const connection = await openStateful(t, proxy, { protocol, on: { news } });
    const sender = await open(t, 'WebSockets');
    await connection.invoke('join', run);
    const cuts = await whileCutting(proxy.dropSettled, () =>
      Promise.all([
        (async () => {
          for (const i of numbers(3000)) {
            await connection.send('record', run, i);
            if (i % 10 === 0) await sleep(1);
          }
        })(),
        (async () => {
          for (const i of numbers(300)) assert.equal(await connection.invoke('echo', `${i}`), `${i}`);
        })(),
        (async () => {
          for (const i of numbers(3000)) await sender.invoke('tell', 'group', [run], 'news', `${i}`);
        })(),
      ]),
    );
    await news.first(3000);
    assert.deepEqual(await connection.invoke('recorded', run), numbers(3000));
    assert.deepEqual(news.values, numbers(3000).map(String));
    assert.ok(cuts > 5, `${cuts} cuts`);
  });

  it('goes on with streams', async (t) => {
    const proxy = await cuttableProxy(t);
    const connection = await openStateful(t, proxy);
    await whileCutting(proxy.dropSettled, async () => {
      const streams = numbers(10).map(() => follow(connection.stream('countTo', 500)));
      for (const stream of streams) assert.deepEqual(await stream.done, numbers(500).map((i) => i + 1));
      await sleep(300);
    });
    await assertAlive(connection);
  });

  it('sends more than the buffer takes', async (t) => {
    const proxy = await cuttableProxy(t);
    const run = uniqueName('run');
    const news = recorder();
    const connection = await openStateful(t, proxy, { on: { news } });
    const sender = await open(t, 'WebSockets');
    await connection.invoke('join', run);
    const text = 'x'.repeat(10_000);
    for (let i = 0; i < 50; i++) await sender.invoke('tell', 'group', [run], 'news', `${i} ${text}`);
    proxy.drop();
    await news.first(50);
    assert.deepEqual(news.values, numbers(50).map((i) => `${i} ${text}`));
  });

  it('ends with the connection', async (t) => {
    const proxy = await cuttableProxy(t);
    const connection = await openStateful(t, proxy);
    const { connectionId } = await connection.invoke('self');
    const other = await open(t, 'WebSockets');
    const end = closed(connection);
    await other.invoke('close', connectionId, 'enough');
    await end;
    assert.equal(connection.state, 'Disconnected');
  });
});
