import { afterEach, describe, expect, it } from '@jest/globals';
import { MemoryTokenStore } from '@haoban/wechat';
import { closeLoopbacks, failureOf, json, loopback } from './support/loopback.js';
import { APPID, MESSAGE, newClient, paths, SECRET, wechat } from './support/wechat-party.js';

afterEach(closeLoopbacks);

describe('the access token', () => {
  const ok = () => json({ errcode: 0, errmsg: 'ok' });

  it('is asked for once by twenty calls at the same moment, and never with force_refresh', async () => {
    const { url, received } = await wechat(ok);
    const client = newClient(url);
    const results = await Promise.all(Array.from({ length: 20 }, () => client.sendSubscribeMessage(MESSAGE)));
    expect(results.every(({ outcome }) => outcome === 'sent')).toBe(true);
    const asked = received.filter(({ url: path }) => path.startsWith('/cgi-bin/stable_token'));
    expect(asked).toHaveLength(1);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      grant_type: 'client_credential',
      appid: APPID,
      secret: SECRET,
      force_refresh: false,
    });
  });

  it('is asked for once by several processes that share a store', async () => {
    const { url, received } = await wechat(ok);
    const store = new MemoryTokenStore();
    await Promise.all(Array.from({ length: 5 }, () => newClient(url, store).sendSubscribeMessage(MESSAGE)));
    expect(paths(received).filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(1);
  });

  it('rejected with 40001 is taken anew and the call repeated once', async () => {
    const { url, state, received } = await wechat(ok);
    const client = newClient(url);
    await client.sendSubscribeMessage(MESSAGE);
    state.valid = '';
    expect(await client.sendSubscribeMessage(MESSAGE)).toEqual({ outcome: 'sent' });
    expect(state.issued).toBe(2);
    expect(paths(received)).toHaveLength(5);
  });

  it('rejected, but replaced in the store by another process, is read from there', async () => {
    const { url, state, received } = await wechat(ok);
    const store = new MemoryTokenStore();
    const [client, other] = [newClient(url, store), newClient(url, store)];
    await client.sendSubscribeMessage(MESSAGE);
    state.valid = '';
    await Promise.all([client.sendSubscribeMessage(MESSAGE), other.sendSubscribeMessage(MESSAGE)]);
    expect(state.issued).toBe(2);
    expect(paths(received).filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(2);
  });

  it('rejected twice is given up: later, and nothing was sent', async () => {
    const { url, received } = await wechat(() => json({ errcode: 42001, errmsg: 'expired' }));
    expect(await newClient(url).sendSubscribeMessage(MESSAGE)).toEqual({
      outcome: 'retry',
      code: '42001',
      maybeSent: false,
    });
    expect(paths(received).filter((path) => path.endsWith('/send'))).toHaveLength(2);
  });

  it('is renewed before its end, and used when its life is short', async () => {
    const { url, received, state } = await wechat(ok, 300);
    let now = new Date('2026-11-22T00:00:00Z');
    const client = newClient(url, new MemoryTokenStore(), () => now);
    await client.sendSubscribeMessage(MESSAGE);
    now = new Date(now.getTime() + 179_000);
    await client.sendSubscribeMessage(MESSAGE);
    expect(paths(received).filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(1);
    now = new Date(now.getTime() + 2_000);
    await client.sendSubscribeMessage(MESSAGE);
    expect(paths(received).filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(2);
    expect(state.issued).toBe(1);
  });

  it('that cannot be had is asked for again by the next call', async () => {
    let isDown = true;
    const { url } = await loopback(() => {
      if (isDown) return { status: 502, body: '<html>' };
      return json({ access_token: 'T', expires_in: 7200, errcode: 0 });
    });
    const client = newClient(url);
    expect(await client.sendSubscribeMessage(MESSAGE)).toMatchObject({ outcome: 'retry' });
    isDown = false;
    expect(await client.sendSubscribeMessage(MESSAGE)).toEqual({ outcome: 'sent' });
  });

  it('refused for our address (40164) or secret (40125) is refused', async () => {
    const { url } = await loopback(() => json({ errcode: 40164, errmsg: 'invalid ip 1.2.3.4' }));
    expect(await failureOf(newClient(url).getPhoneNumber('c'))).toMatchObject({
      kind: 'refused',
      code: '40164',
    });
  });
});
