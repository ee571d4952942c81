import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { BASE_URL, finallyDo } from './clients.mjs';

const { hostname, port } = new URL(BASE_URL);

async function listen(test, server) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const drop = () => {
    const dropped = [...sockets].filter((socket) => !socket.destroyed);
    dropped.forEach((socket) => socket.destroy());
    return dropped.length;
  };
  finallyDo(test, () => {
    server.close();
    drop();
  });
  return { url: `http://127.0.0.1:${server.address().port}/hubs/interop`, drop };
}

/**
 * Passes bytes on, until `drop()` cuts all connections there are. `dropSettled()` spares those over which the client has not
 * sent anything for a moment after the upgrade: a client that is cut while it reconnects gives up. While `refuse(true)` holds, new
 * connections are cut at once.
 */
export async function cuttableProxy(test) {
  const settled = new Set();
  let connections = 0;
  let refusing = false;
  const server = net.createServer((client) => {
    if (refusing) {
      client.destroy();
      return;
    }
    connections++;
    const upstream = net.connect(Number(port), hostname);
    upstream.once('data', () => client.once('data', () => setTimeout(() => settled.add(client), 50)));
    client.on('close', () => setTimeout(() => settled.delete(client), 50));
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
  });
  const proxy = await listen(test, server);
  const dropSettled = () => {
    const dropped = [...settled].filter((client) => !client.destroyed);
    dropped.forEach((client) => client.destroy());
    return dropped.length;
  };
  const refuse = (value) => (refusing = value);
  return { ...proxy, dropSettled, refuse, connections: () => connections };
}

/** Does something while `cut()` cuts connections at random moments, and returns how many it has cut. */
export async function whileCutting(cut, act) {
  let cuts = 0;
  let over = false;
  const cutting = (async () => {
    while (!over) {
      await sleep(10 + Math.random() * 150);
      cuts += cut();
    }
  })();
  try {
    await act();
  } finally {
    over = true;
    await cutting;
  }
  return cuts;
}

/**
 * An HTTP proxy of the kind that stands in the way: it does not know upgrades, so it passes them on as ordinary requests, and
 * where `eventStreams` is false it refuses event streams.
 */
export async function oldProxy(test, { eventStreams }) {
  const requests = [];
  const forward = (request, response) => {
    const headers = { ...request.headers };
    for (const name of ['connection', 'upgrade', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions']) delete headers[name];
    const upstream = http.request({ host: hostname, port, method: request.method, path: request.url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  };
  const server = http.createServer((request, response) => {
    const eventStream = request.headers.accept === 'text/event-stream';
    requests.push(eventStream ? 'event stream' : request.method);
    if (eventStream && !eventStreams) {
      // The event source of Node.js would try again and again after a 502.
      response.writeHead(501).end();
    } else {
      forward(request, response);
    }
  });
  server.on('upgrade', (request, socket) => {
    requests.push('upgrade');
    const response = new http.ServerResponse(request);
    response.assignSocket(socket);
    response.shouldKeepAlive = false;
    response.on('finish', () => socket.end());
    forward(request, response);
  });
  return { ...(await listen(test, server)), requests };
}
