import './styles/base.css';
import './styles/layout.css';
import './styles/top.css';
import './styles/login.css';
import './styles/conversation.css';
import './styles/parts.css';
import './styles/over.css';
import { readAddress, rememberInAddress } from './address';
import { Chat } from './chat';
import { nameProblem } from './limits';
import { Store } from './store';
import type { Pane } from './types';
import { ask } from './view/ask';
import { confirmDialog } from './view/confirm';
import { conversation } from './view/conversation';
import { wideLayout } from './view/dom';
import { login } from './view/login';
import { people } from './view/people';
import { rooms } from './view/rooms';
import { shell } from './view/shell';
import { toasts } from './view/toasts';

const NAME_KEY = 'chat.name';

const root = document.querySelector<HTMLElement>('#app');
if (root === null) throw new Error('The page has no place for the application.');
const app = root;

const wishes = readAddress(window.location.search);
let wantedRoom = wishes.room;
let transport = wishes.transport;
let running: { end(reason?: string): void; retry(): void } | null = null;

const form = login(wishes.name || (sessionStorage.getItem(NAME_KEY) ?? ''), enter);
app.append(form.element);
if (wishes.name !== '' && nameProblem(wishes.name) === null) enter(wishes.name);
else form.show(wishes.name === '' ? '' : (nameProblem(wishes.name) ?? ''));

window.addEventListener('online', () => running?.retry());

/** From the name form into the chat: the form stays until the server has answered in some way. */
function enter(name: string): void {
  form.busy(name);
  const store = new Store();
  const over = toasts();
  const dialog = confirmDialog();

  const reveal = (): void => {
    if (frame.element.isConnected) return;
    form.element.hidden = true;
    app.append(frame.element, dialog.element);
    store.subscribe((state) => {
      for (const view of views) view.update(state);
      rememberInAddress(state.room?.name, transport);
    });
  };
  const end = (reason?: string): void => {
    running = null;
    dialog.dismiss();
    frame.element.remove();
    dialog.element.remove();
    void chat.quit();
    document.title = 'Chat';
    form.show(reason);
  };

  const chat = new Chat(
    store,
    {
      notice: (text) => over.show('notice', text),
      info: (text) => over.show('info', text),
      error: (text) => over.show('error', text),
      privateMessage: (from, text) => over.show('private', `${from}: ${text}`, () => chat.openPrivate(from)),
      confirm: (question) => dialog.ask(question),
      dismissConfirm: () => dialog.dismiss(),
      entered: () => {
        sessionStorage.setItem(NAME_KEY, name);
        reveal();
      },
      refused: end,
    },
    name,
    wantedRoom,
    transport,
  );

  const showPane = (pane: Pane): void => store.dispatch({ type: 'pane', pane });
  const talk = conversation({
    send: (text) => chat.send(text),
    typing: () => chat.typing(),
    clearRoom: () => void chat.clearRoom(),
    backToRoom: () => store.dispatch({ type: 'view', view: { kind: 'room' } }),
  });
  const places = rooms(
    {
      goTo: (room) => chat.goTo(room),
      openPrivate: (user) => chat.openPrivate(user),
      chooseTransport: (choice) => {
        transport = choice;
        chat.connect(choice);
      },
      changeName: () => {
        wantedRoom = store.state.room?.name ?? wantedRoom;
        end();
      },
    },
    transport,
  );
  const present = people((user) => chat.openPrivate(user));
  const questions = ask((prompt) => chat.ask(prompt));
  const frame = shell(
    { showPane, connectNow: () => chat.connect() },
    { chat: talk.element, rooms: places.element, people: present.element, ask: questions.element },
    over.element,
  );
  const views = [frame, places, talk, present, questions];

  // The wide layout has no tabs: there the conversation is always in sight.
  wideLayout.onchange = () => showPane('chat');
  // A server that cannot be reached is no reason to stay at the form: the chat shows what goes on and keeps trying.
  store.subscribe(({ connection }) => {
    if (connection.phase === 'connecting' && connection.attempt > 0) reveal();
  });
  running = {
    end,
    retry: () => {
      if (store.state.connection.phase !== 'connected') chat.connect();
    },
  };
  chat.connect();
}
