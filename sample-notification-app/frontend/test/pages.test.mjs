import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';

const { BASE_URL, CHROMIUM, SCREENSHOTS } = process.env;
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const DESKTOP = { viewport: { width: 1100, height: 760 }, colorScheme: 'light', reducedMotion: 'reduce' };
const PHONE = { ...DESKTOP, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** Somebody with a browser, who may open several tabs in it. */
class Person {
  static problems = [];

  constructor(name, context) {
    this.name = name;
    this.context = context;
  }

  static async logsIn(browser, name, device = DESKTOP) {
    const person = new Person(name, await browser.newContext(device));
    person.tab = await person.logsInFor('');
    await person.tab.getByText('Connected', { exact: true }).waitFor();
    return person;
  }

  async logsInFor(path) {
    const page = await this.opens(path);
    await page.getByLabel('User name').fill(this.name);
    await page.getByLabel('Password').fill(this.name);
    await page.getByRole('button', { name: 'Log in' }).click();
    return page;
  }

  async opens(path) {
    const page = await this.context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => Person.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) Person.problems.push(message.text());
    });
    await page.goto(`${BASE_URL}/${path}`);
    return page;
  }

  async opensConnected(path) {
    const page = await this.opens(path);
    await page.getByText('Connected', { exact: true }).waitFor();
    return page;
  }
}

const unread = (page, text) => page.getByTestId('unread').filter({ hasText: text }).waitFor();
const item = (page, text) => page.getByRole('listitem').filter({ hasText: text });
const screenshot = (page, name) => page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });

async function send(page, audience, text) {
  await page.getByLabel('To').selectOption(audience);
  await page.getByLabel('Text').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('status').filter({ hasText: 'Sent to' }).waitFor();
}

describe('the pages', () => {
  let browser;
  let alice;
  let phone;
  let bob;
  let admin;

  before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });

  after(() => browser?.close());

  it('ask who one is', async () => {
    const page = await new Person('nobody', await browser.newContext(DESKTOP)).opens('');
    await page.getByRole('button', { name: 'alice' }).click();
    await screenshot(page, 'login');
    await page.getByLabel('Password').fill('wrong');
    await page.getByLabel('Password').press('Enter');
    await page.getByRole('alert').filter({ hasText: 'User name or password is wrong.' }).waitFor();
    assert.match(page.url(), /login[.]html$/);
    alice = await Person.logsIn(browser, 'alice');
    phone = await Person.logsIn(browser, 'alice', { ...PHONE, colorScheme: 'dark' });
    bob = await Person.logsIn(browser, 'bob');
    admin = await Person.logsIn(browser, 'admin');
  });

  it('go on where somebody wanted to go, if that is allowed', async () => {
    const page = await new Person('admin', await browser.newContext(DESKTOP)).logsInFor('admin.html');
    await page.getByRole('heading', { name: 'Send a notification' }).waitFor();
    assert.equal(page.url(), `${BASE_URL}/admin.html`);
    const refused = await bob.opens('admin.html');
    await refused.getByRole('heading', { name: 'Not allowed' }).waitFor();
    await refused.getByRole('link').click();
    await refused.getByText('Connected', { exact: true }).waitFor();
    await refused.close();
  });

  it('show a notification on all devices of a person, whatever the protocol', async () => {
    alice.signalR = await alice.opensConnected('signalr.html');
    phone.signalR = await phone.opensConnected('signalr.html');
    admin.page = await admin.opens('admin.html');
    await send(admin.page, 'person:alice', 'Your build is ready');
    for (const page of [alice.tab, alice.signalR, phone.tab, phone.signalR]) {
      await item(page, 'Your build is ready').waitFor();
      await page.getByTestId('news').filter({ hasText: 'New, from admin: Your build is ready' }).waitFor({ state: 'attached' });
      await unread(page, '1 unread');
    }
    assert.equal(await item(bob.tab, 'Your build is ready').count(), 0);
  });

  it('show what is for teams and for everybody', async () => {
    await send(admin.page, 'team:sales', 'The offer was accepted, <b>at last</b>');
    await send(admin.page, 'team:engineering', 'Production runs version 42. It takes part of the load since noon, and all of it from two on.');
    await send(admin.page, 'everybody', 'There is cake in the kitchen');
    for (const page of [alice.tab, alice.signalR, phone.tab, phone.signalR]) await unread(page, '3 unread');
    await item(bob.tab, 'The offer was accepted, <b>at last</b>').waitFor();
    await unread(bob.tab, '3 unread');
    assert.equal(await item(alice.tab, 'The offer').count(), 0);
    assert.match(await alice.tab.title(), /^\(3\)/);
  });

  it('agree on what has been read', async () => {
    const button = item(alice.tab, 'Your build is ready').getByRole('button', { name: 'Mark as read' });
    await button.focus();
    await alice.tab.keyboard.press('Enter');
    for (const page of [alice.tab, alice.signalR, phone.tab, phone.signalR]) await unread(page, '2 unread');
    await screenshot(alice.tab, 'web-pubsub');
    await screenshot(phone.tab, 'phone');
    await item(phone.signalR, 'Production').getByRole('button', { name: 'Mark as read' }).click();
    for (const page of [alice.tab, alice.signalR, phone.tab]) await unread(page, '1 unread');
    await screenshot(alice.signalR, 'signalr');
    await unread(bob.tab, '3 unread');
  });

  it('remind of what has not been read', async () => {
    await bob.tab.getByTestId('digest').filter({ hasText: '3 notifications are waiting' }).waitFor();
    await screenshot(bob.tab, 'digest');
    await bob.tab.getByRole('button', { name: 'Mark all as read' }).click();
    await unread(bob.tab, 'All read');
    await bob.tab.getByTestId('digest').filter({ hasText: 'waiting' }).waitFor({ state: 'detached' });
  });

  it('show what came while somebody was away', async () => {
    await bob.tab.close();
    await send(admin.page, 'person:bob', 'Call me back');
    bob.tab = await bob.opensConnected('');
    await item(bob.tab, 'Call me back').waitFor();
    await unread(bob.tab, '1 unread');
  });

  it('show the administrator who has read what', async () => {
    await admin.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await admin.page.getByRole('row').filter({ hasText: 'Production' }).getByText('2 of 2').waitFor();
    await screenshot(admin.page, 'admin');
    await admin.page.setViewportSize(PHONE.viewport);
    await screenshot(admin.page, 'admin-phone');
  });

  it('ask who one is, where the session has ended and nobody could be asked', async () => {
    // as if the server was away when the page looks
    await bob.tab.route('**/api/user', (route) => route.abort());
    const other = await bob.opensConnected('signalr.html');
    await other.getByRole('button', { name: 'Log out' }).click();
    await bob.tab.getByRole('button', { name: 'Log in' }).waitFor();
  });

  it('log out together', async () => {
    await alice.tab.getByRole('button', { name: 'Log out' }).click();
    for (const page of [alice.tab, alice.signalR]) await page.getByRole('button', { name: 'Log in' }).waitFor();
    await unread(phone.tab, '1 unread');
  });

  it('report no errors', () => assert.deepEqual(Person.problems, []));
});
