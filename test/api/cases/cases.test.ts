import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isCaseNumber } from '@haoban/domain';
import {
  caseHall,
  itemLike,
  openCase,
  requestId,
  servedVisit,
  toDeciding,
  toGranted,
} from '../../support/builders/cases.js';
import { newCitizen } from '../../support/builders/citizen.js';
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

describe('opening a case', () => {
  it('takes the citizen of the ticket, numbers the case and starts the promised clock', async () => {
    const { opened, citizen, item, ticketId } = await openCase(world, { steps: '2+1', unit: 'workday' });
    expect(isCaseNumber(opened.caseNo)).toBe(true);
    expect(opened.caseNo).toMatch(/^RCSM20260714/);
    expect(opened).toMatchObject({
      state: 'accepted',
      stateText: '已受理',
      ticketId,
      itemName: item.name,
      steps: '2+1',
      deadline: { state: 'running', promised: item.promised },
    });
    expect(opened.applicantMasked).toBe(citizen.name[0] + '*'.repeat(citizen.name.length - 1));
    expect(opened.materials.filter(({ required }) => required).every(({ received }) => received)).toBe(true);
    expect(opened.stages.map(({ key, state }) => `${key} ${state}`)).toEqual([
      'accepted current',
      'reviewing ahead',
      'deciding ahead',
      'decided ahead',
      'closed ahead',
    ]);
    expect((await citizen.client.cases.listMine({})).items.map(({ id }) => id)).toEqual([opened.id]);
    expect((await citizen.client.queue.getMine({ ticketId })).caseId).toBe(opened.id);
  });

  it('keeps name, ID number and phone encrypted', async () => {
    const { caseId, citizen } = await openCase(world);
    const stored = JSON.stringify(
      await world.dataSource.query('SELECT * FROM case_file WHERE id = ?', [caseId]),
    );
    for (const secret of [citizen.name, citizen.idNumber, citizen.phone])
      expect(stored).not.toContain(secret);
  });

  it('takes a walk-in by what the clerk types, and links the account with that ID number and name', async () => {
    const item = await itemLike(world);
    const known = await newCitizen(world);
    const applicant = { name: known.name, idNumber: known.idNumber.toLowerCase(), phone: '138 0591 2345' };
    const { clerk, ticketId } = await servedVisit(world, item);
    const input = { requestId: requestId(), ticketId, receivedMaterialIds: item.requiredIds };
    await expect(clerk.api.cases.open(input)).rejects.toMatchObject(refusal('CASE_APPLICANT_REQUIRED'));
    const bad = (change: object) =>
      clerk.api.cases.open({ ...input, applicant: { ...applicant, ...change } });
    await expect(bad({ name: '小明123' })).rejects.toMatchObject(refusal('NAME_INVALID'));
    await expect(bad({ idNumber: '359901199003070019' })).rejects.toMatchObject(refusal('ID_NUMBER_INVALID'));
    await expect(bad({ phone: '12345' })).rejects.toMatchObject(refusal('PHONE_INVALID'));
    const opened = await clerk.api.cases.open({ ...input, applicant });
    expect(opened.phoneMasked).toBe('138****2345');
    expect((await known.client.cases.getMine({ caseId: opened.id })).caseNo).toBe(opened.caseNo);
  });

  it('does not link an account whose name is another', async () => {
    const item = await itemLike(world);
    const known = await newCitizen(world);
    const { clerk, ticketId } = await servedVisit(world, item);
    const opened = await clerk.api.cases.open({
      requestId: requestId(),
      ticketId,
      receivedMaterialIds: item.requiredIds,
      applicant: { name: '王小二', idNumber: known.idNumber },
    });
    await expect(known.client.cases.getMine({ caseId: opened.id })).rejects.toMatchObject(
      refusal('NOT_FOUND'),
    );
  });

  it('names the required materials that are missing, and refuses those of other items', async () => {
    const item = await itemLike(world);
    const { clerk, ticketId } = await servedVisit(world, item, await newCitizen(world));
    const [first = '', ...rest] = item.requiredIds;
    const input = { requestId: requestId(), ticketId };
    await expect(clerk.api.cases.open({ ...input, receivedMaterialIds: rest })).rejects.toMatchObject({
      code: 'MATERIALS_MISSING',
      details: { missing: [{ id: first, name: expect.any(String) }] },
    });
    const foreign = { ...input, receivedMaterialIds: [...item.requiredIds, ticketId] };
    await expect(clerk.api.cases.open(foreign)).rejects.toMatchObject(refusal('VALIDATION_FAILED'));
  });

  it('is for tickets that are being served, one case each', async () => {
    const { clerk, ticketId, item, desk } = await openCase(world);
    const open = (ticket: string, itemId?: string) =>
      clerk.api.cases.open({
        requestId: requestId(),
        ticketId: ticket,
        receivedMaterialIds: item.requiredIds,
        ...(itemId ? { itemId } : {}),
      });
    await expect(open(ticketId)).rejects.toMatchObject(refusal('CASE_ALREADY_OPENED'));
    await expect(open(ticketId, caseHall())).rejects.toMatchObject(refusal('ITEM_NOT_FOUND'));
    await desk.finish();
    await expect(open(ticketId)).rejects.toMatchObject(refusal('TICKET_STATE'));
    await expect(open(caseHall())).rejects.toMatchObject(refusal('NOT_FOUND'));
    const other = await servedVisit(world, item, await newCitizen(world));
    await expect(open(other.ticketId)).rejects.toMatchObject(refusal('TICKET_STATE'));
  });

  it('is refused for an item that this hall does not offer', async () => {
    const item = await itemLike(world);
    const rows = await world.dataSource.query<{ item_id: string }[]>(
      'SELECT item_id FROM item_place GROUP BY item_id HAVING SUM(hall_id = ?) = 0',
      [caseHall()],
    );
    const { clerk, ticketId } = await servedVisit(world, item, await newCitizen(world));
    const input = { requestId: requestId(), ticketId, receivedMaterialIds: [] };
    await expect(clerk.api.cases.open({ ...input, itemId: rows[0]?.item_id })).rejects.toMatchObject(
      refusal('ITEM_NOT_OFFERED'),
    );
  });

  it('answers a retry with the first case, also after the visit, but not another content', async () => {
    const item = await itemLike(world);
    const { clerk, ticketId, desk } = await servedVisit(world, item, await newCitizen(world));
    const input = { requestId: requestId(), ticketId, receivedMaterialIds: item.requiredIds };
    const first = await clerk.api.cases.open(input);
    expect((await clerk.api.cases.open(input)).id).toBe(first.id);
    await desk.finish();
    expect((await clerk.api.cases.open(input)).id).toBe(first.id);
    await expect(clerk.api.cases.open({ ...input, receivedMaterialIds: [] })).rejects.toMatchObject(
      refusal('REQUEST_ID_REUSED'),
    );
  });
});

describe('a walk-in’s case under the same request id', () => {
  it('is the first answer for the same person as typed, and refused for a corrected one', async () => {
    const item = await itemLike(world);
    const { clerk, ticketId } = await servedVisit(world, item);
    const { name, idNumber } = await newCitizen(world);
    const applicant = { name, idNumber, phone: '13805912345' };
    const input = { requestId: requestId(), ticketId, receivedMaterialIds: item.requiredIds };
    const first = await clerk.api.cases.open({ ...input, applicant });
    const again = { ...applicant, idNumber: idNumber.toLowerCase(), phone: '138 0591 2345' };
    expect((await clerk.api.cases.open({ ...input, applicant: again })).id).toBe(first.id);
    const other = (await newCitizen(world)).idNumber;
    for (const change of [{ name: '王小二' }, { idNumber: other }, { phone: '13805912346' }]) {
      const corrected = { ...input, applicant: { ...applicant, ...change } };
      await expect(clerk.api.cases.open(corrected)).rejects.toMatchObject(refusal('REQUEST_ID_REUSED'));
    }
  });
});

describe('the course of a case', () => {
  it('goes from acceptance to the end, and the resident reads every step', async () => {
    const opened = await openCase(world, { steps: '2+1', certificate: true, courier: true });
    const { clerk, caseId, citizen, desk } = opened;
    await desk.finish();
    expect((await clerk.api.cases.advance({ caseId, note: '内部备注' })).state).toBe('reviewing');
    expect((await clerk.api.cases.advance({ caseId })).state).toBe('deciding');
    const granted = await clerk.api.cases.decide({ caseId, result: 'granted' });
    expect(granted).toMatchObject({ state: 'decided', result: 'granted', deadline: { state: 'met' } });
    expect(granted.actions).toEqual(['issueCertificate']);
    await expect(clerk.api.cases.close({ caseId })).rejects.toMatchObject(refusal('CERTIFICATE_NOT_ISSUED'));
    const issued = await clerk.api.cases.issueCertificate({ caseId, copies: 2 });
    expect(issued.certificate).toMatchObject({ copies: 2, place: 'at_hall' });
    expect(issued.actions).toEqual(['close', 'handOverCertificate']);
    expect((await citizen.client.cases.getMine({ caseId })).actions).toContain('send_by_courier');
    const closed = await clerk.api.cases.close({ caseId });
    expect(closed.stages.every(({ state }) => state === 'done')).toBe(true);
    const mine = await citizen.client.cases.getMine({ caseId });
    expect(mine.actions).toEqual(['send_by_courier', 'rate']);
    expect(mine.timeline.map(({ title }) => title)).toEqual([
      '已受理',
      '受理完成，进入审核环节',
      '审核通过，进入决定环节',
      '作出准予决定',
      '证照已制作',
      '已办结',
    ]);
    expect(JSON.stringify(mine)).not.toContain('内部备注');
  });

  it('skips the review where one reviewer and one approver are enough', async () => {
    const { clerk, caseId } = await openCase(world, { steps: '1+1' });
    const deciding = await clerk.api.cases.advance({ caseId });
    expect(deciding.state).toBe('deciding');
    expect(deciding.stages.map(({ key }) => key)).toEqual(['accepted', 'deciding', 'decided', 'closed']);
  });

  it('lets a clerk grant but not refuse; the manager refuses with a reason', async () => {
    const opened = await openCase(world);
    const { clerk, manager, caseId, citizen } = opened;
    await toDeciding(opened);
    const refuse = { caseId, result: 'refused', reason: '不符合申请条件' } as const;
    await expect(clerk.api.cases.decide(refuse)).rejects.toMatchObject(refusal('REFUSAL_NEEDS_SUPERVISOR'));
    await expect(manager.api.cases.decide({ caseId, result: 'refused' })).rejects.toMatchObject(
      refusal('REASON_REQUIRED'),
    );
    const refused = await manager.api.cases.decide(refuse);
    expect(refused).toMatchObject({ state: 'decided', result: 'refused' });
    await expect(clerk.api.cases.issueCertificate({ caseId })).rejects.toMatchObject(
      refusal('CERTIFICATE_NOT_APPLICABLE'),
    );
    expect((await clerk.api.cases.close({ caseId })).state).toBe('closed');
    const { timeline } = await citizen.client.cases.getMine({ caseId });
    expect(timeline.find(({ title }) => title === '作出不予许可决定')?.text).toBe('不符合申请条件');
  });

  it('refuses every step that the state does not know', async () => {
    const { clerk, caseId } = await openCase(world);
    const { cases } = clerk.api;
    for (const step of [
      () => cases.resume({ caseId }),
      () => cases.receiveCorrection({ caseId }),
      () => cases.decide({ caseId, result: 'granted' }),
      () => cases.close({ caseId }),
      () => cases.issueCertificate({ caseId }),
    ]) {
      await expect(step()).rejects.toMatchObject(refusal('CASE_STATE'));
    }
    await expect(cases.handOverCertificate({ caseId })).rejects.toMatchObject(
      refusal('CERTIFICATE_NOT_ISSUED'),
    );
  });

  it('ends where the manager does not accept, and a stage mark says so', async () => {
    const { manager, caseId } = await openCase(world);
    const ended = await manager.api.cases.notAccept({ caseId, reason: '不属于本部门职权' });
    expect(ended).toMatchObject({ state: 'not_accepted', actions: [], closedAt: expect.any(String) });
    expect(ended.stages.map(({ name, state }) => `${name} ${state}`)).toEqual([
      '受理 done',
      '不予受理 current',
    ]);
    await expect(manager.api.cases.notAccept({ caseId, reason: '再次' })).rejects.toMatchObject(
      refusal('CASE_STATE'),
    );
  });

  it('lets the applicant withdraw before the decision, not after', async () => {
    const first = await openCase(world);
    const gone = await first.citizen.client.cases.withdraw({ caseId: first.caseId, reason: '不办了' });
    expect(gone).toMatchObject({ state: 'withdrawn', actions: [] });
    const second = await openCase(world);
    await toGranted(second);
    await expect(second.citizen.client.cases.withdraw({ caseId: second.caseId })).rejects.toMatchObject(
      refusal('CASE_STATE'),
    );
  });
});
