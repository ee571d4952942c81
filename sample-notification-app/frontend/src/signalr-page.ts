import './styles/base.css';
import './styles/inbox.css';
import { signalR } from './hub/signalr';
import { inboxPage } from './view/inbox-page';

void inboxPage('SignalR', signalR);
