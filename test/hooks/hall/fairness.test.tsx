/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { describe, expect, it } from '@jest/globals';
import { useReleasesPage } from '../../../apps/hall/src/fairness/use-releases-page.js';
import { useWaitlistPage } from '../../../apps/hall/src/fairness/use-waitlist-page.js';
import { useAppealsPage } from '../../../apps/hall/src/people/use-appeals-page.js';
import { useChecksPage } from '../../../apps/hall/src/people/use-checks-page.js';
import { newHall, requestId, slotAt } from '../../support/builders/booking.js';
import { idNumberOf, newCitizen } from '../../support/builders/citizen.js';
import { joinWaitlist, newFullDay } from '../../support/builders/waitlist.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { until } from '../support/page.js';

const page = openHall(() => newWorld());
const DAY = '2026-07-15';

/** What a list shows once it is there. */
function shown<T>(state: { status: string; data?: T }): T | undefined {
  return state.status === 'ready' ? state.data : undefined;
}

describe('the manager’s waitlist and releases', () => {
  it('opens on the next day for which anybody waits, today where nobody does', async () => {
    const full = await newFullDay(page.world);
    await signInStaff(page.world, { role: 'manager', hallId: full.hall.hallId });
    const idle = openHook(useWaitlistPage);
    await until(() => shown(idle.now.list.state)?.items.length === 0);
    expect(idle.now.day).toBe('2026-07-14');
    await joinWaitlist(page.world, full);
    const waitlist = openHook(useWaitlistPage);
    await until(() => shown(waitlist.now.list.state)?.items.length === 1);
    expect(waitlist.now.day).toBe(DAY);
  });

  it('shows who waits for a day, and lets a returned place out early, with a reason', async () => {
    const full = await newFullDay(page.world, { policy: { reopen: { minMinutes: 60, maxMinutes: 90 } } });
    await joinWaitlist(page.world, full);
    await signInStaff(page.world, { role: 'manager', hallId: full.hall.hallId });
    const waitlist = openHook(useWaitlistPage);
    waitlist.now.setDay(DAY);
    await until(() => shown(waitlist.now.list.state)?.items.length === 1);
    expect(shown(waitlist.now.list.state)?.items[0]).toMatchObject({ state: 'waiting', personName: '陈**' });

    const [holder] = full.holders;
    await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
    const releases = openHook(useReleasesPage);
    releases.now.setDay(DAY);
    await until(() => shown(releases.now.list.state)?.returns.length === 1);
    const [back] = shown(releases.now.list.state)?.returns ?? [];
    releases.now.act.ask(back);
    await until(() => releases.now.act.asking);
    void releases.now.reopen('当天人手够');
    await until(() => shown(releases.now.list.state)?.returns[0]?.wentTo === 'waitlist');
    expect(releases.now.act.asking).toBeUndefined();
    waitlist.now.list.reload();
    await until(() => shown(waitlist.now.list.state)?.items[0]?.state === 'offered');
  });
});

describe('appeals at the manager’s', () => {
  it('are decided with words; a refusal without a reason stays a question, with why', async () => {
    const { world } = page;
    const hall = await newHall(world, { places: 5 });
    const citizen = await newCitizen(world);
    world.clock.set(`${DAY}T00:00:00Z`);
    const slot = await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day: DAY, time: '10:00' });
    const booking = await citizen.client.booking.reserve({
      requestId: requestId(),
      itemId: hall.a.itemId,
      slotId: slot.id,
    });
    world.clock.set(`${DAY}T09:00:00Z`);
    await world.runRepeat('booking.mark-no-shows');
    await citizen.client.people.appeal({ bookingId: booking.id, text: '孩子发烧，有挂号单。' });
    await signInStaff(world, { role: 'manager', hallId: hall.hallId });
    const appeals = openHook(useAppealsPage);
    await until(() => shown(appeals.now.pages.state)?.items.length === 1);
    const [appeal] = shown(appeals.now.pages.state)?.items ?? [];
    if (!appeal) throw new Error('No appeal');
    appeals.now.act.ask({ appeal, result: 'refused' });
    await until(() => appeals.now.act.asking);
    void appeals.now.decide('');
    await until(() => appeals.now.act.problem?.code === 'REASON_REQUIRED');
    appeals.now.act.ask({ appeal, result: 'granted' });
    await until(() => appeals.now.act.asking?.result === 'granted');
    void appeals.now.decide('情况属实');
    await until(() => shown(appeals.now.pages.state)?.items[0]?.state === 'granted');
  });
});

describe('checks at the desk', () => {
  it('grant an authorisation for the paper that was seen, and refuse evidence with a reason', async () => {
    const { world } = page;
    const agent = await newCitizen(world);
    await agent.client.people.declareAuthorisation({
      kind: 'family',
      relation: 'parent',
      name: '陈阿婆',
      idNumber: idNumberOf(701, '19440101'),
    });
    await agent.client.people.declareGreen({ reason: 'disabled', document: '残疾人证 35010119900101001X' });
    const hall = await newHall(world);
    await signInStaff(world, { role: 'clerk', hallId: hall.hallId });
    const checks = openHook(useChecksPage);
    await until(() => shown(checks.now.authorisations.state)?.items.length);
    const [row] = shown(checks.now.authorisations.state)?.items ?? [];
    if (!row) throw new Error('Nothing to check');
    checks.now.act.ask({ kind: 'authorisation', row, act: 'grant' });
    await until(() => checks.now.act.asking);
    void checks.now.decide('户口簿原件');
    await until(() => shown(checks.now.authorisations.state)?.items[0]?.state === 'active');
    await until(() => shown(checks.now.green.state)?.items.length);
    const [evidence] = shown(checks.now.green.state)?.items ?? [];
    if (!evidence) throw new Error('No evidence');
    checks.now.act.ask({ kind: 'green', row: evidence, act: 'refuse' });
    await until(() => checks.now.act.asking?.kind === 'green');
    void checks.now.decide('证件已过期');
    await until(() => shown(checks.now.green.state)?.items[0]?.state === 'refused');
    expect(checks.now.done).toContain('已核对');
  });

  it('register an authorisation at once where everybody is there, and say why it can’t be', async () => {
    const { world } = page;
    const hall = await newHall(world);
    await signInStaff(world, { role: 'clerk', hallId: hall.hallId });
    const checks = openHook(useChecksPage);
    checks.now.act.ask({ kind: 'register' });
    await until(() => checks.now.act.asking?.kind === 'register');
    const input = {
      kind: 'family' as const,
      name: '陈阿公',
      idNumber: idNumberOf(702, '19400101'),
      relation: 'parent' as const,
      paper: '户口簿',
    };
    void checks.now.register({ ...input, agentIdNumber: idNumberOf(999, '19770101') });
    await until(() => checks.now.act.problem?.code === 'AUTHORISATION_AGENT_UNKNOWN');
    expect(checks.now.act.asking?.kind).toBe('register');
    const agentIdNumber = idNumberOf(703, '19800101');
    await newCitizen(world, { idNumber: agentIdNumber });
    void checks.now.register({ ...input, agentIdNumber });
    await until(() => checks.now.done?.includes('可以替'));
  });
});
