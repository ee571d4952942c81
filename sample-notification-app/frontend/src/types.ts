/** A notification, as the server sends it. Its audience is `everybody`, `team:<name>` or `person:<name>`. */
export interface Notification {
  readonly id: number;
  readonly audience: string;
  readonly sender: string;
  readonly text: string;
  readonly sentAt: string;
  readonly read: boolean;
}

/** What a page is handed over when it connects: `more` notifications are unread and not among these. */
export interface Inbox {
  readonly notifications: readonly Notification[];
  readonly more: number;
}

/** A summary of what is unread, from time to time. */
export interface Digest {
  readonly unread: number;
  readonly oldest: string;
}
