// Plays a scenario of conformance/scenarios.json with a JavaScript client of any version, in Node.js and in browsers: it knows
// nothing but what it is given.

/** What clients of a major version do not do, and why. */
export function lacks({ major, transport, protocol, browser }) {
  const lacking = {};
  if (major < 3) lacking.uploads = 'no uploads before version 3';
  if (major < 7) lacking.results = 'no client results before version 7';
  if (major < 3 && transport === 'ServerSentEvents') lacking.end = 'takes the end of the event stream for an error before version 3';
  if (browser) lacking.headers = 'browsers set no headers';
  else if (major < 5) lacking.headers = 'no option for headers before version 5';
  return lacking;
}

const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

class Scenario {
  recorded = {};
  connections = {};
  ids = {};
  ends = {};

  constructor(scenario, client, unique) {
    this.scenario = scenario;
    this.client = client;
    this.unique = unique;
  }

  /** What is to be sent for a value of the file. */
  value(value) {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((element) => this.value(element));
    if (value === null || typeof value !== 'object') return value;
    const binary = this.client.protocol === 'messagepack';
    if ('$repeat' in value) return value.$repeat.repeat(value.times);
    if ('$bytes' in value) return binary ? fromBase64(value.$bytes) : value.$bytes;
    if ('$instant' in value) return binary ? new Date(value.$instant) : value.$instant;
    return Object.fromEntries(Object.entries(value).map(([name, element]) => [name, this.value(element)]));
  }

  text(text) {
    const [, kind, name] = /^\$(id|unique):(.*)$/.exec(text) ?? [];
    return kind === 'id' ? this.ids[name] : kind === 'unique' ? `${name}-${this.unique}` : text;
  }

  /** Puts received values into the form of the file. */
  describe(value, expected) {
    if (expected === '$any') return expected;
    if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
    if (expected?.$bytes !== undefined && typeof value === 'string') return { $bytes: value };
    if (expected?.$instant !== undefined) return { $instant: new Date(value).toISOString() };
    if (Array.isArray(value)) return value.map((element, i) => this.describe(element, expected?.[i]));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, this.describe(value[name], expected?.[name])]));
  }

  expected(value) {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((element) => this.expected(element));
    if (value === null || typeof value !== 'object') return value;
    if ('$repeat' in value) return this.value(value);
    if ('$instant' in value) return { $instant: new Date(value.$instant).toISOString() };
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, this.expected(value[name])]));
  }

  check(what, actual, expected) {
    const found = JSON.stringify(this.describe(actual, expected));
    const wanted = JSON.stringify(this.expected(expected));
    if (found !== wanted) throw new Error(`${what}: expected ${wanted?.slice(0, 500)} but got ${found?.slice(0, 500)}`);
  }

  connect(name, { user, query = {}, headers, answers = {}, fails = {} }) {
    const { signalR, baseUrl, transport, protocol } = this.client;
    const address = new URL(`${baseUrl}/hubs/${this.scenario.hub ?? 'interop'}`);
    if (user) address.searchParams.set('user', this.text(user));
    for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value);
    const options = { transport: signalR.HttpTransportType[transport], ...(headers && { headers }) };
    const builder = new signalR.HubConnectionBuilder().withUrl(address.href, options).configureLogging(signalR.LogLevel.None);
    if (protocol === 'messagepack') builder.withHubProtocol(this.client.createMessagePack());
    const connection = builder.build();
    for (const [method, answer] of Object.entries(answers)) connection.on(method, () => this.value(answer));
    for (const [method, error] of Object.entries(fails)) {
      connection.on(method, () => {
        throw new Error(error);
      });
    }
    for (const step of this.scenario.steps) if (step.receives && (step.client ?? 'me') === name) this.record(name, this.text(step.receives), connection);
    this.ends[name] = new Promise((resolve) => connection.onclose((error) => resolve(error?.message ?? null)));
    this.connections[name] = connection;
    return connection;
  }

  record(name, method, connection) {
    const calls = (this.recorded[`${name} ${method}`] = []);
    connection.on(method, (...args) => calls.push(args));
  }

  arguments(args = []) {
    const uploads = [];
    const values = args.map((value) => {
      if (!value?.$upload) return this.value(value);
      const subject = new this.client.signalR.Subject();
      uploads.push(() => {
        for (const item of value.$upload) subject.next(this.value(item));
        if (value.error) subject.error(value.error);
        else subject.complete();
      });
      return subject;
    });
    return { values, upload: () => uploads.forEach((upload) => upload()) };
  }

  async step(step) {
    const name = step.client ?? 'me';
    const connection = this.connections[name];
    const { values, upload } = this.arguments(step.args);
    if (step.invoke) {
      const answer = connection.invoke(step.invoke, ...values).then(
        (result) => ({ result }),
        (error) => ({ error: error.message }),
      );
      upload();
      const { result, error } = await answer;
      this.check(`error of ${step.invoke}`, error ?? null, this.errorOf(step));
      if ('result' in step) this.check(`result of ${step.invoke}`, result, step.result);
    } else if (step.send) {
      const sent = connection.send(step.send, ...values);
      upload();
      // a connection that the server ends may end before
      await sent.catch(() => {});
    } else if (step.stream) {
      await this.follow(step, connection, values, upload);
    } else if (step.receives) {
      const calls = this.recorded[`${name} ${this.text(step.receives)}`];
      while (calls.length < step.calls.length) await new Promise((resolve) => setTimeout(resolve, 5));
      this.check(`calls of ${step.receives} at ${name}`, calls, step.calls);
    } else if ('closes' in step) {
      this.check('error of the end', await this.ends[name], step.closes?.js ?? step.closes);
    } else if (step.stop) {
      await this.leave(connection);
    } else {
      throw new Error(`Unknown step ${JSON.stringify(step)}`);
    }
  }

  /** Stops in order: the client does not wait for what it is still sending. */
  async leave(connection) {
    await connection.send('nothing').catch(() => {});
    await connection.stop();
  }

  errorOf({ error = null }) {
    return error?.js ?? error;
  }

  async follow(step, connection, values, upload) {
    const items = [];
    const end = new Promise((resolve) => {
      const subscription = connection.stream(step.stream, ...values).subscribe({
        next: (item) => {
          items.push(item);
          if (step.cancel && items.length === step.items.length) {
            subscription.dispose();
            resolve(null);
          }
        },
        complete: () => resolve(null),
        error: (error) => resolve(error.message),
      });
    });
    upload();
    this.check(`error of ${step.stream}`, await end, this.errorOf(step));
    this.check(`items of ${step.stream}`, items, step.items);
  }

  async play() {
    const clients = this.scenario.clients ?? { me: {} };
    const text = JSON.stringify(this.scenario);
    try {
      for (const [name, options] of Object.entries(clients)) {
        const connection = this.connect(name, options);
        await connection.start();
        if (text.includes(`"$id:${name}"`)) this.ids[name] = (await connection.invoke('self')).connectionId;
      }
      for (const step of this.scenario.steps) await this.step(step);
    } finally {
      await Promise.all(Object.values(this.connections).map((connection) => this.leave(connection).catch(() => {})));
    }
  }
}

/**
 * Plays a scenario. `client` is what to play it with: `signalR` (the module), `transport`, `protocol`, `baseUrl`, and
 * `createMessagePack` if that is the protocol; `unique` tells this run from others.
 */
export async function play(scenario, client, unique) {
  await new Scenario(scenario, client, unique).play();
}
