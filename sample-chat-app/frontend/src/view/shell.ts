import { unreadCount, type State } from '../state';
import { TRANSPORT_LABELS, type ConnectionStatus, type Pane, type Phase } from '../types';
import { h, icon, setText, setUnread, type IconName } from './dom';

export interface ShellActions {
  showPane(pane: Pane): void;
  connectNow(): void;
}

export interface Shell {
  readonly element: HTMLElement;
  update(state: State): void;
}

const TABS: readonly [Pane, string, IconName][] = [
  ['chat', 'Chat', 'chat'],
  ['rooms', 'Rooms', 'rooms'],
  ['people', 'People', 'people'],
  ['ask', 'Ask', 'ask'],
];

const PHASES: Record<Phase, string> = {
  connecting: 'Connecting',
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  disconnected: 'Disconnected',
};

/** The frame: header with the state of the connection, the panes, and the tabs of the narrow layout. */
export function shell(actions: ShellActions, panes: Record<Pane, HTMLElement>, over: HTMLElement): Shell {
  const connection = h('span', { class: 'connection', role: 'status', 'data-testid': 'connection-state' });
  const transport = h('span', { class: 'transport', 'data-testid': 'transport-badge' });
  const banner = h('p', { role: 'status', 'data-testid': 'connection-problem' });
  const again = h('button', { type: 'button', class: 'outline', onclick: () => actions.connectNow(), 'data-testid': 'connect-now' });
  const bannerRow = h('div', { class: 'banner', hidden: true }, banner, again);

  const badge = h('span', { class: 'count', hidden: true });
  const tabs = TABS.map(([pane, label, name]) =>
    h('button', { type: 'button', 'data-pane': pane, onclick: () => actions.showPane(pane), 'data-testid': `tab-${pane}` },
      icon(name), label, pane === 'rooms' ? badge : null),
  );
  const element = h(
    'div',
    { class: 'shell' },
    h(
      'header',
      { class: 'top' },
      h('img', { src: './favicon.svg', alt: '', width: '28', height: '28' }),
      h('h1', { class: 'brand' }, 'Chat'),
      h('div', { class: 'badges' }, connection, transport),
    ),
    bannerRow,
    h('main', { class: 'panes' }, panes.rooms, panes.chat, h('div', { class: 'side' }, panes.people, panes.ask), over),
    h('nav', { class: 'tabs', 'aria-label': 'Parts of the page' }, ...tabs),
  );

  const update = (state: State): void => {
    const { connection: status } = state;
    element.dataset['pane'] = state.pane;
    // Two phases share a colour and a `data-state`: in both the page is at it.
    connection.dataset['state'] = status.phase === 'connecting' ? 'reconnecting' : status.phase;
    setText(connection, PHASES[status.phase]);
    if (status.transport === null) delete transport.dataset['transport'];
    else transport.dataset['transport'] = status.transport;
    setText(transport, status.transport === null ? '' : TRANSPORT_LABELS[status.transport]);
    transport.hidden = status.transport === null;

    const text = problemText(status);
    bannerRow.hidden = text === '';
    setText(banner, text);
    setText(again, status.phase === 'disconnected' ? 'Connect again' : 'Try now');

    for (const tab of tabs) {
      if (tab.dataset['pane'] === state.pane) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
    const unread = unreadCount(state);
    setUnread(badge, unread);
    const place = state.view.kind === 'private' ? state.view.user : state.room?.name;
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${place === undefined ? '' : `${place} · `}Chat`;
  };
  return { element, update };
}

function problemText({ phase, problem, attempt }: ConnectionStatus): string {
  switch (phase) {
    case 'connected':
      return '';
    case 'connecting':
      return problem === null ? '' : `${problem} Still trying (attempt ${attempt + 1}).`;
    case 'reconnecting':
      return `${problem ?? 'The connection was lost.'} Trying to get back${attempt > 0 ? ` (attempt ${attempt + 1})` : ''}…`;
    case 'disconnected':
      return problem ?? 'Not connected.';
  }
}
