/** The vocabulary shared by the connection, the state and the views. */

export const TRANSPORTS = ['WebSockets', 'ServerSentEvents', 'LongPolling'] as const;

export type TransportName = (typeof TRANSPORTS)[number];

/** What the user picked: one transport, or the client's own negotiation. */
export type TransportChoice = 'Automatic' | TransportName;

export const TRANSPORT_LABELS: Record<TransportChoice, string> = {
  Automatic: 'Automatic',
  WebSockets: 'WebSocket',
  ServerSentEvents: 'Server-sent events',
  LongPolling: 'Long polling',
};

export type Phase = 'connecting' | 'connected' | 'reconnecting' | 'disconnected';

export interface ConnectionStatus {
  readonly phase: Phase;
  /** The transport in use, known only while connected. */
  readonly transport: TransportName | null;
  /** Why there is no connection at the moment, in words for the user. */
  readonly problem: string | null;
  /** How many attempts in a row have failed. */
  readonly attempt: number;
}

/** One element of the history that `join` returns. */
export interface HistoryMessage {
  readonly user: string;
  readonly text: string;
  readonly room?: string;
  /** ISO-8601 instant. */
  readonly at: string;
}

/** The third argument of `messageReceived`. */
export interface MessageDetails {
  readonly room?: string;
  readonly at?: string;
}

export interface MessageEntry {
  readonly kind: 'message';
  readonly id: string;
  readonly user: string;
  readonly text: string;
  readonly at: string;
}

/** Something that happened, shown between the messages. */
export interface EventEntry {
  readonly kind: 'event';
  readonly id: string;
  readonly text: string;
  readonly at: string;
}

export type Entry = MessageEntry | EventEntry;

/** What the main pane shows. */
export type View = { readonly kind: 'room' } | { readonly kind: 'private'; readonly user: string };

/** The panes of the narrow layout; the wide one shows them all. */
export type Pane = 'chat' | 'rooms' | 'people' | 'ask';
