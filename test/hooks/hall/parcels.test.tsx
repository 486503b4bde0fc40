/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { usePaymentsPage } from '../../../apps/hall/src/overview/use-payments-page.js';
import { useParcel } from '../../../apps/hall/src/parcels/use-parcel.js';
import { useParcelsPage } from '../../../apps/hall/src/parcels/use-parcels-page.js';
import { caseHall } from '../../support/builders/cases.js';
import { seedCity } from '../../support/builders/city.js';
import { newCaseToSend, newOrderedDelivery } from '../../support/builders/delivery.js';
import { ShiftedClock, eventually } from '../../support/builders/payment.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';

const page = openHall(() => newWorld({ simulators: true, clock: new ShiftedClock() }));
beforeAll(() => seedCity(page.world));

async function parcel() {
  const sent = await newCaseToSend(page.world);
  return { ...sent, ...(await newOrderedDelivery(page.world, sent)), certificateNo: sent.certificateNo };
}

async function courierPage() {
  await signInStaff(page.world, { role: 'courier_desk', hallId: caseHall() });
  const parcels = openHook(useParcelsPage);
  await until(() => parcels.now.pages.state.status === 'ready');
  const rows = () => {
    const { state } = parcels.now.pages;
    return state.status === 'ready' ? state.data.items : [];
  };
  /** As a scanner types, with its Enter. */
  const scan = async (code: string) => {
    parcels.now.scan.setTyped(code);
    await until(() => parcels.now.scan.typed === code);
    parcels.now.scan.submit();
    await until(() => parcels.now.scan.typed === '' && !parcels.now.scan.busy);
  };
  return { parcels, rows, scan };
}

describe('the scanner’s desk', () => {
  it('hands a parcel over when waybill and certificate belong together, and the list shows it', async () => {
    const { id, waybillNo, certificateNo } = await parcel();
    const { parcels, rows, scan } = await courierPage();
    expect(rows().map((each) => each.id)).toContain(id);
    await scan(waybillNo);
    await until(() => parcels.now.scan.scan.step === 'certificate');
    await scan(certificateNo);
    await until(() => parcels.now.scan.verdict.kind === 'good');
    expect(rows().find((each) => each.id === id)?.state).toBe('handed_over');
    expect(parcels.now.scan.scan.step).toBe('waybill');
  });

  it('stops a certificate that belongs into another parcel, and waits for the right one', async () => {
    const { id, waybillNo, certificateNo } = await parcel();
    const other = await parcel();
    const { parcels, rows, scan } = await courierPage();
    await scan(waybillNo);
    await until(() => parcels.now.scan.scan.step === 'certificate');
    await scan(other.certificateNo);
    await until(() => parcels.now.scan.verdict.kind === 'bad');
    expect(parcels.now.scan.verdict).toMatchObject({ title: '证照与面单不是一件' });
    expect(rows().find((each) => each.id === id)?.state).toBe('ordered');
    await scan(certificateNo);
    await until(() => parcels.now.scan.verdict.kind === 'good');
  });

  it('says at once what is no waybill number, and asks nobody', async () => {
    const { parcels, scan } = await courierPage();
    network.sent.length = 0;
    await scan('不是邮件号');
    await until(() => parcels.now.scan.verdict.kind === 'bad');
    expect(network.sent).toEqual([]);
  });

  it('puts a parcel aside that was handed over already', async () => {
    const { waybillNo, certificateNo } = await parcel();
    const { parcels, scan } = await courierPage();
    for (const code of [waybillNo, certificateNo, waybillNo]) await scan(code);
    await until(() => parcels.now.scan.verdict.kind === 'bad');
    expect(parcels.now.scan.scan.step).toBe('waybill');
  });

  it('keeps the step where the line is cut, so that the same scan can be made again', async () => {
    const { waybillNo, certificateNo } = await parcel();
    const { parcels, scan } = await courierPage();
    await scan(waybillNo);
    await until(() => parcels.now.scan.scan.step === 'certificate');
    network.cut();
    await scan(certificateNo);
    await until(() => parcels.now.scan.verdict.kind === 'bad');
    expect(parcels.now.scan.scan.step).toBe('certificate');
    network.restore();
    await scan(certificateNo);
    await until(() => parcels.now.scan.verdict.kind === 'good');
  });

  it('finds a parcel in the list by its waybill number', async () => {
    const { id, waybillNo } = await parcel();
    const { parcels, rows } = await courierPage();
    parcels.now.setQ(waybillNo);
    await until(() => rows().length === 1 && rows()[0]?.id === id);
    parcels.now.setQ('EA000000000CN');
    await until(() => parcels.now.pages.state.status === 'ready' && rows().length === 0);
  });
});

describe('a parcel in its drawer', () => {
  it('is shown in full, and says so where it can’t be loaded', async () => {
    const { id } = await parcel();
    await signInStaff(page.world, { role: 'courier_desk', hallId: caseHall() });
    network.cut();
    const drawer = openHook(() => useParcel(id, () => undefined));
    await until(() => drawer.now.state.status === 'error');
    network.restore();
    drawer.now.reload();
    await until(() => drawer.now.state.status === 'ready');
    expect(drawer.now.state).toMatchObject({ data: { id, state: 'ordered' } });
  });
});

describe('payments', () => {
  it('are refunded once, where the answer got lost, too', async () => {
    const { payment } = await parcel();
    await signInStaff(page.world, { role: 'manager', hallId: caseHall() });
    const payments = openHook(usePaymentsPage);
    const row = () => {
      const { state } = payments.now.pages;
      return state.status === 'ready' ? state.data.items.find(({ id }) => id === payment?.id) : undefined;
    };
    const paid = await until(row);
    payments.now.choose(paid);
    await until(() => payments.now.refunding);
    network.loseAnswers(/refund/);
    await payments.now.refund(5, '多收的邮费');
    await until(() => payments.now.problem?.code === 'OFFLINE' && !payments.now.busy);
    network.restore();
    await payments.now.refund(5, '多收的邮费');
    await until(() => payments.now.refunding === undefined);
    const [first, ...again] = network.requestIds(/refund/);
    expect(again).toEqual([first]);
    await eventually('the refund', async () => {
      await page.world.drain();
      payments.now.pages.reload();
      await network.idle();
      return row()?.refundedFen === 500;
    });
  });
});
