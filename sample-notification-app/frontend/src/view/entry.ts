import type { Notification } from '../types';
import { audienceText, h, time } from './dom';

export interface Entry {
  readonly element: HTMLLIElement;
  update(read: boolean): void;
}

/** One notification of the list. */
export function entry(notification: Notification, me: string, markRead: () => void): Entry {
  const state = h('span', { class: 'visually-hidden' });
  const button = h('button', { type: 'button', class: 'quiet', onclick: markRead }, 'Mark as read');
  button.setAttribute('aria-describedby', `text-${notification.id}`);
  const element = h(
    'li',
    { class: 'entry', tabindex: '-1', 'data-id': String(notification.id) },
    h(
      'div',
      { class: 'entry-head' },
      state,
      h('strong', {}, notification.sender),
      h('span', { class: 'chip' }, audienceText(notification.audience, me)),
      time(notification.sentAt),
    ),
    h('p', { class: 'entry-text', dir: 'auto', id: `text-${notification.id}` }, notification.text),
    button,
  );
  return {
    element,
    update: (read) => {
      // Who has pressed the button with the keyboard goes on from here.
      if (read && document.activeElement === button) element.focus();
      element.classList.toggle('unread', !read);
      button.hidden = read;
      state.textContent = read ? '' : 'Unread: ';
    },
  };
}
