import type { HubFactory, Status } from '../hub/hub';
import { NotificationList } from '../inbox';
import { loggedInUser } from '../session';
import type { Digest } from '../types';
import { h, setText, show, time } from './dom';
import { entry, type Entry } from './entry';
import { header, type Page } from './header';

const STATUS: Record<Status, string> = {
  connecting: 'Connecting…',
  connected: 'Connected',
  disconnected: 'Disconnected',
};

/** The page with the notifications of a user, over one of the protocols. */
export async function inboxPage(page: Page, factory: HubFactory): Promise<void> {
  const user = await loggedInUser();
  const list = new NotificationList();
  const entries = new Map<number, Entry>();

  const badge = h('span', { class: 'badge', 'data-testid': 'unread' });
  const status = h('p', { class: 'status', role: 'status' });
  const again = h('button', { type: 'button', hidden: true, onclick: () => void hub.connect() }, 'Connect again');
  const all = h('button', { type: 'button', onclick: () => act(() => hub.markAllRead()) }, 'Mark all as read');
  const problem = h('p', { class: 'problem', role: 'alert' });
  const news = h('p', { class: 'visually-hidden', role: 'status', 'data-testid': 'news' });
  const note = h('div', { role: 'status', 'data-testid': 'digest' });
  const rows = h('ul', { class: 'entries', 'aria-label': 'Notifications' });
  const empty = h('p', { class: 'empty' }, 'Nothing yet. Keep this page open: what is sent to you appears here.');

  const update = (): void => {
    list.all.forEach((notification, index) => {
      let row = entries.get(notification.id);
      if (row === undefined) {
        row = entry(notification, user.name, () => act(() => hub.markRead([notification.id])));
        entries.set(notification.id, row);
        rows.insertBefore(row.element, rows.children[index] ?? null);
      }
      row.update(list.isRead(notification.id));
    });
    const { unread } = list;
    setText(badge, unread === 0 ? 'All read' : `${unread} unread`);
    badge.classList.toggle('some', unread > 0);
    all.disabled = unread === 0;
    empty.hidden = entries.size > 0;
    document.title = `${unread > 0 ? `(${unread}) ` : ''}Notifications`;
  };

  const act = (action: () => Promise<void>): void => {
    setText(problem, '');
    action().catch(() => setText(problem, 'That did not work. Please try again when you are connected.'));
  };

  const hub = factory(
    {
      inbox: (inbox) => {
        list.merge(inbox);
        update();
      },
      notificationReceived: (notification) => {
        if (list.add(notification)) setText(news, `New, from ${notification.sender}: ${notification.text}`);
        update();
      },
      notificationsRead: (ids) => {
        list.markRead(ids);
        // What it says is not true any more.
        note.replaceChildren();
        update();
      },
      digest: (digest) => {
        if (list.unread > 0) note.replaceChildren(digestNote(digest, () => note.replaceChildren()));
      },
    },
    (now) => {
      setText(status, STATUS[now]);
      status.dataset['status'] = now;
      again.hidden = now !== 'disconnected';
      // The connection may have ended with the session, which is gone a moment later: then there is nothing to connect with any more.
      if (now !== 'connected') setTimeout(() => void loggedInUser().catch(() => undefined), 1_000);
    },
  );

  show(
    header(page, user),
    h(
      'main',
      { class: 'page' },
      h('div', { class: 'page-head' }, h('h1', {}, 'Inbox'), badge, all),
      h('div', { class: 'connection' }, status, again, h('p', { class: 'hint' }, `Client of ${page}`)),
      problem,
      news,
      note,
      rows,
      empty,
    ),
  );
  update();
  await hub.connect();
}

function digestNote({ unread, oldest }: Digest, dismiss: () => void): HTMLElement {
  const what = unread === 1 ? 'One notification is waiting, since ' : `${unread} notifications are waiting, the oldest since `;
  return h(
    'div',
    { class: 'note' },
    h('p', {}, what, time(oldest), '.'),
    h('button', { type: 'button', class: 'quiet', onclick: dismiss }, 'Dismiss'),
  );
}

