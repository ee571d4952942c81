import { h, icon, wideLayout } from './dom';

export type ToastKind = 'notice' | 'info' | 'error' | 'private';

export interface Toasts {
  readonly element: HTMLElement;
  show(kind: ToastKind, text: string, open?: () => void): void;
}

const SHOWN = 12_000;
const AT_ONCE = { wide: 3, narrow: 2 };

const TITLES: Record<ToastKind, string> = {
  notice: 'Notice from the server',
  info: 'Just so you know',
  error: 'That did not work',
  private: 'Private message',
};

/** Short messages: over the log on a wide screen, above everything else on a narrow one. They go by themselves, but not under the pointer or the focus. */
export function toasts(): Toasts {
  const polite = h('div', { class: 'toast-list', role: 'status', 'aria-live': 'polite' });
  const urgent = h('div', { class: 'toast-list', role: 'alert' });
  const element = h('div', { class: 'toasts' }, urgent, polite);

  let shown: HTMLElement[] = [];

  const show = (kind: ToastKind, text: string, open?: () => void): void => {
    const list = kind === 'error' ? urgent : polite;
    const message = h('p', { class: 'toast-text', dir: 'auto', 'data-testid': kind }, text);
    const dismiss = h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': 'Dismiss', onclick: () => toast.remove() },
      icon('close'),
    );
    const more = open
      ? h('button', { type: 'button', class: 'toast-open', onclick: () => (toast.remove(), open()) }, 'Open')
      : null;
    const body = h('div', { class: 'toast-body' }, h('p', { class: 'toast-title' }, TITLES[kind]), message);
    const toast = h('div', { class: `toast toast-${kind}` }, body, more, dismiss);

    const expire = (): void => {
      if (toast.matches(':hover, :focus-within')) window.setTimeout(expire, 2_000);
      else toast.remove();
    };
    window.setTimeout(expire, SHOWN);
    list.append(toast);
    shown = [...shown.filter((other) => other.isConnected), toast];
    const most = wideLayout.matches ? AT_ONCE.wide : AT_ONCE.narrow;
    for (const old of shown.slice(0, -most)) old.remove();
  };
  return { element, show };
}
