import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { Subject } from '@microsoft/signalr';
import { assertAlive, assertFails, follow, it, leave, open, TRANSPORTS, uniqueName } from '../lib/clients.mjs';

function upload(subject, items) {
  for (const item of items) subject.next(item);
  subject.complete();
}

for (const transport of TRANSPORTS) {
  describe(`streams over ${transport}`, () => {
    it('come from whatever the method has', async (t) => {
      const connection = await open(t, transport);
      assert.deepEqual(await follow(connection.stream('countTo', 5)).done, [1, 2, 3, 4, 5]);
      assert.deepEqual(await follow(connection.stream('words', 'one two three')).done, ['one', 'two', 'three']);
      assert.deepEqual(await follow(connection.stream('squares', 2)).done, [{ of: 1, is: 1 }, { of: 2, is: 4 }]);
      assert.deepEqual(await follow(connection.stream('published', 3)).done, [1, 2, 3]);
      assert.deepEqual(await follow(connection.stream('countTo', 0)).done, []);
    });

    it('may be long, and several at once', async (t) => {
      const connection = await open(t, transport);
      const streams = await Promise.all(['countTo', 'published', 'countTo'].map((name) => follow(connection.stream(name, 2000)).done));
      const expected = Array.from({ length: 2000 }, (_, i) => i + 1);
      for (const stream of streams) assert.deepEqual(stream, expected);
    });

    it('may fail half-way', async (t) => {
      const connection = await open(t, transport);
      const failing = follow(connection.stream('countThenFail', 3));
      await assertFails(failing.done, 'An error occurred on the server while streaming results. HubException: that was enough');
      assert.deepEqual(failing.items.values, [1, 2, 3]);
      const masked = follow(connection.stream('countThenFailMasked', 3));
      await assertFails(masked.done, 'An error occurred on the server while streaming results.');
      assert.deepEqual(masked.items.values, [1, 2, 3]);
      await assertAlive(connection);
    });

    it('may fail at once', async (t) => {
      const connection = await open(t, transport);
      await assertFails(follow(connection.stream('neverStarts')).done, "An unexpected error occurred invoking 'neverStarts' on the server. HubException: not today");
      await assertFails(follow(connection.stream('noSuch')).done, "Failed to invoke 'noSuch' due to an error on the server. HubException: Method does not exist.");
      await assertFails(follow(connection.stream('countTo', 'many')).done, "Failed to invoke 'countTo' due to an error on the server.");
      await assertAlive(connection);
    });

    it('are not mistaken for calls', async (t) => {
      const connection = await open(t, transport);
      await assertFails(connection.invoke('countTo', 1), "The client attempted to invoke the streaming 'countTo' method with a non-streaming invocation.");
      await assertFails(follow(connection.stream('echo', 'x')).done, "The client attempted to invoke the non-streaming 'echo' method with a streaming invocation.");
      await assertAlive(connection);
    });

    it('can be cancelled', async (t) => {
      const connection = await open(t, transport);
      const name = uniqueName('stream');
      const endless = follow(connection.stream('endless', name));
      assert.deepEqual(await endless.items.first(1), ['first']);
      endless.cancel();
      assert.equal(await connection.invoke('wasCancelled', name), true);
    });

    it('are cancelled when the connection ends', async (t) => {
      const connection = await open(t, transport);
      const witness = await open(t, transport);
      const name = uniqueName('stream');
      const endless = follow(connection.stream('endless', name));
      endless.done.catch(() => {});
      await endless.items.first(1);
      await leave(connection);
      assert.equal(await witness.invoke('wasCancelled', name), true);
    });
  });

  describe(`uploads over ${transport}`, () => {
    it('reach the method item by item', async (t) => {
      const connection = await open(t, transport);
      const numbers = new Subject();
      const sum = connection.invoke('sum', numbers);
      upload(numbers, [1, 2, 3, 4]);
      assert.equal(await sum, 10);
    });

    it('may be longer than the buffer of the server', async (t) => {
      const connection = await open(t, transport);
      const numbers = new Subject();
      const sum = connection.invoke('sum', numbers);
      upload(numbers, Array.from({ length: 200 }, (_, i) => i));
      assert.equal(await sum, 19_900);
    });

    it('stand beside arguments', async (t) => {
      const connection = await open(t, transport);
      const parts = new Subject();
      const text = connection.invoke('concat', ', ', parts);
      upload(parts, ['a', 'b', 'c']);
      assert.equal(await text, 'a, b, c');
      const more = new Subject();
      const list = connection.invoke('collect', more);
      upload(more, ['d', 'e']);
      assert.deepEqual(await list, ['d', 'e']);
    });

    it('may be several', async (t) => {
      const connection = await open(t, transport);
      const [left, right] = [new Subject(), new Subject()];
      // This client overlooks a stream right behind another one.
      const zipped = connection.invoke('zip', left, '-', right);
      upload(left, ['a', 'b']);
      upload(right, [1, 2]);
      assert.deepEqual(await zipped, ['a-1', 'b-2']);
    });

    it('may be sent without waiting for a result', async (t) => {
      const connection = await open(t, transport);
      const witness = await open(t, transport);
      const name = uniqueName('kept');
      const parts = new Subject();
      await connection.send('keep', name, parts);
      upload(parts, ['a', 'b']);
      assert.deepEqual(await witness.invoke('kept', name), ['a', 'b']);
    });

    it('tell the method why they fail', async (t) => {
      const connection = await open(t, transport);
      const parts = new Subject();
      const list = connection.invoke('collect', parts);
      parts.next('a');
      parts.error('out of paper');
      await assertFails(list, "An unexpected error occurred invoking 'collect' on the server. HubException: out of paper");
      await assertAlive(connection);
    });

    it('fail the method if an item does not fit', async (t) => {
      const connection = await open(t, transport);
      const numbers = new Subject();
      const sum = connection.invoke('sum', numbers);
      numbers.next('many');
      await assertFails(sum, "An unexpected error occurred invoking 'sum' on the server. HubException: Failed to bind Stream message.");
      await assertAlive(connection);
    });

    it('must be as many as the method declares', async (t) => {
      const connection = await open(t, transport);
      await assertFails(connection.invoke('concat', new Subject(), ', ', new Subject()), "An unexpected error occurred invoking 'concat' on the server. HubException: Client sent 2 stream(s), Hub method expects 1.");
      await assertAlive(connection);
    });

    it('can be answered by a stream', async (t) => {
      const connection = await open(t, transport);
      const words = new Subject();
      const answers = follow(connection.stream('upperCase', words));
      words.next('one');
      assert.deepEqual(await answers.items.first(1), ['ONE']);
      words.next('two');
      assert.deepEqual(await answers.items.first(2), ['ONE', 'TWO']);
      words.complete();
      assert.deepEqual(await answers.done, ['ONE', 'TWO']);
    });
  });
}
