import './styles/base.css';
import './styles/inbox.css';
import { webPubSub } from './hub/web-pubsub';
import { inboxPage } from './view/inbox-page';

void inboxPage('Web PubSub', webPubSub);
