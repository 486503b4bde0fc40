import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseEntity, CertificateEntity } from '../../../apps/api/src/cases/case.entity.js';
import {
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
afterAll(() => world.close());

async function outcomes(calls: readonly Promise<unknown>[]): Promise<string[]> {
  const results = await Promise.allSettled(calls);
  return results
    .map((each) => (each.status === 'fulfilled' ? 'ok' : (each.reason as { code: string }).code))
    .sort();
}

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('many at once', () => {
  it('opens one case where ten try with one ticket', async () => {
    const item = await itemLike(world);
    const { clerk, ticketId } = await servedVisit(world, item, await newCitizen(world));
    const open = (id: string) =>
      clerk.api.cases.open({ requestId: id, ticketId, receivedMaterialIds: item.requiredIds });
    expect(await outcomes(times(10).map(() => open(requestId())))).toEqual([
      ...times(9).map(() => 'CASE_ALREADY_OPENED'),
      'ok',
    ]);
    expect(await world.dataSource.getRepository(CaseEntity).countBy({ ticketId })).toBe(1);
  });

  it('gives ten retries of one request the same case', async () => {
    const item = await itemLike(world);
    const { clerk, ticketId } = await servedVisit(world, item, await newCitizen(world));
    const input = { requestId: requestId(), ticketId, receivedMaterialIds: item.requiredIds };
    const all = await Promise.all(times(10).map(() => clerk.api.cases.open(input)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  });

  it('gives cases that are opened side by side consecutive numbers', async () => {
    const item = await itemLike(world);
    const visits = [];
    for (const _ of times(10)) visits.push(await servedVisit(world, item, await newCitizen(world)));
    const opened = await Promise.all(
      visits.map(({ clerk, ticketId }) =>
        clerk.api.cases.open({ requestId: requestId(), ticketId, receivedMaterialIds: item.requiredIds }),
      ),
    );
    const serials = opened.map(({ caseNo }) => Number(caseNo.slice(12, 18))).sort((a, b) => a - b);
    expect(serials).toEqual(times(10).map((index) => (serials[0] ?? 0) + index));
  });

  it('decides once', async () => {
    const opened = await openCase(world);
    await toDeciding(opened);
    const { caseId, clerk, manager } = opened;
    const decisions = times(8).map((index) =>
      index % 2 === 0
        ? clerk.api.cases.decide({ caseId, result: 'granted' })
        : manager.api.cases.decide({ caseId, result: 'refused', reason: '不符合条件' }),
    );
    expect(await outcomes(decisions)).toEqual([...times(7).map(() => 'CASE_STATE'), 'ok']);
    const { timeline } = await clerk.api.cases.getOfHall({ caseId });
    expect(timeline.filter(({ title }) => title.startsWith('作出'))).toHaveLength(1);
  });

  it('issues one certificate, and either withdraws or decides', async () => {
    const first = await openCase(world, { certificate: true });
    await toGranted(first);
    const issue = () => first.clerk.api.cases.issueCertificate({ caseId: first.caseId });
    expect(await outcomes(times(6).map(issue))).toEqual([
      ...times(5).map(() => 'CERTIFICATE_ALREADY_ISSUED'),
      'ok',
    ]);
    const certificates = world.dataSource.getRepository(CertificateEntity);
    expect(await certificates.countBy({ caseId: first.caseId })).toBe(1);
    const second = await openCase(world);
    await toDeciding(second);
    const { caseId, clerk, citizen } = second;
    const race = [
      clerk.api.cases.decide({ caseId, result: 'granted' }),
      citizen.client.cases.withdraw({ caseId }),
    ];
    expect(await outcomes(race)).toEqual(['CASE_STATE', 'ok']);
  });
});
