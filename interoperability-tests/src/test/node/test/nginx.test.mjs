import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { follow, HUB_URL, it, open, TRANSPORTS, uniqueName } from '../lib/clients.mjs';

describe('behind nginx', () => {
  for (const transport of TRANSPORTS) it(`nothing is held back over ${transport}`, async (t) => {
    const connection = await open(t, transport);
    // nothing follows that could push it through
    const { items, cancel } = follow(connection.stream('endless', uniqueName('stream')));
    assert.deepEqual(await items.first(1), ['first']);
    cancel();
  });

  it('a client without a key of its own gets a cookie with one', async () => {
    const negotiate = (url, headers = {}) => fetch(url, { method: 'POST', headers });
    const first = await negotiate(`${HUB_URL}/negotiate?negotiateVersion=1`);
    assert.equal(first.status, 200);
    const cookie = first.headers.get('set-cookie');
    assert.match(cookie, /^realtime_node=[0-9a-f]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    const again = await negotiate(`${HUB_URL}/negotiate?negotiateVersion=1`, { Cookie: cookie.split(';')[0] });
    assert.equal(again.headers.get('set-cookie'), null);
    const keyed = await negotiate(`${HUB_URL}/negotiate?negotiateVersion=1&client=me`);
    assert.equal(keyed.headers.get('set-cookie'), null);
  });
});
