import { NAME_MAX, nameProblem } from '../limits';
import { h } from './dom';

export interface Login {
  readonly element: HTMLElement;
  /** Shows the form, with the reason why the last name was not accepted. */
  show(problem?: string): void;
  busy(name: string): void;
}

/** The first thing a visitor sees: a name is all it takes. */
export function login(prefilled: string, onName: (name: string) => void): Login {
  const input = h('input', {
    id: 'name',
    type: 'text',
    autocomplete: 'nickname',
    autocapitalize: 'words',
    spellcheck: 'false',
    enterkeyhint: 'go',
    'aria-describedby': 'name-hint name-problem',
    'data-testid': 'name-input',
  });
  input.maxLength = NAME_MAX;
  input.value = prefilled;
  const button = h('button', { type: 'submit', class: 'primary', 'data-testid': 'name-submit' }, 'Enter the chat');
  const problem = h('p', { id: 'name-problem', class: 'problem', role: 'alert', 'data-testid': 'name-problem' });

  const complain = (text: string): void => {
    problem.textContent = text;
    input.setAttribute('aria-invalid', String(text !== ''));
    if (text !== '') input.focus();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const name = input.value.trim();
    const wrong = nameProblem(name);
    complain(wrong ?? '');
    if (wrong === null) onName(name);
  };

  const form = h(
    'form',
    { class: 'login-form', novalidate: true, onsubmit: submit },
    h('label', { for: 'name' }, 'Your name'),
    input,
    h('p', { id: 'name-hint', class: 'hint' }, `Up to ${NAME_MAX} letters, digits, spaces and\u00a0-\u00a0_\u00a0.`),
    problem,
    button,
    h('p', { class: 'warning' }, 'There is no password: anyone may use any name, yours too.'),
  );
  const logo = h('img', { src: './favicon.svg', alt: '', width: '56', height: '56' });
  const element = h(
    'main',
    { class: 'login' },
    h('div', { class: 'login-card' }, logo, h('h1', {}, 'Come on in'), h('p', { class: 'lead' },
      'A small chat that speaks SignalR with a Spring Boot application.'), form),
  );

  return {
    element,
    show: (text = '') => {
      element.hidden = false;
      button.disabled = input.disabled = false;
      button.textContent = 'Enter the chat';
      complain(text);
      input.focus();
    },
    busy: (name) => {
      input.value = name;
      complain('');
      button.disabled = input.disabled = true;
      button.textContent = 'Connecting…';
    },
  };
}
