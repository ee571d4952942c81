import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { WebPubSubServiceClient } from '@azure/web-pubsub';
import { BASE_URL, it, uniqueName } from '../lib/clients.mjs';
import { connectPubSub } from '../lib/web-pubsub.mjs';

/** The SDK for servers in Node.js, every operation, and what its clients see of it. */
describe('the server SDK', () => {
  const hub = uniqueName('sdk').replaceAll('-', '_');
  const service = new WebPubSubServiceClient(process.env.CONNECTION_STRING, hub, { allowInsecureConnection: true });
  const text = { contentType: 'text/plain' };
  let ann;
  let bob;

  before(async () => {
    ann = await connectPubSub((await service.getClientAccessToken({ userId: 'ann/1', groups: ['g/1'], roles: ['webpubsub.sendToGroup'] })).url);
    bob = await connectPubSub((await service.getClientAccessToken({ userId: 'bob %ü;', expirationTimeInMinutes: 1 })).url);
  });

  after(() => {
    ann.close();
    bob.close();
  });

  it('makes URLs the server accepts', async () => {
    const { url, baseUrl } = await service.getClientAccessToken();
    assert.equal(baseUrl, `${BASE_URL.replace('http', 'ws')}/client/hubs/${hub}`);
    const anonymous = await connectPubSub(url);
    assert.equal(anonymous.userId, undefined);
    anonymous.close();
  });

  it('sends to all', async () => {
    await service.sendToAll({ a: [1, '2'] });
    for (const client of [ann, bob]) assert.deepEqual(await client.next(), { from: 'server', dataType: 'json', data: { a: [1, '2'] } });
    await service.sendToAll('text', { ...text, excludedConnections: [ann.id] });
    assert.equal((await bob.next()).data, 'text');
    await service.sendToAll('text', { ...text, filter: "userId eq 'ann/1'", messageTtlSeconds: 60 });
    assert.equal((await ann.next()).data, 'text');
    await service.sendToAll(new Uint8Array([1, 2, 3]).buffer);
    for (const client of [ann, bob]) assert.deepEqual(await client.next(), { from: 'server', dataType: 'binary', data: 'AQID' });
  });

  it('sends to a group, a user, a connection', async () => {
    await service.group('g/1').sendToAll('to group', { ...text, filter: "'g/1' in groups" });
    assert.deepEqual(await ann.next(), { from: 'group', group: 'g/1', dataType: 'text', data: 'to group' });
    await service.sendToUser('bob %ü;', 'to user', text);
    assert.equal((await bob.next()).data, 'to user');
    await service.sendToConnection(ann.id, 'to connection', text);
    assert.equal((await ann.next()).data, 'to connection');
    await service.sendToConnection('nobody', 'x', text);
    await service.sendToUser('nobody', 'x', text);
    await service.group('nobody').sendToAll('x', text);
  });

  it('says what is wrong with a filter', async () => {
    await assert.rejects(service.sendToAll('x', { ...text, filter: 'invalid filter' }), (error) => {
      assert.equal(error.statusCode, 400);
      assert.equal(
        JSON.parse(error.response.bodyAsText).message,
        "Invalid syntax for 'invalid filter': Syntax error at position 14 in 'invalid filter'. (Parameter 'filter')",
      );
      return true;
    });
  });

  it('asks what exists', async () => {
    assert.equal(await service.connectionExists(ann.id), true);
    assert.equal(await service.connectionExists('nobody'), false);
    assert.equal(await service.userExists('bob %ü;'), true);
    assert.equal(await service.userExists('nobody'), false);
    assert.equal(await service.groupExists('g/1'), true);
    assert.equal(await service.groupExists('g'), false);
  });

  it('changes who is in groups', async () => {
    const group = service.group('members ?#');
    await group.addConnection(ann.id);
    await group.addUser('bob %ü;');
    assert.deepEqual(await members('members ?#'), [ann.id, bob.id].sort());
    await group.removeConnection(ann.id);
    await group.removeUser('bob %ü;');
    assert.deepEqual(await members('members ?#'), []);
    await assert.rejects(group.addConnection('nobody'), { statusCode: 404 });
    await assert.rejects(group.addUser('nobody'), { statusCode: 404 });
    await service.addConnectionsToGroups(['x', 'y'], "userId eq 'ann/1'");
    assert.deepEqual([await members('x'), await members('y')], [[ann.id], [ann.id]]);
    await service.removeConnectionsFromGroups(['x'], `connectionId eq '${ann.id}'`);
    assert.deepEqual([await members('x'), await members('y')], [[], [ann.id]]);
    await service.removeConnectionFromAllGroups(ann.id);
    await service.group('z').addUser('bob %ü;');
    await service.removeUserFromAllGroups('bob %ü;');
    assert.deepEqual([await members('y'), await members('z')], [[], []]);
    await service.group('g/1').addConnection(ann.id);
  });

  it('lists in pages', async (t) => {
    const url = (await service.getClientAccessToken({ groups: ['pages'] })).url;
    const all = await Promise.all(Array.from({ length: 6 }, () => connectPubSub(url)));
    t.after(() => all.forEach((client) => client.close()));
    for (const [options, sizes] of [
      [{}, [6]],
      [{ top: 6 }, [6]],
      [{ top: 3 }, [3]],
      [{ maxPageSize: 2 }, [2, 2, 2]],
      [{ top: 5, maxPageSize: 2 }, [2, 2, 1]],
    ]) {
      const found = [];
      for await (const page of (await service.group('pages').listConnections(options)).byPage()) found.push(page.length);
      assert.deepEqual(found, sizes, JSON.stringify(options));
    }
  });

  it('grants permissions', async () => {
    assert.equal(await service.hasPermission(bob.id, 'sendToGroup', { targetName: 'p/1' }), false);
    await service.grantPermission(bob.id, 'sendToGroup', { targetName: 'p/1' });
    assert.equal(await service.hasPermission(bob.id, 'sendToGroup', { targetName: 'p/1' }), true);
    assert.equal(await service.hasPermission(bob.id, 'joinLeaveGroup', { targetName: 'p/1' }), false);
    await service.revokePermission(bob.id, 'sendToGroup', { targetName: 'p/1' });
    assert.equal(await service.hasPermission(bob.id, 'sendToGroup', { targetName: 'p/1' }), false);
    await assert.rejects(service.grantPermission('nobody', 'sendToGroup'), { statusCode: 404 });
  });

  it('closes connections', async () => {
    const url = async (options) => (await service.getClientAccessToken(options)).url;
    const one = await connectPubSub(await url({ userId: 'one' }));
    await service.closeConnection(one.id, { reason: 'enough' });
    assert.equal(await one.disconnected(), 'enough');
    const two = await connectPubSub(await url({ userId: 'two' }));
    await service.closeUserConnections('two', { reason: 'user' });
    assert.equal(await two.disconnected(), 'user');
    const three = await connectPubSub(await url({ groups: ['closing'] }));
    await service.group('closing').closeAllConnections({ reason: 'group' });
    assert.equal(await three.disconnected(), 'group');
    const four = await connectPubSub(await url());
    await service.closeAllConnections({ reason: 'all', excluded: [ann.id, bob.id] });
    assert.equal(await four.disconnected(), 'all');
    assert.equal(await service.connectionExists(ann.id), true);
  });

  it('is refused with another key', async () => {
    const key = 'another access key of more than thirty-two bytes';
    const other = new WebPubSubServiceClient(`Endpoint=${BASE_URL};AccessKey=${key};Version=1.0;`, hub, { allowInsecureConnection: true });
    await assert.rejects(other.sendToAll('x', text), { statusCode: 401 });
    await assert.rejects(connectPubSub((await other.getClientAccessToken()).url));
  });

  async function members(group) {
    const found = [];
    for await (const member of await service.group(group).listConnections()) found.push(member.connectionId);
    return found;
  }
});
