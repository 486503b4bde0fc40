import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseTradeBill, yuanToFen } from '@haoban/wechatpay';
import fc from 'fast-check';
import { closeLoopbacks, failureOf, loopback } from './support/loopback.js';
import { isSignedByMerchant, newPayClient, signedReply } from './support/pay-party.js';

// Columns of the official sample of a trade bill, bill_type ALL.
const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const paid =
  '`2026-11-21 09:30:00,`wx01,`1900000001,`0,`,`4200001,`HB20261121-0001,`openid-1,`JSAPI,`SUCCESS,`OTHERS,`CNY,`12.00,`0.00,`0,`0,`0.00,`0.00,`,`,`证照寄递,费用,`,`0.07200,`0.60%,`12.00,`0.00,`';
const refunded =
  '`2026-11-21 10:30:00,`wx01,`1900000001,`0,`,`4200001,`HB20261121-0001,`openid-1,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030001,`HB20261121-0001-R1,`5.05,`0.00,`ORIGINAL,`PROCESSING,`证照寄递,费用,`,`-0.03000,`0.60%,`0.00,`5.05,`';
const TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const bill = (rows: string[], count = rows.length): string =>
  `\ufeff${[HEADER, ...rows, TOTALS, `\`${count},\`12.00,\`5.05,\`0.00,\`0.04200,\`12.00,\`5.05`].join('\r\n')}\r\n`;

afterEach(closeLoopbacks);

async function provider(file: string, hash = createHash('sha1').update(file).digest('hex'), host = 'self') {
  const server = await loopback((request) =>
    request.url.startsWith('/v3/billdownload/')
      ? { headers: { 'content-type': 'text/plain' }, body: file }
      : signedReply({
          hash_type: 'SHA1',
          hash_value: hash,
          download_url: `${host === 'self' ? server.url : host}/v3/billdownload/file?token=a-b_c&tartype=`,
        }),
  );
  return { client: newPayClient(server.url), received: server.received };
}

describe('the trade bill', () => {
  it('is asked for, downloaded with a signature and read from yuan into fen', async () => {
    const { client, received } = await provider(bill([paid, refunded]));
    const result = await client.tradeBill('2026-11-21');
    expect(result?.rows).toEqual([
      {
        tradedAt: '2026-11-21 09:30:00',
        transactionId: '4200001',
        outTradeNo: 'HB20261121-0001',
        tradeState: 'SUCCESS',
        openid: 'openid-1',
        totalFen: 1200,
        refundFen: 0,
      },
      expect.objectContaining({
        tradeState: 'REFUND',
        refundId: '5030001',
        outRefundNo: 'HB20261121-0001-R1',
        refundFen: 505,
        refundStatus: 'PROCESSING',
      }),
    ]);
    expect(received.map((request) => request.url)).toEqual([
      '/v3/bill/tradebill?bill_date=2026-11-21&bill_type=ALL',
      '/v3/billdownload/file?token=a-b_c&tartype=',
    ]);
    expect(received.every(isSignedByMerchant)).toBe(true);
  });

  it("is also downloaded from the real host's address, through our base address", async () => {
    const { client } = await provider(bill([paid]), undefined, 'https://api.mch.weixin.qq.com');
    expect((await client.tradeBill('2026-11-21'))?.rows).toHaveLength(1);
  });

  it('is not fetched from a foreign host, which would get our signature', async () => {
    const { client, received } = await provider(bill([paid]), undefined, 'https://elsewhere.example.com');
    expect(await failureOf(client.tradeBill('2026-11-21'))).toMatchObject({ code: 'FOREIGN_BILL_ADDRESS' });
    expect(received).toHaveLength(1);
  });

  it('is refused when its hash or its number of rows differ', async () => {
    const changed = await provider(bill([paid]), 'a'.repeat(40));
    expect(await failureOf(changed.client.tradeBill('2026-11-21'))).toMatchObject({ code: 'BAD_HASH' });
    const short = await provider(bill([paid], 2));
    expect(await failureOf(short.client.tradeBill('2026-11-21'))).toMatchObject({ code: 'BAD_BILL' });
    expect(() => parseTradeBill('2026-11-21', `${HEADER}\r\n${paid}`)).toThrow('totals');
    expect(() => parseTradeBill('2026-11-21', bill([paid.replace('%,`12.00', '%,`12.001')]))).toThrow('sum');
  });

  it('is undefined for a day without payments, and unavailable while it is made', async () => {
    const none = await loopback(() => signedReply({ code: 'NO_STATEMENT_EXIST', message: '' }, 400));
    expect(await newPayClient(none.url).tradeBill('2026-11-21')).toBeUndefined();
    const soon = await loopback(() => signedReply({ code: 'STATEMENT_CREATING', message: '' }, 400));
    expect(await failureOf(newPayClient(soon.url).tradeBill('2026-11-21'))).toMatchObject({
      kind: 'unavailable',
    });
  });
});

describe('yuan in text', () => {
  it('become exactly the fen they were written from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (fen) => {
        const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        return yuanToFen(text) === fen && yuanToFen(`-${text}`) === (fen === 0 ? 0 : -fen);
      }),
    );
  });

  it.each(['', '1.234', '1,200.00', '12元', 'NaN', '1e3'])('%j is no sum', (text) => {
    expect(yuanToFen(text)).toBeUndefined();
  });
});
