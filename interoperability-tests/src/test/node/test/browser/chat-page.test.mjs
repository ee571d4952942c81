import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { ARGUMENTS } from '../../lib/chromium.mjs';

const { BASE_URL, CHROMIUM, SCREENSHOTS } = process.env;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

/** One person in front of the page. */
class Person {
  problems = [];

  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      // The client deletes a long-polling connection that has ended already: not a problem, but Chromium reports the 404.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.problems.push(message.text());
    });
  }

  get(id) {
    return this.page.getByTestId(id);
  }

  async sees(id, text) {
    await this.get(id).filter({ hasText: text }).first().waitFor();
  }

  async sends(text) {
    await this.get('message-input').fill(text);
    await this.get('message-send').click();
  }

  async shows(pane) {
    const tab = this.get(`tab-${pane}`);
    if (await tab.isVisible()) await tab.click();
  }

  async connectedBy(transport) {
    await this.page.locator(`[data-testid="transport-badge"][data-transport="${transport}"]`).waitFor();
    await this.page.locator('[data-testid="connection-state"][data-state="connected"]').waitFor();
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }
}

describe('the page of the chat', () => {
  let browser;
  let ann;
  let bob;

  before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    ann = new Person(await browser.newPage(DESKTOP));
    bob = new Person(await browser.newPage(PHONE));
  });

  after(() => browser?.close());

  it('asks for a name', async () => {
    await ann.page.goto(BASE_URL);
    await ann.get('name-input').fill('Ann');
    await ann.screenshot('desktop-name');
    await ann.get('name-submit').click();
    await ann.connectedBy('WebSockets');
    await ann.sees('conversation-title', 'lobby');
    await ann.sees('me', 'Ann');
  });

  it('shows who is in the room', async () => {
    await bob.page.goto(`${BASE_URL}/?name=Bob&room=lobby`);
    await bob.connectedBy('WebSockets');
    await ann.sees('event', 'Bob joined');
    await ann.get('members').getByText('Bob').waitFor();
    await bob.shows('people');
    await bob.get('members').getByText('Ann').waitFor();
    await bob.shows('chat');
  });

  it('shows that somebody types', async () => {
    await bob.get('message-input').pressSequentially('Hel');
    await ann.sees('typing', 'Bob is typing…');
  });

  it('delivers messages to both', async () => {
    await bob.sends('Hello Ann, ça va?');
    await ann.sees('message-text', 'Hello Ann, ça va?');
    await ann.sends('Très bien: I <3 tea & cake');
    await bob.sees('message-text', 'Très bien: I <3 tea & cake');
    await ann.sees('message-text', 'Très bien: I <3 tea & cake');
    assert.deepEqual((await ann.get('message-user').allTextContents()).slice(-2), ['Bob', 'You']);
  });

  it('shows the history to those who come later', async () => {
    const eve = new Person(await browser.newPage(DESKTOP));
    await eve.page.goto(`${BASE_URL}/?name=Eve&room=lobby&transport=LongPolling`);
    await eve.connectedBy('LongPolling');
    await eve.sees('message-text', 'Hello Ann, ça va?');
    await eve.get('members').getByText('Ann').waitFor();
    await eve.get('change-name').click();
    await ann.sees('event', 'Eve left');
    await eve.page.close();
  });

  it('delivers private messages', async () => {
    await ann.get('members').getByText('Bob').click();
    await ann.sends('Only for you');
    await ann.sees('message-text', 'Only for you');
    await bob.sees('private', 'Ann: Only for you');
    await bob.screenshot('phone-private-message');
    await bob.page.getByRole('button', { name: 'Open' }).click();
    await bob.sees('message-text', 'Only for you');
    await bob.get('back-to-room').click();
    await ann.get('back-to-room').click();
  });

  it('streams answers word by word', async () => {
    await ann.get('ask-input').fill('Are you there?');
    await ann.get('ask-send').click();
    await ann.sees('ask-answer', 'You asked');
    await ann.get('ask-stop').click();
    await ann.page.locator('[data-testid="ask-answer"][data-state="stopped"]').waitFor();
    await ann.get('ask-input').fill('What is SignalR?');
    await ann.get('ask-send').click();
    await ann.page.locator('[data-testid="ask-answer"][data-state="streaming"]', { hasText: 'You asked' }).waitFor();
    await ann.page.locator('[data-testid="ask-answer"][data-state="done"]').waitFor();
    assert.match(await ann.get('ask-answer').textContent(), /^You asked: “What is SignalR\?”\. .* at any time\.$/);
  });

  it('looks as it should', async () => {
    await ann.screenshot('desktop-chat');
    await bob.screenshot('phone-chat');
    for (const pane of ['rooms', 'people', 'ask']) {
      await bob.shows(pane);
      await bob.screenshot(`phone-${pane}`);
    }
    await bob.shows('chat');
  });

  it('is asked by the server before a room is cleared', async () => {
    await ann.get('clear-room').click();
    await ann.sees('confirm-question', 'lobby');
    await ann.screenshot('desktop-confirm');
    await ann.get('confirm-no').click();
    await ann.sees('info', 'The history stays as it is.');
    await ann.get('clear-room').click();
    await ann.get('confirm-yes').click();
    await bob.get('message').first().waitFor({ state: 'detached' });
    await bob.sees('event', 'Ann');
  });

  it('shows notices from elsewhere in the application', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${BASE_URL}/api/notices`, { method: 'POST', headers, body: JSON.stringify({ text: 'Back in five minutes' }) });
    assert.equal(response.status, 202);
    await ann.sees('notice', 'Back in five minutes');
    await bob.sees('notice', 'Back in five minutes');
  });

  for (const transport of ['LongPolling', 'ServerSentEvents', 'WebSockets']) {
    it(`works by ${transport}`, async () => {
      await ann.get('transport-select').selectOption(transport);
      await ann.connectedBy(transport);
      await ann.sends(`Sent by ${transport}`);
      await bob.sees('message-text', `Sent by ${transport}`);
      await bob.sends(`Heard by ${transport}`);
      await ann.sees('message-text', `Heard by ${transport}`);
    });
  }

  it('tells why a name is refused', async () => {
    await bob.page.goto(`${BASE_URL}/`);
    await bob.page.evaluate(() => sessionStorage.clear());
    await bob.page.goto(`${BASE_URL}/?name=${encodeURIComponent('<Bob>')}`);
    await bob.sees('name-problem', 'letters, digits');
    await ann.sees('event', 'Bob left');
  });

  it('reports no errors', () => {
    assert.deepEqual([...ann.problems, ...bob.problems], []);
  });
});
