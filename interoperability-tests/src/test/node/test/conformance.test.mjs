import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe } from 'node:test';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { BASE_URL, it, uniqueName } from '../lib/clients.mjs';
import { lacks, play } from '../lib/scenarios.mjs';

// version 5 takes whatever has a fetch for a browser
globalThis.self ??= globalThis;

const require = createRequire(import.meta.url);
const scenarios = JSON.parse(readFileSync(process.env.SCENARIOS, 'utf8'));
const ALL = ['WebSockets', 'ServerSentEvents', 'LongPolling'];

/** The newest client speaks both protocols over all transports; of the others one version each has to do. */
const CLIENTS = [
  { module: '@microsoft/signalr', transports: ALL },
  { module: '@microsoft/signalr', protocol: 'messagepack', transports: ['WebSockets', 'LongPolling'] },
  ...[9, 8, 7, 6, 5, 3, 1].map((major) => ({ module: `signalr-${major}`, transports: major === 1 ? ALL : ['WebSockets', 'LongPolling'] })),
];

for (const { module, protocol = 'json', transports } of CLIENTS) {
  const signalR = require(module);
  const { version } = require(`${module}/package.json`);
  const major = Number(version.split('.')[0]);
  for (const transport of transports) {
    const lacking = lacks({ major, transport, protocol });
    const client = { signalR, transport, protocol, baseUrl: BASE_URL, createMessagePack: () => new MessagePackHubProtocol() };
    describe(`JavaScript ${version}, ${transport}, ${protocol}`, { concurrency: 4 }, () => {
      for (const scenario of scenarios) {
        it(scenario.name, async (t) => {
          const need = scenario.needs?.find((feature) => feature in lacking);
          if (need) t.skip(lacking[need]);
          else await play(scenario, client, uniqueName(''));
        });
      }
    });
  }
}
