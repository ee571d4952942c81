import { typingUsers, type State } from '../state';
import { composer, type ComposerActions } from './composer';
import { avatar, h, icon, setText } from './dom';
import { messages } from './messages';

export interface ConversationActions extends ComposerActions {
  clearRoom(): void;
  backToRoom(): void;
}

export interface Conversation {
  readonly element: HTMLElement;
  update(state: State): void;
}

/** The main pane: a room, or what two users say in private. */
export function conversation(actions: ConversationActions): Conversation {
  const mark = h('span', { class: 'conversation-mark' });
  const title = h('h2', { 'data-testid': 'conversation-title' });
  const subtitle = h('p', { class: 'hint' });
  const clear = h(
    'button',
    { type: 'button', class: 'outline', onclick: () => actions.clearRoom(), 'data-testid': 'clear-room' },
    'Clear history',
  );
  const back = h('button', { type: 'button', class: 'outline', onclick: () => actions.backToRoom(), 'data-testid': 'back-to-room' });
  const log = messages();
  const typing = h('p', { class: 'typing', role: 'status', 'data-testid': 'typing' });
  const writing = composer(actions);
  const header = h(
    'header',
    { class: 'conversation-head' },
    mark,
    h('div', { class: 'conversation-title' }, title, subtitle),
    back,
    clear,
  );

  const update = (state: State): void => {
    const { view, room } = state;
    const heading = view.kind === 'private' ? view.user : (room?.name ?? 'Chat');
    if (title.textContent !== heading || mark.dataset['kind'] !== view.kind) {
      mark.dataset['kind'] = view.kind;
      mark.replaceChildren(view.kind === 'private' ? avatar(view.user) : icon('rooms'));
    }
    setText(title, heading);
    setText(subtitle, view.kind === 'private' ? 'Private, just the two of you' : here(room?.members.length ?? 0));
    clear.hidden = view.kind === 'private';
    clear.disabled = state.connection.phase !== 'connected' || room === null;
    back.hidden = view.kind === 'room';
    setText(back, `Back to ${room?.name ?? 'the room'}`);
    setText(typing, view.kind === 'room' ? typingText(typingUsers(state)) : '');
    log.update(state);
    writing.update(state);
  };
  return { element: h('section', { class: 'pane pane-chat', 'aria-label': 'Conversation' }, header, log.element, typing, writing.element), update };
}

function here(count: number): string {
  return count === 0 ? '' : count === 1 ? 'Just you so far' : `${count} people here`;
}

function typingText(users: readonly string[]): string {
  const [first, second] = users;
  if (first === undefined) return '';
  if (second === undefined) return `${first} is typing…`;
  return users.length === 2 ? `${first} and ${second} are typing…` : 'Several people are typing…';
}
