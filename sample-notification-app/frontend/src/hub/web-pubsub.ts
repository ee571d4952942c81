import { WebPubSubClient } from '@azure/web-pubsub-client';
import { getForUser } from '../session';
import type { HubCalls, HubFactory } from './hub';

/** A call of the hub, as clients of Web PubSub see it. */
interface Call {
  readonly target: keyof HubCalls;
  readonly arguments: readonly unknown[];
}

/** The application says where to connect to: its answer contains a token for whoever is logged in. Where nobody is, asking again is in vain. */
async function getClientAccessUrl(): Promise<string> {
  return (await getForUser<{ url: string }>('api/client-access')).url;
}

/** The hub as Web PubSub has it. What goes to a group arrives from the group, everything else from the server. */
export const webPubSub: HubFactory = (calls, status) => {
  const client = new WebPubSubClient({ getClientAccessUrl });
  const receive = (data: unknown): void => {
    const call = data as Call;
    (calls[call.target] as ((...args: unknown[]) => void) | undefined)?.(...call.arguments);
  };
  client.on('server-message', ({ message }) => receive(message.data));
  client.on('group-message', ({ message }) => receive(message.data));
  client.on('connected', () => status('connected'));
  client.on('disconnected', () => status('connecting'));
  client.on('stopped', () => status('disconnected'));

  return {
    connect: async () => {
      status('connecting');
      try {
        await client.start();
      } catch {
        status('disconnected');
      }
    },
    markRead: async (ids) => {
      await client.sendEvent('markRead', ids, 'json');
    },
    markAllRead: async () => {
      await client.sendEvent('markAllRead', [], 'json');
    },
  };
};
