import { badControl, controlBody, refuseControl } from '../common/control.js';
import { json } from '../common/http-server.js';
import type { Answer, SimServer } from '../common/http-server.js';
import { field, integer, text } from '../common/json.js';
import { CODE_LIFE_MS, newCode, phoneOf, quotaKey } from './state.js';
import type { Phone, WechatWorld } from './state.js';
import { LONG_TERM } from './subscribe.js';

/** Control routes of the WeChat simulator: what a person does on the phone. */

export function addWechatControl(server: SimServer, world: WechatWorld): void {
  const sim = (method: string, path: string, handler: (body: unknown, query: URLSearchParams) => Answer) =>
    server.route('sim', method, `/_sim/${path}`, path, (request) =>
      handler(controlBody(request), request.query),
    );
  const expiry = () => new Date(Date.now() + CODE_LIFE_MS).toISOString();

  sim('POST', 'login', (body) => {
    const user = text(body, 'user') ?? `访客${Math.random().toString(36).slice(2, 8)}`;
    if (user === '' || user.length > 64) return badControl('user: 1 to 64 characters');
    const { openid } = phoneOf(world, user);
    const code = newCode(world.store.state.loginCodes, { openid, expiresAt: expiry(), used: false });
    world.store.changed();
    return json({ code, openid, user });
  });
  sim('POST', 'phone-code', (body) => {
    const phoneNumber = text(body, 'phoneNumber') ?? '';
    if (!/^1[3-9]\d{9}$/.test(phoneNumber)) return badControl('phoneNumber: 11 digits of a mobile number');
    const code = newCode(world.store.state.phoneCodes, { phoneNumber, expiresAt: expiry(), used: false });
    world.store.changed();
    return json({ code });
  });
  sim('POST', 'grant', (body) => {
    const phone = knownPhone(world, body);
    const count = field(body, 'count') === undefined ? 1 : integer(body, 'count');
    if (count === undefined || count < 1 || count > 10_000)
      return badControl('count: integer from 1 to 10000');
    const longTerm = field(body, 'longTerm') === true;
    const quotas = templateIds(world, body).map((templateId) => {
      const key = quotaKey(phone.openid, templateId);
      const before = world.store.state.quotas.get(key)?.left ?? 0;
      const left = longTerm || before === LONG_TERM ? LONG_TERM : before + count;
      world.store.state.quotas.set(key, { openid: phone.openid, templateId, left });
      return { templateId, quota: left };
    });
    world.store.changed();
    return json({ openid: phone.openid, quota: quotas[0]?.quota ?? 0, quotas });
  });
  sim('POST', 'refuse', (body) => {
    const phone = knownPhone(world, body);
    for (const templateId of templateIds(world, body)) {
      world.store.state.quotas.delete(quotaKey(phone.openid, templateId));
    }
    world.store.changed();
    return json({ openid: phone.openid, quota: 0 });
  });
  sim('GET', 'messages', (_body, query) => {
    const openid = query.get('openid');
    const { messages } = world.store.state;
    return json({ messages: messages.filter((each) => openid === null || each.openid === openid) });
  });
  // A token that ended early is what happens when another system refreshes it.
  sim('POST', 'expire-token', () => {
    world.store.state.tokens = [];
    world.store.changed();
    return json({ ok: true });
  });
}

function knownPhone(world: WechatWorld, body: unknown): Phone {
  return world.store.state.phones.get(text(body, 'openid') ?? '') ?? refuseControl('没有这个openid', 404);
}

/** One `templateId`, or up to a few `templateIds` as wx.requestSubscribeMessage asks for. */
function templateIds(world: WechatWorld, body: unknown): string[] {
  const list = field(body, 'templateIds');
  const ids = Array.isArray(list) ? list : [field(body, 'templateId')];
  const known = world.config.templates;
  const found = ids.filter(
    (id): id is string =>
      typeof id === 'string' && id !== '' && (known === undefined || Object.hasOwn(known, id)),
  );
  if (found.length === 0 || found.length !== ids.length) refuseControl('没有这个模板', 404);
  return found;
}
