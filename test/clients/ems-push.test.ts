import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ackPush, attemptReason, deliveredTo, parsePush } from '@haoban/ems';

const SIGN_KEY = randomBytes(16).toString('base64');
const EVENT = {
  waybillNo: '1234567890123',
  orderNo: 'HB20261122-0001',
  opCode: '704',
  opName: '妥投',
  opDesc: '已签收，他人代收',
  opTime: '2026-11-22 10:00:00',
  opOrgCode: '35000001',
  opOrgName: '榕城市揽投部',
  opOrgProvName: '福建省',
  opOrgCity: '榕城市',
  operatorNo: '001',
  operatorName: '陈师傅',
};

function seal(text: string): string {
  const cipher = createCipheriv('sm4-ecb', Buffer.from(SIGN_KEY, 'base64'), null);
  return `|$4|${Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64')}`;
}

const push = (plain: string) => ({
  logitcsInterface: seal(plain),
  method: '040002',
  msgType: '0',
  senderNo: '',
  serialNo: 'SN-1',
  timeStamp: '2026-11-22 10:00:01',
  version: 'v1.0.0',
});

describe('a trace push of EMS', () => {
  it.each([
    ['without the sign key', ''],
    ['with the sign key', SIGN_KEY],
  ])('%s at its end is read', (_, suffix) => {
    expect(parsePush(push(JSON.stringify(EVENT) + suffix), SIGN_KEY)).toEqual({
      ok: true,
      serialNo: 'SN-1',
      events: [
        {
          waybillNo: EVENT.waybillNo,
          orderNo: EVENT.orderNo,
          opCode: '704',
          opName: '妥投',
          opDesc: EVENT.opDesc,
          opTime: new Date('2026-11-22T02:00:00Z'),
          opOrgCode: EVENT.opOrgCode,
          opOrgName: EVENT.opOrgName,
          opOrgProvName: '福建省',
          opOrgCity: '榕城市',
        },
      ],
    });
  });

  it('is read as text, as bytes, as a form, and with several events', () => {
    const body = push(JSON.stringify([EVENT, { ...EVENT, opCode: '743' }]));
    const inputs = [
      JSON.stringify(body),
      Buffer.from(JSON.stringify(body)),
      new URLSearchParams(body).toString(),
    ];
    for (const input of inputs) {
      expect(parsePush(input, SIGN_KEY)).toMatchObject({
        ok: true,
        events: [{ opCode: '704' }, { opCode: '743' }],
      });
    }
  });

  it('of another key is refused, and its serial number is kept for the answer', () => {
    const other = randomBytes(16).toString('base64');
    expect(parsePush(push(JSON.stringify(EVENT)), other)).toEqual({
      ok: false,
      serialNo: 'SN-1',
      reason: 'undecipherable',
    });
  });

  it.each([
    ['no event', '"text"', 'undecipherable'],
    ['an empty list', '[]', 'bad_event'],
    ['an event without a code', JSON.stringify({ ...EVENT, opCode: '' }), 'bad_event'],
    ['an event at no time', JSON.stringify({ ...EVENT, opTime: '2026-02-30 10:00:00' }), 'bad_event'],
    ['a list with one bad event', JSON.stringify([EVENT, {}]), 'bad_event'],
  ])('with %s is refused', (_, plain, reason) => {
    expect(parsePush(push(plain), SIGN_KEY)).toEqual({ ok: false, serialNo: 'SN-1', reason });
  });

  it.each([
    ['nothing', undefined],
    ['text', 'hello'],
    ['no envelope', { serialNo: 'SN-1' }],
    ['another method', { ...push(JSON.stringify(EVENT)), method: '020003' }],
    ['an envelope that is no text', { ...push('{}'), logitcsInterface: {} }],
  ])('that is %s is refused', (_, body) => {
    expect(parsePush(body, SIGN_KEY)).toMatchObject({ ok: false, reason: 'bad_body' });
  });

  it('is acknowledged by its serial number', () => {
    expect(ackPush('SN-1', true)).toEqual({ serialNo: 'SN-1', code: '00000', codeMessage: '', senderNo: '' });
    expect(ackPush('SN-1', false)).toMatchObject({ serialNo: 'SN-1', code: '99999' });
  });

  it('has Chinese words for how it was delivered or not, also for codes that come new', () => {
    expect(deliveredTo('10')).toBe('本人签收');
    expect(attemptReason('7')).toBe('收件人拒收');
    expect(deliveredTo('toString')).toBe('其他');
  });
});
