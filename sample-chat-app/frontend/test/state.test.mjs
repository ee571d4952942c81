import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runnerImport } from 'vite';

const load = async (path) => (await runnerImport(path)).module;
const { initialState, openEntries, reduce, typingUsers, unreadCount } = await load('./src/state.ts');
const { readableBody, readableError } = await load('./src/errors.ts');

const at = (second) => `2030-01-01T12:00:${String(second).padStart(2, '0')}Z`;
const after = (state, ...actions) => actions.reduce(reduce, state);
const said = (user, text, second, room = 'lobby') => ({ type: 'message', room, user, text, at: at(second) });
const inLobby = (history = []) =>
  after(initialState(), { type: 'named', user: 'Ann' }, { type: 'joining', room: 'lobby' }, { type: 'joined', history });
const texts = (state) => openEntries(state).map((entry) => entry.text);

test('a message that overtakes the answer of join appears once and in order', () => {
  const state = after(
    initialState(),
    { type: 'joining', room: 'lobby' },
    said('Bob', 'second', 2),
    said('Bob', 'third', 3),
    { type: 'joined', history: [{ user: 'Bob', text: 'first', at: at(1) }, { user: 'Bob', text: 'second', at: at(2) }] },
  );
  assert.deepEqual(texts(state), ['first', 'second', 'third']);
});

test('joining again after a lost connection fills the gap and repeats nothing', () => {
  const state = after(
    inLobby([{ user: 'Bob', text: 'before', at: at(1) }]),
    { type: 'joining', room: 'lobby' },
    { type: 'joined', history: [{ user: 'Bob', text: 'before', at: at(1) }, { user: 'Bob', text: 'meanwhile', at: at(5) }] },
  );
  assert.deepEqual(texts(state), ['before', 'meanwhile']);
});

test('messages of another room are not shown', () => {
  assert.deepEqual(texts(after(inLobby(), said('Bob', 'elsewhere', 1, 'coffee'))), []);
});

test('private messages count as unread until their conversation is opened', () => {
  let state = after(inLobby(), { type: 'privateMessage', from: 'Bob', to: 'Ann', text: 'psst', at: at(1) });
  assert.equal(unreadCount(state), 1);
  assert.deepEqual(texts(state), []);
  state = after(state, { type: 'view', view: { kind: 'private', user: 'Bob' } });
  assert.equal(unreadCount(state), 0);
  assert.deepEqual(texts(state), ['psst']);
  assert.equal(unreadCount(after(state, said('Bob', 'in the room', 2))), 1);
});

test('names that objects know, too, are ordinary names', () => {
  const state = after(
    inLobby(),
    { type: 'privateMessage', from: '__proto__', to: 'Ann', text: 'hello', at: at(1) },
    { type: 'view', view: { kind: 'private', user: '__proto__' } },
  );
  assert.deepEqual(texts(state), ['hello']);
});

test('typing ends with the message, with time, and never shows oneself', () => {
  const typing = (user) => ({ type: 'typing', room: 'lobby', user, until: 1_000 });
  const state = after(inLobby(), typing('Mira'), typing('Bob'), typing('Ann'));
  assert.deepEqual(typingUsers(state), ['Bob', 'Mira']);
  assert.deepEqual(typingUsers(after(state, said('Bob', 'done', 1))), ['Mira']);
  assert.deepEqual(typingUsers(after(state, { type: 'typingExpired', now: 1_000 })), []);
});

test('clearing a room leaves a trace of who did it', () => {
  const state = after(inLobby(), said('Bob', 'gone soon', 1), { type: 'cleared', room: 'lobby', by: 'Bob', at: at(2) });
  assert.deepEqual(texts(state), ['Bob cleared the history']);
});

test('errors are shown in the words meant for the user', () => {
  const hub = "An unexpected error occurred invoking 'sendMessage' on the server. HubException: Too long.";
  assert.equal(readableError(new Error(hub)), 'Too long.');
  assert.equal(readableError(new TypeError('Failed to fetch')), 'The server cannot be reached.');
  assert.equal(readableBody("Choose another name: Status code '400'", 400), 'Choose another name');
  assert.equal(readableBody(`{"status":400,"detail":"No such luck"}: Status code '400'`, 400), 'No such luck');
  assert.match(readableBody("<html></html>: Status code '403'", 403), /HTTP status 403/);
});
