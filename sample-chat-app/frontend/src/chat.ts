import { ChatConnection, type ServerCalls } from './connection';
import { readableError } from './errors';
import { roomProblem } from './limits';
import type { Store } from './store';
import type { TransportChoice } from './types';

/** What the chat asks of the page around it. */
export interface Surroundings {
  notice(text: string): void;
  info(text: string): void;
  error(text: string): void;
  privateMessage(from: string, text: string): void;
  confirm(question: string): Promise<boolean>;
  /** Takes back a question nobody waits for any more. */
  dismissConfirm(): void;
  /** Open for the first time. */
  entered(): void;
  refused(reason: string): void;
}

/** How long a typing message counts, and how often one is sent while typing goes on. */
const TYPING_SHOWN = 4_000;
const TYPING_EVERY = 2_000;

/** The membership of a group settles a moment after the message about it. */
const MEMBERS_DELAY = 500;

/** The acts of the user and the calls of the server, turned into actions on the state. */
export class Chat {
  readonly #connection: ChatConnection;
  #choice: TransportChoice;
  /** The room the user wants to be in: entered as soon as there is a connection. */
  #wanted: string;
  /** Joins and leaves one after the other, however fast somebody clicks. */
  #moves: Promise<void> = Promise.resolve();
  #entered = false;
  #lastTyping = 0;
  #membersTimer: number | undefined;

  constructor(
    private readonly store: Store,
    private readonly page: Surroundings,
    name: string,
    room: string,
    choice: TransportChoice,
  ) {
    this.#wanted = room;
    this.#choice = choice;
    store.dispatch({ type: 'named', user: name });
    this.#connection = new ChatConnection(name, this.#calls(), {
      status: (status) => {
        store.dispatch({ type: 'connection', status });
        if (status.phase !== 'connected') page.dismissConfirm();
      },
      ready: () => this.#ready(),
      refused: (reason) => page.refused(reason),
    });
  }

  connect(choice: TransportChoice = this.#choice): void {
    this.#choice = choice;
    void this.#connection.open(choice);
  }

  async quit(): Promise<void> {
    window.clearTimeout(this.#membersTimer);
    await this.#connection.close();
  }

  /** Shows that room, moving there from the present one. */
  goTo(name: string): void {
    const room = name.trim();
    const problem = roomProblem(room);
    if (problem !== null) return this.page.error(problem);
    this.store.dispatch({ type: 'view', view: { kind: 'room' } });
    if (room === this.#wanted && this.store.state.room?.name === room) return;
    this.#wanted = room;
    if (this.#connection.connected) this.#move(room);
    else this.page.info(`You will enter ${room} as soon as the connection is back.`);
  }

  openPrivate(user: string): void {
    if (user !== this.store.state.me) this.store.dispatch({ type: 'view', view: { kind: 'private', user } });
  }

  /** Sends to the open conversation; false if the server has not taken the text. */
  async send(text: string): Promise<boolean> {
    const { view, room, me } = this.store.state;
    try {
      if (view.kind === 'private') {
        await this.#connection.sendPrivate(view.user, text);
        // The server tells the other devices of both users, not the one that sends.
        this.store.dispatch({ type: 'privateMessage', from: me, to: view.user, text, at: now() });
      } else if (room !== null) {
        await this.#connection.sendMessage(room.name, text);
        this.#lastTyping = 0;
      } else {
        return false;
      }
      return true;
    } catch (error) {
      this.page.error(`Not sent: ${readableError(error)}`);
      return false;
    }
  }

  /** The user is typing: told to the room, but not on every key. */
  typing(): void {
    const { view, room } = this.store.state;
    if (view.kind !== 'room' || room === null || Date.now() - this.#lastTyping < TYPING_EVERY) return;
    this.#lastTyping = Date.now();
    this.#connection.typing(room.name);
  }

  /** Asks the server to clear the room; it will ask back before it does. */
  async clearRoom(): Promise<void> {
    const room = this.store.state.room?.name;
    if (room === undefined) return;
    try {
      if (!(await this.#connection.closeRoom(room))) this.page.info('The history stays as it is.');
    } catch (error) {
      this.page.error(readableError(error));
    } finally {
      this.page.dismissConfirm();
    }
  }

  ask(prompt: string): ReturnType<ChatConnection['ask']> {
    return this.#connection.ask(prompt);
  }

  #calls(): ServerCalls {
    const { store, page } = this;
    return {
      welcome: (user) => store.dispatch({ type: 'named', user }),
      messageReceived: (user, text, details) =>
        store.dispatch({ type: 'message', room: details?.room, user, text, at: details?.at ?? now() }),
      joined: (user, room) => this.#presence(user, room, true),
      left: (user, room) => this.#presence(user, room, false),
      typing: (user, room) => {
        store.dispatch({ type: 'typing', room, user, until: Date.now() + TYPING_SHOWN });
        window.setTimeout(() => store.dispatch({ type: 'typingExpired', now: Date.now() }), TYPING_SHOWN + 50);
      },
      privateMessage: (from, to, text, at) => {
        store.dispatch({ type: 'privateMessage', from, to, text, at: at ?? now() });
        const unread = store.state.threads.get(from)?.unread ?? 0;
        if (from !== store.state.me && unread > 0) page.privateMessage(from, text);
      },
      notice: (text) => page.notice(text),
      roomCleared: (room, by) => store.dispatch({ type: 'cleared', room, by, at: now() }),
      confirm: (question) => page.confirm(question),
    };
  }

  #ready(): void {
    if (!this.#entered) {
      this.#entered = true;
      this.page.entered();
    }
    this.#move(this.#wanted);
  }

  #move(room: string): void {
    this.#moves = this.#moves.then(() => this.#enter(room));
  }

  async #enter(name: string): Promise<void> {
    // Overtaken by a later click, or by the loss of the connection.
    if (name !== this.#wanted || !this.#connection.connected) return;
    const before = this.store.state.room?.name;
    this.store.dispatch({ type: 'joining', room: name });
    try {
      const history = await this.#connection.join(name);
      this.store.dispatch({ type: 'joined', history });
      if (before !== undefined && before !== name) await this.#connection.leave(before);
      await this.#refreshMembers();
    } catch (error) {
      this.store.dispatch({ type: 'joinFailed' });
      if (!this.#connection.connected) return;
      this.page.error(readableError(error));
      if (this.store.state.room?.name !== name && before !== undefined) this.#wanted = before;
    }
  }

  #presence(user: string, room: string, present: boolean): void {
    this.store.dispatch({ type: 'presence', room, user, present, at: now() });
    // Somebody who left may still be here with another device: the server knows.
    window.clearTimeout(this.#membersTimer);
    this.#membersTimer = window.setTimeout(() => void this.#refreshMembers().catch(() => undefined), MEMBERS_DELAY);
  }

  async #refreshMembers(): Promise<void> {
    const room = this.store.state.room?.name;
    if (room === undefined || !this.#connection.connected) return;
    this.store.dispatch({ type: 'members', room, users: await this.#connection.members(room) });
  }
}

function now(): string {
  return new Date().toISOString();
}
