import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { assertAlive, assertFails, it, leave, open, recorder, TRANSPORTS } from '../lib/clients.mjs';

for (const transport of TRANSPORTS) {
  describe(`client results over ${transport}`, () => {
    it('are given by the caller itself', async (t) => {
      const connection = await open(t, transport, { on: { square: (number) => number * number, confirm: async (question) => question === 'Really?' } });
      assert.equal(await connection.invoke('askCaller', 7), 49);
      assert.equal(await connection.invoke('askCallerAndWait', 8), 64);
      assert.equal(await connection.invoke('askTyped', 'Really?'), true);
      assert.equal(await connection.invoke('askTyped', 'Why?'), false);
      const squares = await Promise.all([1, 2, 3, 4, 5].map((number) => connection.invoke('askCallerAndWait', number)));
      assert.deepEqual(squares, [1, 4, 9, 16, 25]);
    });

    it('are given by other clients', async (t) => {
      const other = await open(t, transport, { on: { split: (text) => text.split(' ') } });
      const connection = await open(t, transport);
      assert.deepEqual(await connection.invoke('askOther', other.connectionId, 'one two'), ['one', 'two']);
    });

    it('may be errors', async (t) => {
      const square = () => {
        throw new Error('not now');
      };
      const connection = await open(t, transport, { on: { square } });
      await assertFails(connection.invoke('askCaller', 7), "An unexpected error occurred invoking 'askCaller' on the server. HubException: Error: not now");
      await assertAlive(connection);
    });

    it('are missing if the client does not know the method', async (t) => {
      const connection = await open(t, transport);
      await assertFails(connection.invoke('askCaller', 7), "An unexpected error occurred invoking 'askCaller' on the server. HubException: Client didn't provide a result.");
      await assertAlive(connection);
    });

    it('fail if their type does not fit', async (t) => {
      const connection = await open(t, transport, { on: { square: () => 'many' } });
      await assert.rejects(connection.invoke('askCaller', 7), /^Error: An unexpected error occurred invoking 'askCaller' on the server\./);
      await assertAlive(connection);
    });

    it('fail if nobody is there', async (t) => {
      const connection = await open(t, transport);
      await assertFails(connection.invoke('askOther', 'nobody', 'one two'), "An unexpected error occurred invoking 'askOther' on the server.");
    });

    it('fail if the client goes away before it answers', async (t) => {
      const asked = recorder();
      const split = (text) => {
        asked(text);
        return new Promise(() => {});
      };
      const other = await open(t, transport, { on: { split } });
      const connection = await open(t, transport);
      const answer = connection.invoke('askOther', other.connectionId, 'one two');
      answer.catch(() => {});
      await asked.first(1);
      await leave(other);
      await assertFails(answer, "An unexpected error occurred invoking 'askOther' on the server.");
    });
  });
}
