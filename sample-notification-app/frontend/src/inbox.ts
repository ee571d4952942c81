import type { Inbox, Notification } from './types';

/**
 * The notifications a page knows. Messages may come twice and, after a reconnect, in another order than things
 * happened: so entries are known by their ids, and what is read stays read.
 */
export class NotificationList {
  readonly #entries = new Map<number, Notification>();
  readonly #read = new Set<number>();
  #more = 0;

  /** Takes over what the server hands over. */
  merge(inbox: Inbox): void {
    inbox.notifications.forEach((notification) => this.add(notification));
    this.#more = inbox.more;
  }

  /** False if it is there already. */
  add(notification: Notification): boolean {
    if (notification.read) this.#read.add(notification.id);
    if (this.#entries.has(notification.id)) return false;
    this.#entries.set(notification.id, notification);
    return true;
  }

  markRead(ids: readonly number[]): void {
    for (const id of ids) {
      if (!this.#read.has(id) && !this.#entries.has(id)) this.#more = Math.max(0, this.#more - 1);
      this.#read.add(id);
    }
  }

  isRead(id: number): boolean {
    return this.#read.has(id);
  }

  /** Newest first. */
  get all(): Notification[] {
    return [...this.#entries.values()].sort((one, other) => other.id - one.id);
  }

  get unread(): number {
    return [...this.#entries.keys()].filter((id) => !this.#read.has(id)).length + this.#more;
  }
}
