import type { Digest, Inbox, Notification } from '../types';

/** What the hub `notifications` calls on its clients: the interface `NotificationClient` of the server. */
export interface HubCalls {
  inbox(inbox: Inbox): void;
  notificationReceived(notification: Notification): void;
  notificationsRead(ids: number[]): void;
  digest(digest: Digest): void;
}

export type Status = 'connecting' | 'connected' | 'disconnected';

/** What the page does with the hub, whatever the protocol. */
export interface NotificationHub {
  /** Connects, and again after a loss; ends in `disconnected` when that has no prospects any more. */
  connect(): Promise<void>;
  markRead(ids: number[]): Promise<void>;
  markAllRead(): Promise<void>;
}

export type HubFactory = (calls: HubCalls, status: (status: Status) => void) => NotificationHub;
