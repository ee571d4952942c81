import type { State } from '../state';
import { avatar, h } from './dom';

export interface People {
  readonly element: HTMLElement;
  update(state: State): void;
}

/** Who is in the room; a click begins a private conversation. */
export function people(openPrivate: (user: string) => void): People {
  const title = h('h2', {}, 'People');
  const list = h('ul', { class: 'list', 'aria-label': 'People in this room', 'data-testid': 'members' });
  let drawn = '';

  const update = (state: State): void => {
    const members = state.room?.members ?? [];
    title.textContent = state.room === null ? 'People' : `People in ${state.room.name}`;
    const key = JSON.stringify([state.me, members]);
    if (key === drawn) return;
    drawn = key;
    list.replaceChildren(...members.map((user) => h('li', {}, user === state.me ? self(user) : other(user, openPrivate))));
  };
  const element = h('section', { class: 'pane pane-people', 'aria-label': 'People' }, title, list,
    h('p', { class: 'hint' }, 'Choose somebody to write in private.'));
  return { element, update };
}

function self(user: string): HTMLElement {
  return h('div', { class: 'row', 'data-testid': 'member', 'data-user': user },
    avatar(user), h('span', { class: 'row-name' }, user), h('span', { class: 'tag' }, 'you'));
}

function other(user: string, openPrivate: (user: string) => void): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'row', title: `Write to ${user} in private`, onclick: () => openPrivate(user), 'data-testid': 'member', 'data-user': user },
    avatar(user),
    h('span', { class: 'row-name' }, user),
  );
}
