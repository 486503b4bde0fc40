/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { useDelivery } from '../../../apps/miniapp/src/pages/delivery/detail/use-delivery';
import { useSend } from '../../../apps/miniapp/src/pages/delivery/send/use-send';
import { seedCity } from '../../support/builders/city.js';
import {
  HOME,
  emsScan,
  newCaseToSend,
  newDelivery,
  newOrderedDelivery,
  type CaseToSend,
} from '../../support/builders/delivery.js';
import { ShiftedClock } from '../../support/builders/payment.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { openSockets, press, until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';
import { edge } from '../support/taro.js';

// WeChat Pay refuses notices that are minutes old.
const clock = new ShiftedClock();
const phone = openPhone(() => newWorld({ simulators: true, clock }));
beforeAll(async () => {
  await seedCity(phone.world);
  const { wechat, pay, ems } = phone.world.simulators;
  window.__HAOBAN__ = { sims: { wechat: wechat.url, pay: pay.url, ems: ems.url } };
});

async function closedCase(): Promise<CaseToSend> {
  const sent = await newCaseToSend(phone.world);
  await signInAs(sent.citizen);
  return sent;
}

/** The address form, filled in and with its fee. */
async function quoted({ caseId }: CaseToSend) {
  const page = openHook(useSend, { caseId });
  await until(() => page.now.detail.kind === 'ready');
  page.now.change(HOME);
  await until(() => page.now.address.detail === HOME.detail);
  page.now.ask.run();
  await until(() => page.now.quote);
  return page;
}

const deliveries = async ({ citizen }: CaseToSend) =>
  (await citizen.client.delivery.listMine({})).items.map(({ id, state }) => ({ id, state }));

describe('sending a certificate', () => {
  it('marks what is missing in the address before it asks for a fee', async () => {
    const { caseId } = await closedCase();
    const page = openHook(useSend, { caseId });
    await until(() => page.now.detail.kind === 'ready');
    expect(page.now.wrong).toEqual({});
    page.now.change({ name: '林晓月', phone: '123' });
    await until(() => page.now.address.phone === '123');
    page.now.ask.run();
    await until(() => page.now.wrong.phone);
    expect(page.now.wrong.name).toBeUndefined();
    expect(network.sent.some(({ path }) => path.includes('quote'))).toBe(false);
  });

  it('drops the fee when the address changes', async () => {
    const page = await quoted(await closedCase());
    expect(page.now.quote?.feeFen).toBe(1200);
    page.now.change({ detail: '榕树路 2 号' });
    await until(() => page.now.quote === undefined);
  });

  it('keeps the address when the page is left', async () => {
    const sent = await closedCase();
    (await quoted(sent)).close();
    const page = openHook(useSend, { caseId: sent.caseId });
    await until(() => page.now.address.name === HOME.name);
  });

  it('is ordered and paid, and leads to the parcel', async () => {
    const sent = await closedCase();
    const page = await quoted(sent);
    page.now.send.run();
    await press('允许');
    await press('确认支付');
    await until(() => lastVisit());
    await phone.world.drain();
    const [parcel, ...others] = await deliveries(sent);
    expect(others).toEqual([]);
    expect(lastVisit()).toBe(`/pages/delivery/detail/index?id=${parcel?.id}&paid=1`);
    expect(parcel?.state).not.toBe('awaiting_payment');
    expect(edge.storage.has('hb:draft:address')).toBe(false);
  });

  it('is ordered once where the answer got lost and the person tried again', async () => {
    const sent = await closedCase();
    const page = await quoted(sent);
    network.loseAnswers(/deliveries$/);
    page.now.send.run();
    await press('不用了');
    await until(() => page.now.send.problem);
    expect(page.now.address.detail).toBe(HOME.detail);
    network.restore();
    page.now.send.run();
    await press('不用了');
    await press('暂不支付');
    await until(() => lastVisit());
    const [first, ...again] = network.requestIds(/deliveries$/);
    expect(again).toEqual([first]);
    expect(await deliveries(sent)).toHaveLength(1);
  });

  it('asks for a new fee where the old one has run out', async () => {
    const page = await quoted(await closedCase());
    clock.advance(3600_000);
    page.now.send.run();
    await press('不用了');
    await until(() => page.now.send.problem);
    expect(page.now.send.problem?.code).toBe('QUOTE_EXPIRED');
    expect(page.now.quote).toBeUndefined();
  });
});

describe('a parcel', () => {
  async function parcelPage(sent: CaseToSend, id: string) {
    const page = openHook(useDelivery, { id });
    await until(() => page.now.load.kind === 'ready');
    const state = () => (page.now.load.kind === 'ready' ? page.now.load.data.state : undefined);
    return { page, state };
  }

  it('that was not paid can be paid later', async () => {
    const sent = await closedCase();
    const { id } = await newDelivery(sent);
    const { page, state } = await parcelPage(sent, id);
    expect(state()).toBe('awaiting_payment');
    page.now.settle.run();
    await press('暂不支付');
    await until(() => !page.now.settle.busy);
    expect(state()).toBe('awaiting_payment');
    page.now.settle.run();
    await press('确认支付');
    await until(() => page.now.told);
    expect(page.now.told).toContain('付款成功');
    await until(() => state() !== 'awaiting_payment');
  });

  it('shows the courier’s scans by the live line', async () => {
    const sent = await closedCase();
    const { id, waybillNo } = await newOrderedDelivery(phone.world, sent);
    const { state } = await parcelPage(sent, id);
    await until(() => openSockets() > 0);
    await emsScan(phone.world, waybillNo, { opCode: '203' });
    await phone.world.drain();
    await until(() => state() === 'handed_over');
  });

  it('is cancelled after the person agreed, and says what becomes of the money', async () => {
    const sent = await closedCase();
    const { id } = await newOrderedDelivery(phone.world, sent);
    const { page, state } = await parcelPage(sent, id);
    page.now.cancel.run();
    await until(() => state() === 'cancelled');
    expect(edge.questions[0]?.content).toContain('原路退回');
    expect(edge.toasts).toEqual(['已取消寄递']);
  });
});
