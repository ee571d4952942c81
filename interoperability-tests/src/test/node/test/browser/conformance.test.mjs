import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { lacks } from '../../lib/scenarios.mjs';
import { ARGUMENTS } from '../../lib/chromium.mjs';

const { BASE_URL, CHROMIUM, SCENARIOS } = process.env;
const require = createRequire(import.meta.url);
const { version } = require('@microsoft/signalr/package.json');
const scenarios = JSON.parse(readFileSync(SCENARIOS, 'utf8'));

const SIGNALR = readFileSync(require.resolve('@microsoft/signalr/dist/browser/signalr.js'), 'utf8');
const PLAY = `${readFileSync(new URL('../../lib/scenarios.mjs', import.meta.url), 'utf8')}\nwindow.play = play;`;

for (const transport of ['WebSockets', 'ServerSentEvents', 'LongPolling']) {
  describe(`JavaScript ${version} in Chromium, ${transport}, json`, () => {
    let browser;
    let page;

    before(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
      page = await browser.newPage();
      // a page of the server's own origin, whatever is on it
      await page.goto(`${BASE_URL}/no-such-page`);
      await page.addScriptTag({ content: SIGNALR });
      await page.addScriptTag({ content: PLAY, type: 'module' });
      await page.waitForFunction(() => window.play);
    });

    after(() => browser?.close());

    const lacking = lacks({ major: Number(version.split('.')[0]), browser: true });
    for (const [i, scenario] of scenarios.entries()) {
      it(scenario.name, { timeout: 20_000 }, async (t) => {
        const need = scenario.needs?.find((feature) => feature in lacking);
        if (need) return t.skip(lacking[need]);
        await page.evaluate(
          async ({ scenario, transport, unique }) => {
            await window.play(scenario, { signalR: window.signalR, transport, protocol: 'json', baseUrl: location.origin }, unique);
          },
          { scenario, transport, unique: `${transport}-${i}` },
        );
      });
    }
  });
}
