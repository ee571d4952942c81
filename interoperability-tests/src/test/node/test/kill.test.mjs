import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebPubSubClient } from '@azure/web-pubsub-client';
import { BASE_URL, build, finallyDo } from '../lib/clients.mjs';
import { PROTOCOLS } from '../lib/web-pubsub-client.mjs';

const SIGNALR = ['WebSockets', 'WebSockets', 'WebSockets', 'WebSockets', 'WebSockets', 'WebSockets', 'ServerSentEvents', 'ServerSentEvents', 'LongPolling', 'LongPolling'];
const PUB_SUB = ['json', 'json', 'json.reliable', 'json.reliable', 'json.reliable'];

/** Calls one after another, whatever becomes of them. */
function keepCalling(test, call) {
  const figures = { answered: 0, failed: 0 };
  let over = false;
  const done = (async () => {
    for (let i = 0; !over; i++) {
      try {
        assert.equal(await call(`${i}`), `${i}`);
        figures.answered++;
        await sleep(10);
      } catch {
        figures.failed++;
        await sleep(100);
      }
    }
  })();
  // it has to come to an end: no call waits for ever
  finallyDo(test, async () => {
    over = true;
    await done;
  });
  return figures;
}

async function signalR(test, transport, customize) {
  const connection = build(transport, { url: `${BASE_URL}/hubs/tasks`, customize });
  finallyDo(test, () => connection.stop());
  await connection.start();
  return connection;
}

/** With stateful reconnect the client keeps what it is asked for while it connects anew, and never sends it. */
function whileConnected(connection) {
  assert.equal(connection.state, 'Connected');
  return connection;
}

async function pubSub(test, protocol) {
  const client = new WebPubSubClient(`${BASE_URL.replace('http', 'ws')}/client/hubs/tasks`, {
    protocol: PROTOCOLS[protocol](),
    messageRetryOptions: { maxRetries: 0 },
    keepAliveIntervalInMs: 0,
    keepAliveTimeoutInMs: 0,
  });
  finallyDo(test, () => client.stop());
  await client.start();
  return client;
}

async function control(action) {
  assert.equal((await fetch(`${process.env.CONTROL_URL}/${action}`, { method: 'POST' })).status, 200);
}

async function activeConnections() {
  const response = await fetch(`${BASE_URL}/actuator/metrics/signalr.server.active_connections`);
  return (await response.json()).measurements[0].value;
}

async function until(condition) {
  while (!(await condition())) await sleep(50);
}

it('clients come back to a process that was killed and started again', { timeout: 240_000 }, async (t) => {
  const reconnecting = (builder) => builder.withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 200 });
  const connections = await Promise.all(SIGNALR.map((transport) => signalR(t, transport, reconnecting)));
  const stateful = await signalR(t, 'WebSockets', (builder) => reconnecting(builder).withStatefulReconnect());
  const clients = await Promise.all(PUB_SUB.map((protocol) => pubSub(t, protocol)));
  const count = connections.length + 1 + clients.length;
  const loads = [
    ...connections.map((connection) => keepCalling(t, (text) => connection.invoke('echo', text))),
    keepCalling(t, (text) => whileConnected(stateful).invoke('echo', text)),
    ...clients.map((client) => keepCalling(t, async (text) => (await client.invokeEvent('echo', text, 'text')).data)),
  ];
  await until(() => loads.every(({ answered }) => answered >= 20));
  assert.deepEqual(loads.map(({ failed }) => failed), loads.map(() => 0));
  await control('kill');
  await until(() => loads.every(({ failed }) => failed > 0));
  await control('start');
  const before = loads.map(({ answered }) => answered);
  await until(() => loads.every(({ answered }, i) => answered >= before[i] + 20));
  await until(async () => (await connections[0].invoke('clients')) === count);
  assert.equal(await activeConnections(), count);
});
