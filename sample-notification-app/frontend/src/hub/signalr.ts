import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { HubFactory } from './hub';

/** The hub as SignalR has it. The cookie of the session tells the server who connects. */
export const signalR: HubFactory = (calls, status) => {
  const connection = new HubConnectionBuilder()
    .withUrl(new URL('hubs/notifications', document.baseURI).href)
    .withAutomaticReconnect([0, 2_000, 5_000, 10_000, 20_000])
    .configureLogging(LogLevel.Warning)
    .build();
  for (const [method, handler] of Object.entries(calls)) connection.on(method, handler);
  connection.onreconnecting(() => status('connecting'));
  connection.onreconnected(() => status('connected'));
  connection.onclose(() => status('disconnected'));

  return {
    connect: async () => {
      status('connecting');
      try {
        await connection.start();
        status('connected');
      } catch {
        status('disconnected');
      }
    },
    markRead: (ids) => connection.invoke('markRead', ids),
    markAllRead: () => connection.invoke('markAllRead'),
  };
};
