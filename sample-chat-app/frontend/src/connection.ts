import {
  HttpTransportType,
  HubConnectionBuilder,
  HubConnectionState,
  LogLevel,
  type HubConnection,
  type IStreamResult,
} from '@microsoft/signalr';
import { readableError } from './errors';
import { WatchedHttpClient } from './http';
import type { ConnectionStatus, HistoryMessage, MessageDetails, TransportChoice } from './types';

/** What the server calls on this page. */
export interface ServerCalls {
  welcome(user: string): void;
  messageReceived(user: string, text: string, details?: MessageDetails): void;
  joined(user: string, room: string): void;
  left(user: string, room: string): void;
  typing(user: string, room: string): void;
  privateMessage(from: string, to: string, text: string, at?: string): void;
  notice(text: string): void;
  roomCleared(room: string, by: string): void;
  /** A client result: the server waits for the answer. */
  confirm(question: string): Promise<boolean>;
}

export interface ConnectionEvents {
  status(status: ConnectionStatus): void;
  /** Open, for the first time or again. The server has forgotten the groups of the connection before. */
  ready(): void;
  /** The server does not want this user; there will be no further attempt. */
  refused(reason: string): void;
}

/** The first retry comes at once, later ones ever slower, up to a quarter of a minute; there is no last one. */
const RETRY_DELAYS = [0, 1_000, 2_000, 5_000, 10_000, 15_000];

/** Somewhat random, so that the clients of a restarted server do not all return in the same instant. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  const delay = RETRY_DELAYS[Math.min(attempt, RETRY_DELAYS.length - 1)] ?? 0;
  return Math.round(delay * (0.8 + 0.4 * random()));
}

/** The page's side of the hub `chat`: keeps one connection open and offers the hub's methods. */
export class ChatConnection {
  #hub: HubConnection | null = null;
  /** Counts the openings: whatever belongs to an older one is out of date. */
  #generation = 0;

  constructor(
    private readonly name: string,
    private readonly calls: ServerCalls,
    private readonly events: ConnectionEvents,
  ) {}

  get connected(): boolean {
    return this.#hub?.state === HubConnectionState.Connected;
  }

  /** Connects, with that transport, in place of the connection there may be; does not give up before `close()`. */
  async open(choice: TransportChoice): Promise<void> {
    const generation = ++this.#generation;
    this.#report('connecting');
    await this.#drop();
    if (generation !== this.#generation) return;

    const http = new WatchedHttpClient();
    const hub = this.#build(choice, http, generation);
    this.#hub = hub;
    for (let attempt = 0; generation === this.#generation; attempt++) {
      try {
        await hub.start();
        if (generation === this.#generation) this.#opened(http);
        return;
      } catch (error) {
        if (generation !== this.#generation) return;
        if (http.refusal !== null) return this.#refuse(http.refusal);
        this.#report('connecting', readableError(error), attempt + 1);
      }
      // The retries of the library begin only after a first success.
      await sleep(retryDelay(attempt + 1));
    }
  }

  async close(): Promise<void> {
    this.#generation++;
    await this.#drop();
    this.#report('disconnected');
  }

  join = (room: string): Promise<HistoryMessage[]> => this.#invoke('join', room);
  leave = (room: string): Promise<void> => this.#invoke('leave', room);
  members = (room: string): Promise<string[]> => this.#invoke('members', room);
  sendMessage = (room: string, text: string): Promise<void> => this.#invoke('sendMessage', room, text);
  sendPrivate = (user: string, text: string): Promise<void> => this.#invoke('sendPrivate', user, text);
  closeRoom = (room: string): Promise<boolean> => this.#invoke('closeRoom', room);

  /** Nobody waits for the answer to this one. */
  typing(room: string): void {
    if (this.connected) this.#hub?.send('typing', room).catch(() => undefined);
  }

  /** The words of the answer, as they come. */
  ask(prompt: string): IStreamResult<string> {
    if (this.#hub === null) throw new Error('There is no connection.');
    return this.#hub.stream<string>('ask', prompt);
  }

  #invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.#hub?.invoke<T>(method, ...args) ?? Promise.reject(new Error('There is no connection.'));
  }

  #build(choice: TransportChoice, httpClient: WatchedHttpClient, generation: number): HubConnection {
    // Relative to the page, so that the application may live below a context path.
    const url = new URL('hubs/chat', document.baseURI);
    url.searchParams.set('name', this.name);
    const options = choice === 'Automatic' ? { httpClient } : { httpClient, transport: HttpTransportType[choice] };
    const hub = new HubConnectionBuilder()
      .withUrl(url.href, options)
      .withAutomaticReconnect({
        nextRetryDelayInMilliseconds: ({ previousRetryCount, retryReason }) => {
          if (generation !== this.#generation || httpClient.refusal !== null) return null;
          this.#report('reconnecting', readableError(retryReason), previousRetryCount);
          return retryDelay(previousRetryCount);
        },
      })
      .configureLogging(LogLevel.Warning)
      .build();
    for (const [method, handler] of Object.entries(this.calls)) {
      hub.on(method, handler as (...args: unknown[]) => unknown);
    }
    hub.onreconnected(() => {
      if (generation === this.#generation) this.#opened(httpClient);
    });
    hub.onclose((error) => {
      if (generation !== this.#generation) return;
      if (httpClient.refusal !== null) this.#refuse(httpClient.refusal);
      else this.#report('disconnected', error ? readableError(error) : 'The server has closed the connection.');
    });
    return hub;
  }

  #opened(http: WatchedHttpClient): void {
    this.events.status({ phase: 'connected', transport: http.transport, problem: null, attempt: 0 });
    this.events.ready();
  }

  #refuse(reason: string): void {
    this.#report('disconnected', reason);
    this.events.refused(reason);
  }

  #report(phase: ConnectionStatus['phase'], problem: string | null = null, attempt = 0): void {
    this.events.status({ phase, transport: null, problem, attempt });
  }

  /** Ends the connection there is; a server that does not answer is not waited for. */
  async #drop(): Promise<void> {
    const hub = this.#hub;
    this.#hub = null;
    if (hub !== null) await Promise.race([hub.stop().catch(() => undefined), sleep(2_000)]);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
