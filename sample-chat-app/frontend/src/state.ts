/** All the page knows, and the pure function that moves it on. Nothing here touches the document or the network. */
import type { ConnectionStatus, Entry, HistoryMessage, MessageEntry, Pane, View } from './types';

export interface Room {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly members: readonly string[];
  readonly unread: number;
}

export interface PrivateThread {
  readonly entries: readonly MessageEntry[];
  readonly unread: number;
}

export interface State {
  readonly me: string;
  readonly connection: ConnectionStatus;
  /** Names offered in the list: the suggested ones and those the user typed. */
  readonly rooms: readonly string[];
  readonly room: Room | null;
  /** A room that has been asked for: what arrives before the answer of `join` waits here. */
  readonly joining: { readonly name: string; readonly early: readonly MessageEntry[] } | null;
  /** By the name of the other user. Maps, because a user may well be called "constructor". */
  readonly threads: ReadonlyMap<string, PrivateThread>;
  readonly view: View;
  readonly pane: Pane;
  /** Who is typing in the room, and until when (epoch milliseconds) we believe it. */
  readonly typing: ReadonlyMap<string, number>;
}

export type Action =
  | { type: 'named'; user: string }
  | { type: 'connection'; status: ConnectionStatus }
  | { type: 'joining'; room: string }
  | { type: 'joinFailed' }
  | { type: 'joined'; history: readonly HistoryMessage[] }
  | { type: 'message'; room: string | undefined; user: string; text: string; at: string }
  | { type: 'privateMessage'; from: string; to: string; text: string; at: string }
  | { type: 'presence'; room: string; user: string; present: boolean; at: string }
  | { type: 'members'; room: string; users: readonly string[] }
  | { type: 'typing'; room: string; user: string; until: number }
  | { type: 'typingExpired'; now: number }
  | { type: 'cleared'; room: string; by: string; at: string }
  | { type: 'view'; view: View }
  | { type: 'pane'; pane: Pane };

export const SUGGESTED_ROOMS: readonly string[] = ['lobby', 'engineering', 'coffee'];

/** A page that stays open for days must not grow for ever. */
const MAX_ENTRIES = 500;

const NO_THREAD: PrivateThread = { entries: [], unread: 0 };

export function initialState(): State {
  return {
    me: '',
    connection: { phase: 'disconnected', transport: null, problem: null, attempt: 0 },
    rooms: SUGGESTED_ROOMS,
    room: null,
    joining: null,
    threads: new Map(),
    view: { kind: 'room' },
    pane: 'chat',
    typing: new Map(),
  };
}

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'named':
      return { ...state, me: action.user };
    case 'connection':
      return { ...state, connection: action.status, typing: action.status.phase === 'connected' ? state.typing : new Map() };
    case 'joining':
      return { ...state, joining: { name: action.room, early: [] } };
    case 'joinFailed':
      return { ...state, joining: null };
    case 'joined':
      return enterRoom(state, action.history);
    case 'message':
      return receive(state, action.room, message(action.user, action.text, action.at));
    case 'privateMessage':
      return receivePrivate(state, action.from, action.to, message(action.from, action.text, action.at));
    case 'presence':
      return presence(state, action);
    case 'members':
      return inRoom(state, action.room, (room) => ({ ...room, members: action.users }));
    case 'typing':
      if (state.room?.name !== action.room || action.user === state.me) return state;
      return { ...state, typing: new Map(state.typing).set(action.user, action.until) };
    case 'typingExpired':
      return expireTyping(state, action.now);
    case 'cleared':
      return inRoom(state, action.room, (room) => ({
        ...room,
        unread: 0,
        entries: [event(`${action.by === state.me ? 'You' : action.by} cleared the history`, action.at)],
      }));
    case 'view':
      return markRead({ ...state, view: action.view, pane: 'chat' });
    case 'pane':
      return markRead({ ...state, pane: action.pane });
  }
}

/** Unread messages outside of the conversation that is open. */
export function unreadCount(state: State): number {
  return [...state.threads.values()].reduce((sum, thread) => sum + thread.unread, state.room?.unread ?? 0);
}

/** The users typing in the room, sorted by name. */
export function typingUsers(state: State): string[] {
  return [...state.typing.keys()].sort((a, b) => a.localeCompare(b));
}

/** The entries of the open conversation. */
export function openEntries(state: State): readonly Entry[] {
  return state.view.kind === 'room' ? (state.room?.entries ?? []) : (state.threads.get(state.view.user)?.entries ?? []);
}

/**
 * Puts a history and what is already known together, each message once and in the order of the server's clock.
 * Messages can be known already when the room is joined again after a lost connection, or when they overtook the answer.
 */
export function mergeHistory(history: readonly MessageEntry[], known: readonly Entry[]): MessageEntry[] {
  const all = new Map<string, MessageEntry>();
  for (const entry of [...history, ...known]) {
    if (entry.kind === 'message' && !all.has(entry.id)) all.set(entry.id, entry);
  }
  return [...all.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-MAX_ENTRIES);
}

function message(user: string, text: string, at: string): MessageEntry {
  return { kind: 'message', id: `${at}\n${user}\n${text}`, user, text, at };
}

function event(text: string, at: string): Entry {
  return { kind: 'event', id: `${at}\n\n${text}`, text, at };
}

function append<E extends Entry>(entries: readonly E[], entry: E): readonly E[] {
  return entries.some((known) => known.id === entry.id) ? entries : [...entries, entry].slice(-MAX_ENTRIES);
}

function enterRoom(state: State, history: readonly HistoryMessage[]): State {
  if (state.joining === null) return state;
  const { name, early } = state.joining;
  const again = state.room?.name === name ? state.room : null;
  const entries = mergeHistory(
    history.map((item) => message(item.user, item.text, item.at)),
    [...(again?.entries ?? []), ...early],
  );
  return {
    ...state,
    joining: null,
    rooms: state.rooms.includes(name) ? state.rooms : [...state.rooms, name],
    room: { name, entries, members: again?.members ?? [], unread: again?.unread ?? 0 },
    typing: again ? state.typing : new Map(),
  };
}

function receive(state: State, name: string | undefined, entry: MessageEntry): State {
  const target = name ?? state.room?.name;
  if (state.joining !== null && state.joining.name === target) {
    state = { ...state, joining: { ...state.joining, early: append(state.joining.early, entry) } };
  }
  const room = state.room;
  if (room === null || room.name !== target) return state;
  const entries = append(room.entries, entry);
  if (entries === room.entries) return state;
  const seen = isOpen(state, { kind: 'room' }) || entry.user === state.me;
  const unread = seen ? room.unread : room.unread + 1;
  return { ...state, room: { ...room, entries, unread }, typing: without(state.typing, entry.user) };
}

function receivePrivate(state: State, from: string, to: string, entry: MessageEntry): State {
  const other = from === state.me ? to : from;
  const thread = state.threads.get(other) ?? NO_THREAD;
  const seen = from === state.me || isOpen(state, { kind: 'private', user: other });
  const next = { entries: append(thread.entries, entry), unread: seen ? thread.unread : thread.unread + 1 };
  return { ...state, threads: new Map(state.threads).set(other, next) };
}

function presence(state: State, { room: name, user, present, at }: Action & { type: 'presence' }): State {
  if (user === state.me) return state;
  state = inRoom(state, name, (room) => {
    const others = room.members.filter((member) => member !== user);
    return {
      ...room,
      members: present ? [...others, user].sort((a, b) => (a < b ? -1 : 1)) : others,
      entries: append(room.entries, event(`${user} ${present ? 'joined' : 'left'}`, at)),
    };
  });
  return present ? state : { ...state, typing: without(state.typing, user) };
}

function without(typing: ReadonlyMap<string, number>, user: string): ReadonlyMap<string, number> {
  if (!typing.has(user)) return typing;
  const rest = new Map(typing);
  rest.delete(user);
  return rest;
}

function inRoom(state: State, name: string, change: (room: Room) => Room): State {
  return state.room?.name === name ? { ...state, room: change(state.room) } : state;
}

function expireTyping(state: State, now: number): State {
  const alive = [...state.typing].filter(([, until]) => until > now);
  return alive.length === state.typing.size ? state : { ...state, typing: new Map(alive) };
}

function isOpen(state: State, view: View): boolean {
  if (state.pane !== 'chat' || state.view.kind !== view.kind) return false;
  return view.kind === 'room' || (state.view.kind === 'private' && state.view.user === view.user);
}

function markRead(state: State): State {
  if (state.pane !== 'chat') return state;
  if (state.view.kind === 'room') return state.room ? { ...state, room: { ...state.room, unread: 0 } } : state;
  const thread = state.threads.get(state.view.user) ?? NO_THREAD;
  return { ...state, threads: new Map(state.threads).set(state.view.user, { ...thread, unread: 0 }) };
}
