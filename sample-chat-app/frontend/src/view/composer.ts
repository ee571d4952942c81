import { TEXT_MAX } from '../limits';
import type { State } from '../state';
import { h, icon, setText, wideLayout } from './dom';

export interface ComposerActions {
  /** False gives the text back. */
  send(text: string): Promise<boolean>;
  typing(): void;
}

export interface Composer {
  readonly element: HTMLElement;
  update(state: State): void;
}

/** From here on the remaining length is shown. */
const COUNT_FROM = TEXT_MAX - 200;

/** Where messages are written. What is written stays until the server has it; each conversation has its own draft. */
export function composer(actions: ComposerActions): Composer {
  const input = h('textarea', {
    id: 'message',
    rows: '1',
    autocomplete: 'off',
    enterkeyhint: 'send',
    'aria-describedby': 'message-hint',
    'data-testid': 'message-input',
  });
  input.maxLength = TEXT_MAX;
  const label = h('label', { for: 'message', class: 'visually-hidden' });
  const button = h('button', { type: 'submit', class: 'primary send', 'aria-label': 'Send', 'data-testid': 'message-send' }, icon('send'));
  const hint = h('p', { id: 'message-hint', class: 'hint', role: 'status', 'data-testid': 'message-hint' });
  const drafts = new Map<string, string>();
  let conversation = '';
  let connected = false;

  const refresh = (): void => {
    const text = input.value.trim();
    button.disabled = !connected || text === '';
    const left = TEXT_MAX - input.value.length;
    setText(
      hint,
      !connected
        ? text === '' ? 'Not connected. You can write already, and send once the connection is back.' : 'Not connected. Your text stays here until it can be sent.'
        : input.value.length >= COUNT_FROM ? `${left} characters left` : '',
    );
    // Grows with the text; the style sheet sets the limit.
    input.style.height = 'auto';
    if (input.scrollHeight > 0) input.style.height = `${input.scrollHeight + 2}px`;
  };

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const text = input.value.trim();
    if (!connected || text === '') return;
    const target = conversation;
    input.value = '';
    refresh();
    if (await actions.send(text)) return;
    // Back to where it was written, before anything written since.
    if (target === conversation) {
      input.value = [text, input.value].filter(Boolean).join('\n');
      refresh();
    } else {
      drafts.set(target, [text, drafts.get(target)].filter(Boolean).join('\n'));
    }
  };

  const form = h('form', { class: 'composer', onsubmit: submit }, h('div', { class: 'composer-row' }, label, input, button), hint);
  input.addEventListener('input', () => {
    refresh();
    if (connected && input.value.trim() !== '') actions.typing();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  const update = (state: State): void => {
    connected = state.connection.phase === 'connected' && (state.view.kind === 'private' || state.room !== null);
    const to = state.view.kind === 'private' ? state.view.user : (state.room?.name ?? 'the room');
    const now = `${state.view.kind}:${to}`;
    if (now !== conversation) {
      const first = conversation === '';
      if (!first) drafts.set(conversation, input.value);
      // What was written before the room opened belongs to the room.
      input.value = drafts.get(now) ?? (conversation === 'room:the room' ? input.value : '');
      if (conversation === 'room:the room') drafts.delete(conversation);
      conversation = now;
      setText(label, `Message to ${to}`);
      input.placeholder = `Message to ${to}`;
      if (wideLayout.matches) input.focus();
    }
    refresh();
  };
  return { element: form, update };
}
