// An application that gets events by webhook: Microsoft's middleware for Express, as it is. What it is told goes to
// the standard output, one line of JSON each; it ends with the standard input.
import { WebPubSubEventHandler } from '@azure/web-pubsub-express';
import express from 'express';

const [hub, ...allowedEndpoints] = process.argv.slice(2);

const print = (line) => console.log(JSON.stringify(line));

const told = ({ context: { signature, origin, ...context }, ...event }) =>
  print({ origin, signature, context, event });

const handler = new WebPubSubEventHandler(hub, {
  allowedEndpoints,
  handleConnect(request, response) {
    told(request);
    const [rejection] = request.queries.reject ?? [];
    if (rejection) {
      response.fail(Number(rejection), 'not you');
      return;
    }
    response.setState('events', 0);
    response.success({
      userId: `${request.context.userId}@express`,
      groups: ['lobby', 'news'],
      roles: ['webpubsub.sendToGroup.lobby'],
      subprotocol: request.subprotocols?.at(-1),
    });
  },
  handleUserEvent(request, response) {
    told(request);
    if (request.context.eventName === 'fail') {
      response.fail(422, 'no such thing');
      return;
    }
    if (request.context.eventName === 'count') {
      const events = request.context.states.events + 1;
      response.setState('events', events);
      response.success(String(events), 'text');
      return;
    }
    const reply = request.dataType === 'json' ? JSON.stringify({ echo: request.data }) : request.data;
    response.success(reply, request.dataType);
  },
  onConnected: told,
  onDisconnected: told,
  onGroupJoined: told,
  onGroupLeft: told,
});

const server = express()
  .use(handler.getMiddleware())
  .listen(0, '127.0.0.1', () => print({ port: server.address().port, path: handler.path }));

process.stdin.on('end', () => process.exit()).resume();
