/** A few lines instead of a framework. Text always becomes a text node: nothing here ever parses markup. */

type Child = Node | string | null;
type Attributes = Record<string, string | boolean | ((event: never) => void)>;

/** An element with attributes, listeners (`onclick`, …) and children. */
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

export function show(...children: Child[]): void {
  document.querySelector('#app')?.replaceChildren(...children.filter((child) => child !== null));
}

const today = new Intl.DateTimeFormat('en', { timeStyle: 'short' });
const anyDay = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export function time(instant: string): HTMLTimeElement {
  const at = new Date(instant);
  const format = at.toDateString() === new Date().toDateString() ? today : anyDay;
  return h('time', { datetime: instant, title: anyDay.format(at) }, format.format(at));
}

/** An audience, in words. */
export function audienceText(audience: string, me?: string): string {
  const [kind = '', name = ''] = audience.split(':');
  if (kind === 'team') return `Team ${name}`;
  if (kind === 'person') return name === me ? 'Only you' : name;
  return 'Everybody';
}
