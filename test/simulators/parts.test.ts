import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { code128Bars, symbolWidths } from '../../libs/simulators/src/ems/code128.js';
import { readEnvironment } from '../../libs/simulators/src/environment.js';
import { isAllowedOrigin } from '../../libs/simulators/src/common/origins.js';
import { newReceiver, newSimulators, beijingNow, emsCall, send, until } from './support.js';

describe('the barcode of the label', () => {
  it('uses the 106 symbols of Code 128: 11 modules each, an even number of them dark, no two alike', () => {
    expect(symbolWidths).toHaveLength(106);
    expect(new Set(symbolWidths).size).toBe(106);
    for (const symbol of symbolWidths) {
      const widths = [...symbol].map(Number);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(11);
      expect((widths[0]! + widths[2]! + widths[4]!) % 2).toBe(0);
    }
  });

  it('has start, data, check symbol and stop', () => {
    // 13 characters + start + check at 11 modules, stop at 13.
    expect(code128Bars('EA237691097CN').width).toBe(15 * 11 + 13);
    expect(() => code128Bars('号')).toThrow(RangeError);
  });
});

describe('the environment', () => {
  it('names everything that is missing or wrong at once', () => {
    const read = () =>
      readEnvironment({ SIM_PAY_PORT: '99999', SIM_MERCHANT_PUBLIC_KEY_PATH: '/nowhere.pem' });
    for (const name of [
      'WECHAT_APPID',
      'WECHATPAY_APIV3_KEY',
      'EMS_SIGN_KEY',
      'SIM_PAY_PORT',
      '/nowhere.pem',
    ]) {
      expect(read).toThrow(name);
    }
  });

  it('does not start with a key of the wrong length or a damaged state, and leaves nothing running', async () => {
    await expect(newSimulators({ ems: { signKey: 'c2hvcnQ=' } })).rejects.toThrow('16 bytes');
    await expect(newSimulators({ pay: { apiV3Key: 'short' } })).rejects.toThrow('32 bytes');
    const stateDir = mkdtempSync(join(tmpdir(), 'simulators-'));
    writeFileSync(join(stateDir, 'pay.json'), '{"orders":');
    await expect(newSimulators({ stateDir })).rejects.toThrow('pay.json is damaged');
    rmSync(stateDir, { recursive: true });
  });
});

describe('origins', () => {
  it.each([
    ['http://localhost:5173', 'localhost:3101', true],
    ['http://127.0.0.1:10086', '127.0.0.1:3101', true],
    ['http://[::1]:10086', '[::1]:3101', true],
    ['http://192.168.1.5:10086', '192.168.1.5:3101', true],
    ['http://192.168.1.6:10086', '192.168.1.5:3101', false],
    ['http://127.0.0.1.evil.example', '127.0.0.1:3101', false],
    ['http://evil.example', 'evil.example', false],
  ])('%s at %s: %s', (origin, host, allowed) => {
    expect(isAllowedOrigin(origin, host)).toBe(allowed);
  });
});

describe('autoAdvanceMs', () => {
  it('walks a mail to its delivery without anyone scanning', async () => {
    const receiver = await newReceiver((_nth, body) => ({
      status: 200,
      body: JSON.stringify({ serialNo: (JSON.parse(body) as { serialNo: string }).serialNo, code: 'S00001' }),
    }));
    const world = await newSimulators({ ems: { pushUrl: receiver.url, autoAdvanceMs: 20 } });
    const party = { name: '张三', mobile: '13800001111', prov: '福建省', city: '福州市', county: '鼓楼区' };
    await emsCall(world.ems.url, '020003', [
      {
        createdTime: beijingNow(),
        ecommerceUserId: 'haoban-1',
        logisticsOrderNo: 'HB-AUTO-1',
        contentsAttribute: '1',
        bizProductNo: '1',
        sender: { ...party, address: '五四路1号' },
        receiver: { ...party, address: '温泉路2号' },
        cargos: [{ cargoName: '居住证' }],
      },
    ]);
    await until(() => receiver.received.length === 6);
    const state = await send(`${world.ems.url}/_sim/state`, 'GET');
    const [mail] = state.body.mails as [{ scans: { opCode: string }[] }];
    expect(mail.scans.map((scan) => scan.opCode)).toEqual(['203', '305', '954', '713', '702', '704']);
    await world.close();
    await receiver.close();
  });
});
