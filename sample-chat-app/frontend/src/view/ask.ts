import type { IStreamResult, ISubscription } from '@microsoft/signalr';
import { readableError } from '../errors';
import { TEXT_MAX } from '../limits';
import type { State } from '../state';
import { h, icon, setText } from './dom';

export interface Ask {
  readonly element: HTMLElement;
  update(state: State): void;
}

type Progress = 'idle' | 'streaming' | 'done' | 'stopped' | 'failed';

const STATUS: Record<Progress, string> = {
  idle: 'The answer is a stream: you see every word as it leaves the server.',
  streaming: 'Answering…',
  done: 'That was all.',
  stopped: 'Stopped.',
  failed: '',
};

/** A question to the server, whose answer arrives word by word and can be stopped half-way. */
export function ask(stream: (prompt: string) => IStreamResult<string>): Ask {
  const input = h('input', { id: 'ask', type: 'text', autocomplete: 'off', enterkeyhint: 'send', placeholder: 'What is SignalR?', 'data-testid': 'ask-input' });
  input.maxLength = TEXT_MAX;
  const send = h('button', { type: 'submit', class: 'primary', 'data-testid': 'ask-send' }, 'Ask');
  const stop = h('button', { type: 'button', class: 'outline', disabled: true, 'data-testid': 'ask-stop' }, icon('stop'), 'Stop');
  // Busy while words arrive, so that a screen reader reads the answer once and whole.
  const answer = h('p', { class: 'answer', dir: 'auto', 'aria-live': 'polite', tabindex: '0', 'aria-label': 'Answer', 'data-testid': 'ask-answer' });
  const status = h('p', { class: 'hint', role: 'status', 'data-testid': 'ask-status' }, STATUS.idle);
  const asked = h('p', { class: 'asked', dir: 'auto', hidden: true });
  let subscription: ISubscription<string> | null = null;
  let connected = false;

  const show = (progress: Progress, text: string = STATUS[progress]): void => {
    const streaming = progress === 'streaming';
    answer.dataset['state'] = progress;
    answer.setAttribute('aria-busy', String(streaming));
    stop.disabled = !streaming;
    send.disabled = streaming || !connected;
    setText(status, text);
  };

  const submit = (event: Event): void => {
    event.preventDefault();
    const prompt = input.value.trim();
    if (prompt === '' || !connected || subscription !== null) return;
    setText(asked, prompt);
    asked.hidden = false;
    setText(answer, '');
    input.value = '';
    show('streaming');
    const words = new Text();
    answer.append(words);
    subscription = stream(prompt).subscribe({
      next: (word) => {
        words.appendData(gap(words.data, word) + word);
        answer.scrollTop = answer.scrollHeight;
      },
      complete: () => end('done'),
      error: (error: unknown) => end('failed', readableError(error)),
    });
  };
  const end = (progress: Progress, text?: string): void => {
    if (subscription === null) return;
    subscription = null;
    show(progress, text);
  };
  stop.addEventListener('click', () => {
    subscription?.dispose();
    end('stopped');
    input.focus();
  });

  const form = h('form', { class: 'field-row', onsubmit: submit }, h('label', { for: 'ask', class: 'visually-hidden' }, 'Your question'), input, send);
  const element = h('section', { class: 'pane pane-ask', 'aria-label': 'Ask the server' },
    h('h2', {}, 'Ask the server'), form, asked, answer, h('div', { class: 'ask-foot' }, status, stop));
  const update = (state: State): void => {
    connected = state.connection.phase === 'connected';
    send.disabled = subscription !== null || !connected;
  };
  return { element, update };
}

/** Each item is a word; one that brings its own space or continues the last one with punctuation gets none. */
function gap(before: string, word: string): string {
  return before === '' || /\s$/.test(before) || /^[\s.,;:!?)]/.test(word) ? '' : ' ';
}
