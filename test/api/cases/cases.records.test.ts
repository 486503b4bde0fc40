import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditEntity } from '../../../apps/api/src/audit/audit.entity.js';
import { CaseEntity } from '../../../apps/api/src/cases/case.entity.js';
import { CasesService } from '../../../apps/api/src/cases/cases.service.js';
import { Transactions } from '../../../apps/api/src/db/transactions.js';
import { openCase, requestId, toClosed, toGranted } from '../../support/builders/cases.js';
import { seedCity } from '../../support/builders/city.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  await seedCity(world);
});
beforeEach(() => world.clock.set('2026-07-14T01:30:00Z'));
afterAll(() => world.close());

const refusal = (code: string) => ({ code });

describe('the certificate', () => {
  it('is issued once, with a number of its own or the typed one, which nobody else has', async () => {
    const first = await openCase(world, { certificate: true });
    await toGranted(first);
    const { clerk, caseId } = first;
    const number = `RC-${requestId()}`;
    const issued = await clerk.api.cases.issueCertificate({ caseId, certificateNo: number });
    expect(issued.certificate?.certificateNo).toBe(number);
    await expect(clerk.api.cases.issueCertificate({ caseId })).rejects.toMatchObject(
      refusal('CERTIFICATE_ALREADY_ISSUED'),
    );
    const second = await openCase(world, { certificate: true });
    await toGranted(second);
    const again = second.clerk.api.cases.issueCertificate({ caseId: second.caseId, certificateNo: number });
    await expect(again).rejects.toMatchObject(refusal('CERTIFICATE_NUMBER_TAKEN'));
    const own = await second.clerk.api.cases.issueCertificate({ caseId: second.caseId });
    expect(own.certificate?.certificateNo).toBe(`Z${second.opened.caseNo}`);
  });

  it('is handed over once, and not while a courier order waits for it', async () => {
    const opened = await openCase(world, { certificate: true });
    const { clerk, caseId, citizen } = opened;
    await toClosed(opened);
    const cases = world.get(CasesService);
    const deliveryId = opened.ticketId;
    const transactions = world.get(Transactions);
    await transactions.run(async (em) => {
      const file = await cases.lockForDelivery(em, caseId, citizen.id);
      expect(file).toMatchObject({ state: 'closed', deliveryId: null, certificate: { place: 'at_hall' } });
      await cases.linkDelivery(em, caseId, { deliveryId, waybillNo: 'EX000000005CN' });
    });
    await expect(clerk.api.cases.handOverCertificate({ caseId })).rejects.toMatchObject(
      refusal('CASE_STATE'),
    );
    expect((await citizen.client.cases.getMine({ caseId })).waybillNo).toBe('EX000000005CN');
    const other = await openCase(world);
    const taken = transactions.run((em) =>
      cases.linkDelivery(em, other.caseId, { deliveryId: other.ticketId, waybillNo: 'EX000000005CN' }),
    );
    await expect(taken).rejects.toMatchObject(refusal('WAYBILL_TAKEN'));
    await transactions.run((em) => cases.linkDelivery(em, caseId, null));
    const handed = await clerk.api.cases.handOverCertificate({ caseId });
    expect(handed.certificate?.place).toBe('handed_over');
    await expect(clerk.api.cases.handOverCertificate({ caseId })).rejects.toMatchObject(
      refusal('CASE_STATE'),
    );
  });
});

describe('what is kept', () => {
  it('audits every act of staff', async () => {
    const opened = await openCase(world, { steps: '1+1', certificate: true });
    await toClosed(opened);
    await opened.clerk.api.cases.handOverCertificate({ caseId: opened.caseId });
    const entries = await world.dataSource
      .getRepository(AuditEntity)
      .find({ where: { subjectId: opened.caseId }, order: { id: 'ASC' } });
    expect(entries.map(({ action }) => action)).toEqual([
      'case.open',
      'case.advance',
      'case.decide',
      'case.issueCertificate',
      'case.close',
      'case.handOverCertificate',
    ]);
    expect(entries.every(({ actorId }) => actorId === opened.clerk.staffId)).toBe(true);
    expect(entries[1]).toMatchObject({ before: { state: 'accepted' }, after: { state: 'deciding' } });
  });

  it('finds cases of the hall by a part of the number, by state and by day, page by page', async () => {
    const { clerk, opened } = await openCase(world);
    const { cases } = clerk.api;
    const ids = async (filter: object) => (await cases.listOfHall(filter)).items.map(({ id }) => id);
    expect(await ids({ q: opened.caseNo.slice(-6).toLowerCase() })).toEqual([opened.id]);
    expect(await ids({ q: '%' })).toEqual([]);
    expect((await ids({ state: 'accepted', day: '2026-07-14' }))[0]).toBe(opened.id);
    expect(await ids({ day: '2026-07-13' })).toEqual([]);
    const first = await cases.listOfHall({ limit: 1 });
    expect(first.items[0]?.id).toBe(opened.id);
    const next = await cases.listOfHall({ limit: 1, cursor: first.nextCursor ?? undefined });
    expect(next.items[0]?.id).not.toBe(opened.id);
  });

  it('gives the numbers of a hall and day without a gap', async () => {
    await openCase(world);
    const rows = await world.dataSource.getRepository(CaseEntity).find({ order: { caseNo: 'ASC' } });
    const serials = rows.map(({ caseNo }) => Number(caseNo.slice(12, 18)));
    expect(serials).toEqual(serials.map((_, index) => index + 1));
  });
});
