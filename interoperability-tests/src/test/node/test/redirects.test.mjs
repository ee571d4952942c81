import assert from 'node:assert/strict';
import http from 'node:http';
import { describe } from 'node:test';
import { assertAlive, finallyDo, it, open, TRANSPORTS } from '../lib/clients.mjs';
import { cuttableProxy } from '../lib/proxies.mjs';

describe('a redirect', () => {
  for (const transport of TRANSPORTS) {
    it(`sends the client to another server over ${transport}`, async (t) => {
      const proxy = await cuttableProxy(t);
      const connection = await open(t, transport, { query: { redirectTo: proxy.url } });
      await assertAlive(connection);
      assert.ok(proxy.connections() > 0);
    });
  }

  it('may bring a token along', async (t) => {
    const tokens = [];
    const server = http.createServer((request, response) => {
      tokens.push(request.headers.authorization);
      response.writeHead(401).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    finallyDo(t, () => server.close());
    const redirectTo = `http://127.0.0.1:${server.address().port}/hub`;
    await assert.rejects(open(t, 'LongPolling', { query: { redirectTo, redirectToken: 'of-the-other' } }), /401/);
    assert.equal(tokens[0], 'Bearer of-the-other');
  });
});
