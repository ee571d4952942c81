import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { WebPubSubServiceClient } from '@azure/web-pubsub';
import { WebPubSubClient, WebPubSubJsonProtocol } from '@azure/web-pubsub-client';
import { it } from '../lib/clients.mjs';

const service = new WebPubSubServiceClient(process.env.CONNECTION_STRING, 'chat', { allowInsecureConnection: true });

const url = async (query = '') => `${(await service.getClientAccessToken({ userId: 'ann', groups: ['of-the-token'] })).url}${query}`;

// the client does not end the pause between two pings
const quiet = { keepAliveIntervalInMs: 0, keepAliveTimeoutInMs: 0 };

/** The client for browsers, the server, and a middleware for Express that handles the events. */
describe('a client whose events are handled by a webhook', () => {
  const messages = [];
  const waiting = [];
  let client;
  let connected;

  const deliver = ({ message }) => (waiting.length ? waiting.shift()(message) : messages.push(message));
  const next = () => (messages.length ? messages.shift() : new Promise((resolve) => waiting.push(resolve)));

  before(async () => {
    client = new WebPubSubClient(await url(), {
      protocol: WebPubSubJsonProtocol(),
      autoReconnect: false,
      ...quiet,
      messageRetryOptions: { maxRetries: 0 },
    });
    connected = new Promise((resolve) => client.on('connected', resolve));
    client.on('server-message', deliver);
    client.on('group-message', deliver);
    await client.start();
  });

  after(() => client.stop());

  it('has the user it is given', async () => {
    assert.equal((await connected).userId, 'ann@express');
  });

  it('is in the groups it is given, and in no others', async () => {
    await service.group('of-the-token').sendToAll('not for me', { contentType: 'text/plain' });
    await service.group('lobby').sendToAll('hello', { contentType: 'text/plain' });
    assert.equal((await next()).data, 'hello');
  });

  it('may do what it is allowed to, and nothing else', async () => {
    await client.sendToGroup('lobby', 'mine', 'text');
    assert.equal((await next()).data, 'mine');
    await assert.rejects(client.joinGroup('other'), (error) => error.errorDetail.name === 'Forbidden');
  });

  it('gets replies', async () => {
    await client.sendEvent('echo', { a: [1, null] }, 'json');
    assert.deepEqual((await next()).data, { echo: { a: [1, null] } });
    await client.sendEvent('echo', 'grüß', 'text');
    assert.equal((await next()).data, 'grüß');
    await client.sendEvent('echo', new Uint8Array([0, 255]).buffer, 'binary');
    assert.deepEqual([...new Uint8Array((await next()).data)], [0, 255]);
  });

  it('has a state', async () => {
    for (const count of ['1', '2', '3']) {
      await client.sendEvent('count', 'x', 'text');
      assert.equal((await next()).data, count);
    }
  });

  it('is told of a failure', async () => {
    await assert.rejects(client.sendEvent('fail', 'x', 'text'), (error) => error.errorDetail.name === 'InternalServerError');
  });

  it('is rejected', async () => {
    const rejected = new WebPubSubClient(await url('&reject=403'), { autoReconnect: false, ...quiet });
    await assert.rejects(rejected.start());
  });
});
