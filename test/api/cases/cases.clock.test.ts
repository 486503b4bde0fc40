import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { openCase, toDeciding, type OpenedCase } from '../../support/builders/cases.js';
import { seedCity } from '../../support/builders/city.js';
import { CaseEntity } from '../../../apps/api/src/cases/case.entity.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  await seedCity(world);
});
/** A Thursday; the demo hall has a short Saturday, and 25–27 September 2026 is the Mid-Autumn holiday (国务院办公厅 notice for 2026). */
const THURSDAY = '2026-07-16T10:00:00+08:00';
beforeEach(() => world.clock.set(THURSDAY));
afterAll(() => world.close());

const at = (text: string) => world.clock.set(`${text}+08:00`);
const local = (iso: string) => new Date(Date.parse(iso) + 8 * 3600_000).toISOString().slice(0, 16);

/** Sets the promise of a case that was just opened: the demo's own numbers are not this test's subject. */
async function promise(opened: OpenedCase, value: number, unit: 'minute' | 'hour' | 'workday') {
  const rows = world.dataSource.getRepository(CaseEntity);
  await rows.update({ id: opened.caseId }, { promisedValue: value, promisedUnit: unit });
}

async function deadline({ clerk, caseId }: OpenedCase) {
  return (await clerk.api.cases.getOfHall({ caseId })).deadline;
}

describe('the promised time', () => {
  it('counts workdays over a weekend, from the day after acceptance to the end of the last one', async () => {
    const opened = await openCase(world);
    await promise(opened, 3, 'workday');
    const first = await deadline(opened);
    expect(local(first.dueAt)).toBe('2026-07-21T17:00');
    expect(first).toMatchObject({ state: 'running', remainingText: '还剩 3 个工作日', progress: 0 });
    at('2026-07-20T10:00:00');
    expect((await deadline(opened)).remainingText).toBe('还剩 1 个工作日');
    at('2026-07-21T16:59:59');
    expect(await deadline(opened)).toMatchObject({ state: 'running', remainingText: '今天到期' });
    at('2026-07-21T17:00:01');
    expect(await deadline(opened)).toMatchObject({
      state: 'overdue',
      remainingText: '今天已超时',
      progress: 1,
    });
    at('2026-07-23T09:00:00');
    expect((await deadline(opened)).remainingText).toBe('已超 2 个工作日');
  });

  it('counts minutes while the hall is open only', async () => {
    at('2026-07-16T11:50:00');
    const opened = await openCase(world);
    await promise(opened, 90, 'minute');
    const { dueAt, remainingText } = await deadline(opened);
    expect(remainingText).toBe('还剩 1 小时 30 分钟');
    const calendarDue = new Date(dueAt).getTime() - world.now.getTime();
    // The hall shuts for lunch, so more than 90 minutes pass on the wall clock.
    expect(calendarDue).toBeGreaterThan(90 * 60_000);
  });

  it('stands during 特别程序 and moves by exactly the stopped workdays, across a weekend', async () => {
    const opened = await openCase(world);
    const { clerk, caseId } = opened;
    await promise(opened, 3, 'workday');
    at('2026-07-17T10:00:00');
    const stopped = await clerk.api.cases.suspend({ caseId, reason: '需要现场察勘' });
    expect(stopped.deadline).toMatchObject({ state: 'stopped', remainingText: '暂停计时，还剩 2 个工作日' });
    at('2026-07-22T10:00:00');
    expect((await deadline(opened)).remainingText).toBe('暂停计时，还剩 2 个工作日');
    const going = await clerk.api.cases.resume({ caseId });
    // Stopped on Friday, going on Wednesday: Monday, Tuesday and Wednesday are not counted.
    expect(local(going.deadline.dueAt)).toBe('2026-07-24T17:00');
    expect(going).toMatchObject({ state: 'accepted', deadline: { state: 'running' } });
    expect(going.timeline.at(-1)?.text).toBe('办结期限顺延至 7月24日 周五 17:00');
  });

  it('moves across a public holiday', async () => {
    at('2026-09-24T10:00:00');
    const opened = await openCase(world);
    const { clerk, caseId } = opened;
    await promise(opened, 2, 'workday');
    expect(local((await deadline(opened)).dueAt)).toBe('2026-09-29T17:00');
    await clerk.api.cases.askCorrection({ caseId, reason: '请补交户口簿' });
    at('2026-09-28T15:00:00');
    const back = await clerk.api.cases.receiveCorrection({ caseId });
    expect(local(back.deadline.dueAt)).toBe('2026-09-30T17:00');
  });

  it('adds the stopped minutes of opening hours to a promise in minutes, twice', async () => {
    const opened = await openCase(world);
    const { clerk, caseId } = opened;
    await promise(opened, 60, 'minute');
    expect(local((await deadline(opened)).dueAt)).toBe('2026-07-16T11:00');
    at('2026-07-16T10:10:00');
    await clerk.api.cases.suspend({ caseId, reason: '专家评审' });
    at('2026-07-16T10:25:00');
    await clerk.api.cases.resume({ caseId });
    expect(local((await deadline(opened)).dueAt)).toBe('2026-07-16T11:15');
    await clerk.api.cases.askCorrection({ caseId, reason: '补照片' });
    at('2026-07-16T10:30:00');
    const end = await clerk.api.cases.receiveCorrection({ caseId });
    expect(local(end.deadline.dueAt)).toBe('2026-07-16T11:20');
    expect(end.deadline.progress).toBeCloseTo(10 / 60, 5);
  });

  it('is met or missed by the decision, whatever happens afterwards', async () => {
    const kept = await openCase(world);
    await promise(kept, 1, 'workday');
    await toDeciding(kept);
    await kept.clerk.api.cases.decide({ caseId: kept.caseId, result: 'granted' });
    const late = await openCase(world);
    await promise(late, 1, 'workday');
    await toDeciding(late);
    at('2026-07-21T10:00:00');
    await late.clerk.api.cases.decide({ caseId: late.caseId, result: 'granted' });
    at('2026-08-20T10:00:00');
    expect(await deadline(kept)).toMatchObject({ state: 'met', remainingText: '已在承诺时限内作出决定' });
    expect(await deadline(late)).toMatchObject({
      state: 'overdue',
      remainingText: '已超 2 个工作日作出决定',
    });
  });

  it('ends with a withdrawn case, also while it stands', async () => {
    const opened = await openCase(world);
    await opened.clerk.api.cases.suspend({ caseId: opened.caseId, reason: '听证' });
    world.clock.advance(3600_000);
    const gone = await opened.citizen.client.cases.withdraw({ caseId: opened.caseId });
    expect(gone.deadline).toMatchObject({ state: 'met', remainingText: '不再计时' });
    const { clockStops } = await world.dataSource
      .getRepository(CaseEntity)
      .findOneByOrFail({ id: opened.caseId });
    expect(clockStops.map(({ to }) => to)).toEqual([world.now.toISOString()]);
  });

  it('is watched: overdue cases are counted, stopped and decided ones are not', async () => {
    const before = await overdue();
    const running = await openCase(world);
    const standing = await openCase(world);
    await standing.clerk.api.cases.suspend({ caseId: standing.caseId, reason: '检测' });
    at('2027-01-20T10:00:00');
    expect((await overdue()) - before).toBeGreaterThanOrEqual(1);
    const count = await overdue();
    await running.citizen.client.cases.withdraw({ caseId: running.caseId });
    expect(await overdue()).toBe(count - 1);
  });
});

async function overdue(): Promise<number> {
  await world.runRepeat('cases.count-overdue');
  const metric = await world.get(Registry).getSingleMetric('haoban_cases_overdue')?.get();
  return metric?.values[0]?.value ?? 0;
}
