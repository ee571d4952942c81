import assert from 'node:assert/strict';
import { it as nodeIt } from 'node:test';
import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel, MessageType } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

export const BASE_URL = process.env.BASE_URL;
export const HUB_URL = `${BASE_URL}/hubs/interop`;

/** What clients speak unless a test asks for another protocol. */
export const PROTOCOL = process.env.PROTOCOL ?? 'json';

/** Those that carry the protocol: server-sent events are text. */
export const TRANSPORTS = PROTOCOL === 'messagepack' ? ['WebSockets', 'LongPolling'] : ['WebSockets', 'ServerSentEvents', 'LongPolling'];

/** How the server names them. */
export const SERVER_NAMES = { WebSockets: 'WEB_SOCKETS', ServerSentEvents: 'SERVER_SENT_EVENTS', LongPolling: 'LONG_POLLING' };

/** A test that does not wait for ever. */
export function it(name, test) {
  nodeIt(name, { timeout: 20_000 }, test);
}

const cleanUps = new WeakMap();

/** Has something done when the test is over: what was set up last is taken down first. */
export function finallyDo(test, act) {
  if (!cleanUps.has(test)) {
    cleanUps.set(test, []);
    test.after(async () => {
      for (const cleanUp of cleanUps.get(test).reverse()) await cleanUp();
    });
  }
  cleanUps.get(test).push(act);
}

let unique = 0;

/** A name that no other test uses, in this process or another. */
export function uniqueName(prefix) {
  return `${prefix}-${process.pid}-${++unique}`;
}

/** A protocol that has the headers go along with each call that there are when it is made. */
export function withHeaders(protocol, headers) {
  const calls = [MessageType.Invocation, MessageType.StreamInvocation];
  return {
    name: protocol.name,
    version: protocol.version,
    transferFormat: protocol.transferFormat,
    parseMessages: (input, logger) => protocol.parseMessages(input, logger),
    writeMessage: (message) => protocol.writeMessage(calls.includes(message.type) ? { ...message, headers: headers() } : message),
  };
}

/**
 * A connection that has not been started. `on` are the methods the server may call; `customize` gets the builder; all else are
 * options of the client.
 */
export function build(transport, { url = HUB_URL, query = {}, on = {}, protocol = PROTOCOL, customize = () => {}, ...options } = {}) {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  if (transport !== undefined) options.transport = HttpTransportType[transport];
  const builder = new HubConnectionBuilder().withUrl(address.href, options).configureLogging(process.env.DEBUG ? LogLevel.Debug : LogLevel.None);
  builder.withHubProtocol(protocol === 'messagepack' ? new MessagePackHubProtocol() : new JsonHubProtocol());
  customize(builder);
  const connection = builder.build();
  for (const [method, handler] of Object.entries(on)) connection.on(method, handler);
  return connection;
}

/** A started connection that ends with the test. */
export async function open(test, transport, options) {
  const connection = build(transport, options);
  finallyDo(test, () => connection.stop());
  await connection.start();
  return connection;
}

/**
 * Stops a connection in order. Over server-sent events the client does not say goodbye while it is still sending something else,
 * and the server learns only some time later that nobody listens.
 */
export async function leave(connection) {
  await connection.send('nothing');
  await connection.stop();
}

/** Collects what it is called with, and lets a test wait for it. */
export function recorder() {
  const values = [];
  let wake = () => {};
  const record = (...args) => {
    values.push(args.length === 1 ? args[0] : args);
    wake();
  };
  record.values = values;
  /** Resolves to the first so many values. */
  record.first = async (count) => {
    while (values.length < count) await new Promise((resolve) => (wake = resolve));
    return values.slice(0, count);
  };
  return record;
}

/** Follows a stream; `done` is rejected if the stream fails. */
export function follow(stream) {
  const items = recorder();
  let subscription;
  const done = new Promise((resolve, reject) => {
    subscription = stream.subscribe({ next: (item) => items(item), complete: () => resolve(items.values), error: reject });
  });
  return { items, done, cancel: () => subscription.dispose() };
}

/** Resolves to the error a connection closes with, `undefined` if there is none. */
export function closed(connection) {
  return new Promise((resolve) => connection.onclose(resolve));
}

export function reconnected(connection) {
  return new Promise((resolve) => connection.onreconnected(resolve));
}

export async function assertAlive(connection) {
  assert.equal(await connection.invoke('echo', 'alive'), 'alive');
}

export async function assertFails(promise, message) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.message, message);
    return true;
  });
}
