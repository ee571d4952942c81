import { ROOM_MAX } from '../limits';
import type { State } from '../state';
import { TRANSPORT_LABELS, type TransportChoice } from '../types';
import { avatar, h, icon, setText, setUnread } from './dom';

export interface RoomsActions {
  goTo(room: string): void;
  openPrivate(user: string): void;
  chooseTransport(choice: TransportChoice): void;
  changeName(): void;
}

export interface Rooms {
  readonly element: HTMLElement;
  update(state: State): void;
}

/** The left column: where one can go, and what the connection is made of. */
export function rooms(actions: RoomsActions, transport: TransportChoice): Rooms {
  const roomList = h('ul', { class: 'list', 'aria-label': 'Rooms' });
  const threadList = h('ul', { class: 'list', 'aria-label': 'Private conversations', 'data-testid': 'threads' });
  const threadPart = h('section', {}, h('h2', {}, 'Private'), threadList);

  const input = h('input', { id: 'room', type: 'text', autocomplete: 'off', enterkeyhint: 'go', placeholder: 'Your own room', 'data-testid': 'room-input' });
  input.maxLength = ROOM_MAX;
  const submit = (event: Event): void => {
    event.preventDefault();
    const room = input.value.trim();
    if (room === '') return input.focus();
    input.value = '';
    actions.goTo(room);
  };
  const form = h(
    'form',
    { class: 'field-row', onsubmit: submit },
    h('label', { for: 'room', class: 'visually-hidden' }, 'Name of a room'),
    input,
    h('button', { type: 'submit', class: 'outline square', 'aria-label': 'Go to this room', 'data-testid': 'room-submit' }, icon('plus')),
  );

  const select = h('select', { id: 'transport', 'data-testid': 'transport-select' });
  for (const [value, label] of Object.entries(TRANSPORT_LABELS)) select.append(new Option(label, value));
  select.value = transport;
  select.addEventListener('change', () => actions.chooseTransport(select.value as TransportChoice));

  const me = h('strong', { 'data-testid': 'me' });
  const face = h('span', { class: 'face' });
  const foot = h(
    'section',
    { class: 'rooms-foot' },
    h('label', { for: 'transport' }, 'Transport'),
    select,
    h('div', { class: 'me' }, face, h('p', {}, 'You are ', me),
      h('button', { type: 'button', class: 'link', onclick: () => actions.changeName(), 'data-testid': 'change-name' }, 'Change')),
  );

  let drawn = '';
  const update = (state: State): void => {
    // The buttons are drawn anew only when they change, so that none loses the focus to a message coming in.
    const users = [...state.threads].filter(([, thread]) => thread.entries.length > 0).map(([user]) => user);
    if (state.view.kind === 'private' && !users.includes(state.view.user)) users.push(state.view.user);
    const key = JSON.stringify([state.rooms, users]);
    if (key !== drawn) {
      drawn = key;
      roomList.replaceChildren(...state.rooms.map((room) => entry('room', room, () => actions.goTo(room))));
      threadList.replaceChildren(...users.map((user) => entry('thread', user, () => actions.openPrivate(user))));
      threadPart.hidden = users.length === 0;
    }
    for (const button of roomList.querySelectorAll('button')) {
      const current = button.dataset['name'] === state.room?.name;
      mark(button, current && state.view.kind === 'room', current ? (state.room?.unread ?? 0) : 0);
      button.classList.toggle('inside', current);
    }
    for (const button of threadList.querySelectorAll('button')) {
      const user = button.dataset['name'] ?? '';
      mark(button, state.view.kind === 'private' && state.view.user === user, state.threads.get(user)?.unread ?? 0);
    }
    if (me.textContent !== state.me) {
      setText(me, state.me);
      face.replaceChildren(avatar(state.me));
    }
  };
  const element = h(
    'section',
    { class: 'pane pane-rooms', 'aria-label': 'Rooms' },
    h('div', { class: 'scroll' }, h('h2', {}, 'Rooms'), roomList, form, threadPart),
    foot,
  );
  return { element, update };
}

function entry(kind: 'room' | 'thread', name: string, onclick: () => void): HTMLElement {
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', class: 'row', onclick, 'data-name': name, 'data-testid': `${kind}-${name}` },
      kind === 'room' ? icon('rooms') : avatar(name),
      h('span', { class: 'row-name' }, name),
      h('span', { class: 'count', hidden: true }),
    ),
  );
}

function mark(button: HTMLElement, current: boolean, unread: number): void {
  if (current) button.setAttribute('aria-current', 'true');
  else button.removeAttribute('aria-current');
  const count = button.querySelector<HTMLElement>('.count');
  if (count !== null) setUnread(count, unread);
}
