import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Simulators } from '@haoban/simulators';
import { fitTemplateData, MemoryTokenStore, WechatClient } from '@haoban/wechat';
import type { SubscribeMessage } from '@haoban/wechat';
import { failureOf } from './support/loopback.js';
import { APPID } from './support/pay-party.js';
import { act, breakNext, startParties, TIMEOUT_MS, WECHAT_SECRET } from './support/simulators.js';

let parties: Simulators;
let url: string;
let client: WechatClient;

beforeAll(async () => {
  parties = await startParties();
  url = parties.wechat.url;
});
afterAll(() => parties.close());
beforeEach(async () => {
  await act(url, 'reset');
  client = new WechatClient({
    appid: APPID,
    secret: WECHAT_SECRET,
    baseUrl: url,
    fetch: (address, init) => fetch(address, init),
    tokenStore: new MemoryTokenStore(),
    timeoutMs: TIMEOUT_MS,
  });
});

const signIn = async (): Promise<string> => {
  const { code } = await act(url, 'login', { user: '林女士' });
  return (await client.code2Session(String(code))).openid;
};

const messageTo = (openid: string): SubscribeMessage => ({
  openid,
  templateId: 'template-1',
  page: 'pages/progress/index',
  data: {
    thing1: '不动产登记资料已经受理，请您留意后续办理进度通知',
    character_string2: 'RC-20261122-0001',
    phrase3: '已受理',
    time4: new Date(),
    date5: new Date(),
    amount6: '¥12.00',
    number7: 3,
  },
});

describe('the WeChat client with the simulator', () => {
  it('signs a person in once per code', async () => {
    const { code, openid } = await act(url, 'login', { user: '林女士' });
    expect(await client.code2Session(String(code))).toEqual({ openid });
    expect(await failureOf(client.code2Session(String(code)))).toMatchObject({
      kind: 'refused',
      code: '40029',
    });
  });

  it('reads a phone number once per code, and refuses one of another app', async () => {
    const { code } = await act(url, 'phone-code', { phoneNumber: '13800000000' });
    expect(await client.getPhoneNumber(String(code))).toMatchObject({ purePhoneNumber: '13800000000' });
    expect(await failureOf(client.getPhoneNumber(String(code)))).toMatchObject({ code: '40029' });
    const other = await act(url, 'phone-code', { phoneNumber: '13800000000' });
    await breakNext(url, { route: 'getuserphonenumber', mode: 'badSignature' });
    expect(await failureOf(client.getPhoneNumber(String(other.code)))).toMatchObject({
      code: 'FOREIGN_WATERMARK',
    });
  });

  it('sends one message per grant, every kind of value fitted as WeChat takes it', async () => {
    const openid = await signIn();
    expect(await client.sendSubscribeMessage(messageTo(openid))).toEqual({
      outcome: 'refused',
      code: '43101',
    });
    await act(url, 'grant', { openid, templateId: 'template-1' });
    expect(await client.sendSubscribeMessage(messageTo(openid))).toEqual({ outcome: 'sent' });
    expect(await client.sendSubscribeMessage(messageTo(openid))).toEqual({
      outcome: 'refused',
      code: '43101',
    });
    const { messages } = (await (await fetch(`${url}/_sim/messages?openid=${openid}`)).json()) as {
      messages: { lines: { value: string }[] }[];
    };
    expect(messages).toHaveLength(1);
    expect(messages[0]?.lines[0]?.value).toBe('不动产登记资料已经受理，请您留意后...');
  });

  it('never sends a value that passes our check and fails theirs', async () => {
    const openid = await signIn();
    await act(url, 'grant', { openid, templateId: 'template-1', count: 100 });
    const values = [
      '',
      ' ',
      'a',
      'A1',
      '1',
      '已办结',
      '一二三四五六',
      '★',
      '12.5',
      '15:01',
      '2026年1月1日',
      '¥1元',
      '粤A12345',
      "O'Neil",
    ];
    const kinds = [
      'thing',
      'number',
      'letter',
      'symbol',
      'character_string',
      'time',
      'date',
      'amount',
      'phone_number',
      'car_number',
      'name',
      'phrase',
    ];
    for (const kind of kinds) {
      for (const value of values) {
        const data = { [`${kind}1`]: value };
        if (!fitTemplateData(data).ok) continue;
        const result = await client.sendSubscribeMessage({ openid, templateId: 'template-1', data });
        expect({ kind, value, result }).toEqual({ kind, value, result: { outcome: 'sent' } });
      }
    }
  });

  it('tells an unknown person', async () => {
    expect(await client.sendSubscribeMessage(messageTo('nobody'))).toEqual({
      outcome: 'refused',
      code: '40003',
    });
  });

  it('renews a token that another system ended', async () => {
    const openid = await signIn();
    await act(url, 'grant', { openid, templateId: 'template-1', count: 2 });
    expect(await client.sendSubscribeMessage(messageTo(openid))).toEqual({ outcome: 'sent' });
    await act(url, 'expire-token');
    expect(await client.sendSubscribeMessage(messageTo(openid))).toEqual({ outcome: 'sent' });
  });

  it('gets a mini-program code, checks a text', async () => {
    const { image } = await client.getUnlimitedQrCode({ scene: 'h=1&w=12', page: 'pages/hall/index' });
    expect(image.subarray(1, 4).toString('latin1')).toBe('PNG');
    const openid = await signIn();
    const check = (content: string) => client.msgSecCheck({ openid, content, scene: 'comment' });
    expect(await check('办得很快')).toMatchObject({ suggest: 'pass', label: 100 });
    expect(await check('违规测试词')).toMatchObject({ suggest: 'risky' });
  });

  it.each([
    [{ mode: 'fail' as const }, { outcome: 'retry', code: '-1', maybeSent: false }],
    [{ mode: 'html502' as const }, { outcome: 'retry', code: 'HTTP_502', maybeSent: true }],
    [{ mode: 'timeout' as const }, { outcome: 'retry', code: 'TIMEOUT', maybeSent: true }],
    [{ mode: 'delay' as const, ms: 100 }, { outcome: 'sent' }],
  ])('told to $mode, the message is told apart', async (fault, result) => {
    const openid = await signIn();
    await act(url, 'grant', { openid, templateId: 'template-1' });
    await breakNext(url, { route: 'subscribe', ...fault });
    expect(await client.sendSubscribeMessage(messageTo(openid))).toEqual(result);
  });

  it('a message whose answer is lost counts as maybe sent, and was', async () => {
    const openid = await signIn();
    await act(url, 'grant', { openid, templateId: 'template-1' });
    await breakNext(url, { route: 'subscribe', mode: 'loseReplyAfterApply' });
    expect(await client.sendSubscribeMessage(messageTo(openid))).toMatchObject({
      outcome: 'retry',
      maybeSent: true,
    });
    expect(await client.sendSubscribeMessage(messageTo(openid))).toEqual({
      outcome: 'refused',
      code: '43101',
    });
  });
});
