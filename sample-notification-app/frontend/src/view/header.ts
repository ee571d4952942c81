import { logOut, type User } from '../session';
import { h } from './dom';

export type Page = 'Web PubSub' | 'SignalR' | 'Send';

const PAGES: readonly [Page, string][] = [
  ['Web PubSub', './'],
  ['SignalR', './signalr.html'],
  ['Send', './admin.html'],
];

/** The top of all pages: where one is, where one can go, and who one is. */
export function header(current: Page, user: User): HTMLElement {
  const links = PAGES.filter(([page]) => page !== 'Send' || user.admin).map(([page, href]) =>
    h('a', page === current ? { href, 'aria-current': 'page' } : { href }, page),
  );
  return h(
    'header',
    { class: 'top' },
    h(
      'div',
      { class: 'top-row' },
      h('span', { class: 'brand' }, h('img', { src: './favicon.svg', alt: '', width: '30', height: '30' }), 'Notifications'),
      h('nav', { 'aria-label': 'Pages' }, ...links),
      h(
        'div',
        { class: 'user' },
        h('span', {}, h('span', { class: 'visually-hidden' }, 'Logged in as '), user.name),
        h('button', { type: 'button', class: 'quiet', onclick: () => void logOut() }, 'Log out'),
      ),
    ),
  );
}
