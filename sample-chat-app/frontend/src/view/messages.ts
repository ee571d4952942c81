import { openEntries, type State } from '../state';
import type { Entry, MessageEntry } from '../types';
import { avatar, h, icon } from './dom';

export interface Messages {
  readonly element: HTMLElement;
  update(state: State): void;
}

/** Messages of one user within this time stand together under one name. */
const TOGETHER = 5 * 60_000;

/** Closer to the end than this, the list follows new messages. */
const NEAR_END = 80;

/** The log of the open conversation. */
export function messages(): Messages {
  const list = h('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'Messages',
    tabindex: '0',
    'data-testid': 'messages',
  });
  const latest = h('button', { type: 'button', class: 'latest', hidden: true }, icon('down'), 'New messages');
  let shown: readonly Entry[] = [];
  let conversation = '';
  // Whether the reader is at the end. A keyboard that opens or a window that turns does not change that: only scrolling does.
  let following = true;
  let height = 0;

  const toEnd = (): void => {
    following = true;
    list.scrollTop = list.scrollHeight;
    latest.hidden = true;
  };
  const atEnd = (): boolean => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  latest.addEventListener('click', toEnd);
  list.addEventListener('scroll', () => {
    if (list.clientHeight !== height) return;
    following = atEnd();
    if (following) latest.hidden = true;
  });
  new ResizeObserver(() => {
    height = list.clientHeight;
    if (following) toEnd();
  }).observe(list);

  const update = (state: State): void => {
    const entries = openEntries(state);
    const now = state.view.kind === 'private' ? `private:${state.view.user}` : `room:${state.room?.name ?? ''}`;
    const same = now === conversation;
    if (same && entries === shown && (entries.length > 0 || list.childElementCount > 0)) return;

    // Most of the time there is just something new at the end, which is also what a screen reader should hear.
    const grown = same && shown.length > 0 && shown.every((entry, index) => entry === entries[index]);
    const follow = !same || !grown || following;
    if (!grown) list.replaceChildren();
    entries.slice(grown ? shown.length : 0).forEach((entry, offset) => {
      const before = entries[(grown ? shown.length : 0) + offset - 1];
      list.append(render(entry, before, state));
    });
    if (entries.length === 0) list.append(empty(state));
    const fromMe = entries.at(-1)?.kind === 'message' && (entries.at(-1) as MessageEntry).user === state.me;
    conversation = now;
    shown = entries;
    if (follow || fromMe) toEnd();
    else latest.hidden = false;
  };
  return { element: h('div', { class: 'log-frame' }, list, latest), update };
}

function render(entry: Entry, before: Entry | undefined, state: State): HTMLElement {
  if (entry.kind === 'event') {
    return h('p', { class: 'event', 'data-testid': 'event' }, entry.text);
  }
  const own = entry.user === state.me;
  const together =
    before?.kind === 'message' &&
    before.user === entry.user &&
    Date.parse(entry.at) - Date.parse(before.at) < TOGETHER;
  const classes = ['message', own ? 'own' : '', together ? 'together' : ''].filter(Boolean).join(' ');
  return h(
    'article',
    { class: classes, 'data-testid': 'message', 'data-user': entry.user },
    own || together ? null : avatar(entry.user),
    h(
      'div',
      { class: 'message-body' },
      h(
        'p',
        { class: together ? 'message-head visually-hidden' : 'message-head' },
        h('span', { class: 'message-user', 'data-testid': 'message-user' }, own ? 'You' : entry.user),
        ' ',
        h('time', { datetime: entry.at }, clock(entry.at)),
      ),
      h('p', { class: 'message-text', dir: 'auto', 'data-testid': 'message-text' }, entry.text),
    ),
  );
}

function empty(state: State): HTMLElement {
  const [title, text] =
    state.view.kind === 'private'
      ? [`You and ${state.view.user}`, 'Private messages reach all devices of both of you. They are not kept: a reload forgets them.']
      : state.room === null
        ? ['One moment', 'The room opens as soon as there is a connection.']
        : ['Nothing here yet', 'Be the first to say something.'];
  return h('div', { class: 'empty' }, icon('chat'), h('p', { class: 'empty-title' }, title), h('p', {}, text));
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

function clock(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return (date.toDateString() === new Date().toDateString() ? TIME : DAY).format(date);
}
