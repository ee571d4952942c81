import './styles/base.css';
import './styles/admin.css';
import { postJson } from './http';
import { getForUser, loggedInUser } from './session';
import { audienceText, h, setText, show, time } from './view/dom';
import { header } from './view/header';

interface Audiences {
  readonly teams: readonly string[];
  readonly people: readonly string[];
}

interface Sent {
  readonly id: number;
  readonly audience: string;
  readonly text: string;
  readonly sentAt: string;
  readonly recipients: number;
  readonly readers: number;
}

const text = h('textarea', { id: 'text', rows: '3', maxlength: '500', required: true });
const audience = h('select', { id: 'audience' });
const result = h('p', { class: 'result', role: 'status' });
const problem = h('p', { class: 'problem', role: 'alert' });
const button = h('button', { type: 'submit', class: 'primary' }, 'Send');
const rows = h('tbody');

const form = h(
  'form',
  { class: 'card send', onsubmit: (event: SubmitEvent) => (event.preventDefault(), void send()) },
  h('label', { for: 'audience' }, 'To'),
  audience,
  h('label', { for: 'text' }, 'Text'),
  text,
  h('div', { class: 'send-foot' }, button, result),
  problem,
);

async function send(): Promise<void> {
  button.disabled = true;
  setText(result, '');
  setText(problem, '');
  try {
    await postJson('api/admin/notifications', { audience: audience.value, text: text.value });
    setText(result, `Sent to ${audienceText(audience.value)}.`);
    text.value = '';
    await refresh();
  } catch (error) {
    setText(problem, error instanceof Error ? error.message : String(error));
  } finally {
    button.disabled = false;
    text.focus();
  }
}

async function refresh(): Promise<void> {
  const sent = await getForUser<Sent[]>('api/admin/notifications');
  rows.replaceChildren(
    ...sent.map((notification) =>
      h(
        'tr',
        {},
        h('td', { class: 'text', dir: 'auto' }, notification.text),
        h('td', {}, h('span', { class: 'chip' }, audienceText(notification.audience))),
        h('td', {}, time(notification.sentAt)),
        h('td', {}, `${notification.readers} of ${notification.recipients}`),
      ),
    ),
  );
  table.hidden = sent.length === 0;
}

const table = h(
  'section',
  { class: 'card', 'aria-labelledby': 'sent', hidden: true },
  h('h2', { id: 'sent' }, 'Sent lately'),
  h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...['Text', 'To', 'At', 'Read by'].map((title) => h('th', { scope: 'col' }, title)))),
    rows,
  ),
);

function options({ teams, people }: Audiences): HTMLElement[] {
  const group = (label: string, kind: string, names: readonly string[]): HTMLElement => {
    const element = h('optgroup', { label });
    element.append(...names.map((name) => h('option', { value: `${kind}:${name}` }, audienceText(`${kind}:${name}`))));
    return element;
  };
  return [h('option', { value: 'everybody' }, 'Everybody'), group('Teams', 'team', teams), group('People', 'person', people)];
}

const user = await loggedInUser();
audience.append(...options(await getForUser<Audiences>('api/admin/audiences')));
await refresh();
// Whoever comes back to this page wants to know who has read what meanwhile.
window.addEventListener('focus', () => void refresh());
show(header('Send', user), h('main', { class: 'page' }, h('div', { class: 'page-head' }, h('h1', {}, 'Send a notification')), form, table));
