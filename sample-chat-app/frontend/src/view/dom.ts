/** A few lines instead of a framework. Text always becomes a text node: nothing here ever parses markup. */

type Child = Node | string | null;
type Attributes = Record<string, string | boolean | ((event: never) => void)>;

/** An element with attributes (`data-testid`, `aria-label`, …), listeners (`onclick`, …) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Sets the text only when it differs: live regions then speak once. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** The number of unread messages in a badge; none hides it. */
export function setUnread(badge: HTMLElement, unread: number): void {
  badge.hidden = unread === 0;
  if (badge.dataset['unread'] === String(unread)) return;
  badge.dataset['unread'] = String(unread);
  badge.replaceChildren(String(unread), h('span', { class: 'visually-hidden' }, ' unread'));
}

/** Strokes on a grid of 24 by 24. */
const ICONS = {
  chat: 'M7 4h10a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3h-6l-4 4v-4a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3Z',
  rooms: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h15.5M4 15h15.5',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.2.8 3.5 2.9 3.5 5.7',
  ask: 'M12 3v4M12 17v4M3 12h4M17 12h4M6 6l2.5 2.5M15.5 15.5 18 18M18 6l-2.5 2.5M8.5 15.5 6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  back: 'M19 12H5M11 6l-6 6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z',
  stop: 'M7 7h10v10H7z',
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A round with the initial of a user, in a colour that follows from the name. The name itself stands beside it. */
export function avatar(user: string): HTMLElement {
  let hash = 0;
  for (const character of user) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  const initial = [...user][0]?.toUpperCase() ?? '?';
  return h('span', { class: 'avatar', 'data-hue': String(hash % 8), 'aria-hidden': 'true' }, initial);
}

/** The wide layout shows all panes at once and has a keyboard. Same width as in the style sheet. */
export const wideLayout = window.matchMedia('(min-width: 960px)');
