import { WebPubSubServiceClient } from '@azure/web-pubsub';
import { WebPubSubClient, WebPubSubJsonProtocol, WebPubSubJsonReliableProtocol } from '@azure/web-pubsub-client';
import { BASE_URL, finallyDo, recorder } from './clients.mjs';

export const PROTOCOLS = { json: WebPubSubJsonProtocol, 'json.reliable': WebPubSubJsonReliableProtocol };

const ROLES = ['webpubsub.joinLeaveGroup', 'webpubsub.sendToGroup'];

/** The SDK for servers, which makes the URLs of the clients. */
export function service({ hub = 'pubsub', url = BASE_URL } = {}) {
  const connectionString = process.env.CONNECTION_STRING.replace(BASE_URL, new URL(url).origin);
  return new WebPubSubServiceClient(connectionString, hub, { allowInsecureConnection: true });
}

/**
 * A started client that ends with the test. It records what it receives: `group` and `server` messages, and `connected` and
 * `disconnected` events. All else are options of the client. It is quiet, for the client does not end the pause between two pings.
 */
export async function openPubSub(test, protocol, { hub, url, userId = 'ann', roles = ROLES, ...options } = {}) {
  const credential = { getClientAccessUrl: async () => (await service({ hub, url }).getClientAccessToken({ userId, roles })).url };
  const quiet = { keepAliveIntervalInMs: 0, keepAliveTimeoutInMs: 0 };
  const client = new WebPubSubClient(credential, { protocol: PROTOCOLS[protocol](), ...quiet, ...options });
  const received = { group: recorder(), server: recorder(), connected: recorder(), disconnected: recorder() };
  client.on('group-message', ({ message }) => received.group(message));
  client.on('server-message', ({ message }) => received.server(message));
  client.on('connected', ({ connectionId }) => received.connected(connectionId));
  client.on('disconnected', ({ message }) => received.disconnected(message?.message));
  finallyDo(test, () => client.stop());
  await client.start();
  await received.connected.first(1);
  return Object.assign(client, { received });
}

/** Collects what the client receives of streams: the data of each, and the error it ended with, if any. */
export function followStreams(client) {
  const ended = recorder();
  client.onGroupStream(async (stream) => {
    const items = [];
    let error;
    try {
      for await (const message of stream) items.push(message.data);
    } catch (failure) {
      error = failure;
    }
    ended({ streamId: stream.streamId, group: stream.groupName, items, error });
  });
  return ended;
}
