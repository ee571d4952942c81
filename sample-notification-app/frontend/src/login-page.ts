import './styles/base.css';
import './styles/login.css';
import { HttpError, postForm } from './http';
import { h, setText, show } from './view/dom';

/** Who there is, and what it is good for to be them. */
const PEOPLE: readonly [string, string][] = [
  ['alice', 'in the team engineering'],
  ['bob', 'in the teams engineering and sales'],
  ['carol', 'in the team sales'],
  ['admin', 'may send notifications'],
];

const name = h('input', { id: 'username', name: 'username', autocomplete: 'username', autocapitalize: 'none', required: true });
const password = h('input', { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password', required: true });
const problem = h('p', { class: 'problem', role: 'alert' });
const button = h('button', { type: 'submit', class: 'primary' }, 'Log in');

const form = h(
  'form',
  { class: 'login-form', onsubmit: (event: SubmitEvent) => (event.preventDefault(), void logIn()) },
  h('label', { for: 'username' }, 'User name'),
  name,
  h('label', { for: 'password' }, 'Password'),
  password,
  problem,
  button,
);

async function logIn(): Promise<void> {
  button.disabled = true;
  setText(problem, '');
  try {
    window.location.assign((await postForm('login', form)) ?? './');
  } catch (error) {
    const refused = error instanceof HttpError && error.status === 401;
    setText(problem, refused ? 'User name or password is wrong.' : 'The server cannot be reached. Please try again.');
    button.disabled = false;
    password.select();
  }
}

function fill(person: string): void {
  name.value = password.value = person;
  button.focus();
}

show(
  h(
    'main',
    { class: 'login' },
    h('img', { src: './favicon.svg', alt: '', width: '44', height: '44' }),
    h('h1', {}, 'Notifications'),
    h('p', { class: 'lead' }, 'Log in to see yours.'),
    form,
    h(
      'section',
      { class: 'people', 'aria-labelledby': 'people' },
      h('h2', { id: 'people' }, 'This is a sample: choose somebody'),
      h('p', { class: 'hint' }, 'The password is the same as the name.'),
      h(
        'ul',
        {},
        ...PEOPLE.map(([person, what]) =>
          h('li', {}, h('button', { type: 'button', onclick: () => fill(person) }, person), h('span', {}, what)),
        ),
      ),
    ),
  ),
);
name.focus();
