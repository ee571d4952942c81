import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { it, leave, open, recorder, TRANSPORTS, uniqueName } from '../lib/clients.mjs';

/**
 * Two connections of Ann and one each of Bob and Eve. `tell` has Ann's first connection send, and answers who got it: every connection is told
 * something afterwards, and what one thread sends arrives in order.
 */
async function party(t, transport) {
  const method = uniqueName('told');
  const group = uniqueName('group');
  const users = { ann: uniqueName('ann'), bob: uniqueName('bob'), eve: uniqueName('eve') };
  const members = {};
  for (const [name, user] of Object.entries({ ann: users.ann, phone: users.ann, bob: users.bob, eve: users.eve })) {
    const told = recorder();
    members[name] = { told, connection: await open(t, transport, { query: { user }, on: { [method]: told } }) };
  }
  const { ann } = members;
  const ids = Object.fromEntries(Object.entries(members).map(([name, { connection }]) => [name, connection.connectionId]));
  let tellings = 0;
  const tell = async (whom, ...names) => {
    const text = `telling ${++tellings}`;
    await ann.connection.invoke('tell', whom, names, method, text);
    // not to connections: what goes to those overtakes what goes to groups, users and all
    await ann.connection.invoke('tell', 'all', [], method, `after ${text}`);
    const reached = [];
    for (const [name, { told }] of Object.entries(members)) {
      for (let count = 1; !told.values.includes(`after ${text}`); count++) await told.first(count);
      reached.push(...told.values.filter((value) => value === text).map(() => name));
    }
    return reached;
  };
  return { tell, members, ids, users, group };
}

for (const transport of TRANSPORTS) {
  describe(`addresses over ${transport}`, () => {
    it('are connections', async (t) => {
      const { tell, ids } = await party(t, transport);
      assert.deepEqual(await tell('all'), ['ann', 'phone', 'bob', 'eve']);
      assert.deepEqual(await tell('allExcept', ids.phone, ids.eve), ['ann', 'bob']);
      assert.deepEqual(await tell('caller'), ['ann']);
      assert.deepEqual(await tell('others'), ['phone', 'bob', 'eve']);
      assert.deepEqual(await tell('client', ids.bob), ['bob']);
      assert.deepEqual(await tell('client', 'nobody'), []);
      assert.deepEqual(await tell('clients', ids.bob, ids.eve, 'nobody'), ['bob', 'eve']);
    });

    it('are groups', async (t) => {
      const { tell, group, members, users } = await party(t, transport);
      const other = `${group}-other`;
      await members.ann.connection.invoke('join', group);
      await members.bob.connection.invoke('join', group);
      assert.deepEqual(await tell('group', group), ['ann', 'bob']);
      assert.deepEqual(await tell('group', group.toUpperCase()), []);
      assert.deepEqual(await tell('groupExcept', group), ['bob']);
      assert.deepEqual(await tell('othersInGroup', group), ['bob']);
      await members.eve.connection.invoke('join', other);
      assert.deepEqual(await tell('groups', group, other), ['ann', 'bob', 'eve']);
      await members.bob.connection.invoke('leave', group);
      assert.deepEqual(await tell('group', group), ['ann']);
      await members.eve.connection.invoke('addUser', users.ann, group);
      assert.deepEqual(await tell('group', group), ['ann', 'phone']);
      await leave(members.phone.connection);
      delete members.phone;
      assert.deepEqual(await tell('group', group), ['ann']);
    });

    it('are users', async (t) => {
      const { tell, users } = await party(t, transport);
      assert.deepEqual(await tell('user', users.ann), ['ann', 'phone']);
      assert.deepEqual(await tell('user', users.bob), ['bob']);
      assert.deepEqual(await tell('user', 'nobody'), []);
      assert.deepEqual(await tell('userExcept', users.ann), ['phone']);
      assert.deepEqual(await tell('users', users.bob, users.eve), ['bob', 'eve']);
    });
  });
}
