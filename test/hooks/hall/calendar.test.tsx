/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { describe, expect, it } from '@jest/globals';
import { useCallback, useState } from 'react';
import { client } from '../../../apps/hall/src/api/client.js';
import { useCalendarPage, type QueueCalendar } from '../../../apps/hall/src/calendar/use-calendar-page.js';
import { useClosure, type Outcome } from '../../../apps/hall/src/calendar/use-closure.js';
import {
  useAffected,
  useChanges,
  useRemoveException,
} from '../../../apps/hall/src/calendar/use-exceptions.js';
import { useMonth } from '../../../apps/hall/src/calendar/use-month.js';
import { useOverride } from '../../../apps/hall/src/calendar/use-override.js';
import { useRuleDraft } from '../../../apps/hall/src/calendar/use-rule-draft.js';
import { newHall, type TestHall } from '../../support/builders/booking.js';
import { bookAt } from '../../support/builders/queue.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { press, until } from '../support/page.js';

const TODAY = '2026-07-14';
const TOMORROW = '2026-07-15';
const SATURDAY = '2026-07-18';
const page = openHall(() => newWorld());

async function managerOf(hall: TestHall) {
  await signInStaff(page.world, { role: 'manager', hallId: hall.hallId });
  return client.calendar.getCalendar({ queueId: hall.a.queueId });
}

/** The editor with a calendar that is read again when the page says so. */
function useEditor(first: QueueCalendar) {
  const [calendar, setCalendar] = useState(first);
  const { queueId } = first;
  const reload = useCallback(
    () => void client.calendar.getCalendar({ queueId }).then(setCalendar, () => undefined),
    [queueId],
  );
  return { ...useRuleDraft(calendar, TODAY, reload), calendar, reload };
}

async function openEditor(hall: TestHall) {
  const calendar = await managerOf(hall);
  const editor = openHook(() => useEditor(calendar));
  const keyOf = (from: string) => editor.now.draft.rules.find(({ rule }) => rule.from === from)?.key ?? '';
  const idle = () => until(() => editor.now.preview.data && !editor.now.preview.asking);
  await idle();
  return { editor, keyOf, idle };
}

const dialogGone = () => until(() => document.querySelector('.ant-modal-confirm') === null);

describe('the month', () => {
  it('shows what each day offers and what is left of it', async () => {
    const hall = await newHall(page.world);
    await bookAt(page.world, hall, TOMORROW, '10:00');
    const calendar = await managerOf(hall);
    const month = openHook(() => useMonth(calendar, '2026-07'));
    const day = await until(() => month.now.byDay.get(TOMORROW));
    expect(day.facts).toMatchObject({ state: 'open', slots: 13, places: 39, left: 38 });
    expect(month.now.byDay.get(SATURDAY)?.facts).toMatchObject({ state: 'none', slots: 0 });
  });

  it('keeps queue, view and day in the address, and starts with the first queue and today', async () => {
    const hall = await newHall(page.world);
    await managerOf(hall);
    const calendar = openHook(useCalendarPage, '/calendar');
    await until(() => calendar.now.calendar.state.status === 'ready');
    expect(calendar.now).toMatchObject({ queueId: hall.a.queueId, day: TODAY, tab: 'month' });
    calendar.now.chooseQueue(hall.b.queueId);
    await until(() => calendar.now.queueId === hall.b.queueId);
    calendar.now.chooseTab('rules');
    await until(() => calendar.now.tab === 'rules');
    calendar.now.chooseDay(SATURDAY);
    await until(() => calendar.now.day === SATURDAY);
    expect(calendar.address).toBe(`/calendar?queue=${hall.b.queueId}&tab=rules&day=${SATURDAY}`);
  });
});

describe('the rules of a queue', () => {
  it('show what would come of them while they are typed, and are saved with a reason', async () => {
    const hall = await newHall(page.world);
    const { editor, keyOf, idle } = await openEditor(hall);
    const slots = () => editor.now.preview.data?.days.find(({ day }) => day === TOMORROW)?.slots ?? [];
    expect(slots()).toHaveLength(13);
    editor.now.edit(keyOf('09:00'), { to: '11:00', desksPublic: 1 });
    await until(() => slots().some(({ change }) => change === 'gone'));
    expect(slots().map(({ change }) => change)).toEqual([
      ...Array<string>(4).fill('changed'),
      ...Array<string>(2).fill('gone'),
      ...Array<string>(7).fill('same'),
    ]);
    await idle();
    // Without a reason nothing is sent.
    editor.now.save();
    expect(editor.now.busy).toBe(false);
    editor.now.setReason('上午窗口培训');
    await until(() => editor.now.reason !== '');
    editor.now.save();
    await until(() => editor.now.saved && editor.now.changes === 0);
    expect(editor.now.saved).toEqual({ closed: 0, toRing: 0 });
    const changes = openHook(() => useChanges(hall.a.queueId));
    const [change] = await until(() =>
      changes.now.state.status === 'ready' && changes.now.state.data.items.length > 0
        ? changes.now.state.data.items
        : undefined,
    );
    expect(change).toMatchObject({ action: 'rules', reason: '上午窗口培训' });
    expect(change?.before).not.toEqual(change?.after);
  });

  it('ask nothing of the server while something is missing', async () => {
    const hall = await newHall(page.world);
    const { editor, keyOf } = await openEditor(hall);
    network.sent.length = 0;
    editor.now.edit(keyOf('09:00'), { weekdays: [] });
    await until(() => !editor.now.complete);
    await new Promise((done) => setTimeout(done, 500));
    expect(network.sent).toEqual([]);
    editor.now.restore(keyOf('09:00'));
    await until(() => editor.now.changes === 0);
  });

  it('name the bookings that lose their time, and are saved only after that was confirmed', async () => {
    const hall = await newHall(page.world);
    const { booking } = await bookAt(page.world, hall, TOMORROW, '11:00');
    const { editor, keyOf, idle } = await openEditor(hall);
    editor.now.edit(keyOf('09:00'), { to: '11:00' });
    editor.now.setReason('上午窗口培训');
    await until(() => editor.now.preview.data?.affectedCount === 1);
    expect(editor.now.preview.data?.affected[0]).toMatchObject({ bookingId: booking.id, cause: 'closed' });
    await idle();
    editor.now.save();
    await press('再看看');
    await dialogGone();
    expect(editor.now.changes).toBe(1);
    editor.now.save();
    await press('保存并通知 1 人');
    await until(() => editor.now.saved?.closed === 1);
  });

  it('put what is typed on top of what a colleague saved meanwhile, and say so', async () => {
    const hall = await newHall(page.world);
    const { editor, keyOf, idle } = await openEditor(hall);
    const colleague = await newStaff(page.world, { role: 'manager', hallId: hall.hallId });
    const { queueId, version, rules } = editor.now.calendar;
    const theirs = rules.map((rule) => (rule.from === '13:30' ? { ...rule, slotMinutes: 15 } : rule));
    await colleague.client.calendar.saveRules({ queueId, version, rules: theirs, reason: '下午分细' });
    editor.now.edit(keyOf('09:00'), { slotMinutes: 20 });
    editor.now.setReason('上午分细');
    await until(() => editor.now.changes === 1);
    await idle();
    editor.now.save();
    await until(() => editor.now.news);
    await until(
      () => editor.now.draft.rules.find(({ rule }) => rule.from === '13:30')?.rule.slotMinutes === 15,
    );
    expect(editor.now.changes).toBe(1);
    await idle();
    editor.now.save();
    await until(() => editor.now.saved);
    const after = await client.calendar.getCalendar({ queueId });
    expect(after.rules.map(({ slotMinutes }) => slotMinutes)).toEqual([20, 15]);
  });

  it('are not saved twice where the answer got lost', async () => {
    const hall = await newHall(page.world);
    const { editor, idle } = await openEditor(hall);
    editor.now.add({ ...(editor.now.calendar.rules[0] ?? fail()), weekdays: [6] });
    editor.now.setReason('周六加开');
    await until(() => editor.now.changes === 1);
    await idle();
    network.loseAnswers(/\/rules$/);
    editor.now.save();
    await until(() => editor.now.problem?.code === 'OFFLINE');
    network.restore();
    await until(() => editor.now.changes === 0);
    const after = await client.calendar.getCalendar({ queueId: hall.a.queueId });
    expect(after.rules).toHaveLength(3);
  });

  it('stay as they were typed while another page is looked at, and are thrown away only on demand', async () => {
    const hall = await newHall(page.world);
    const { editor, keyOf } = await openEditor(hall);
    editor.now.edit(keyOf('09:00'), { slotMinutes: 20 });
    await until(() => editor.now.changes === 1);
    editor.close();
    const calendar = await client.calendar.getCalendar({ queueId: hall.a.queueId });
    const again = openHook(() => useEditor(calendar));
    await until(() => again.now.changes === 1);
    again.now.discard();
    await press('继续编辑');
    await dialogGone();
    expect(again.now.changes).toBe(1);
    again.now.discard();
    await press('放弃修改');
    await until(() => again.now.changes === 0);
  });
});

describe('a closure', () => {
  const open = (calendar: QueueCalendar, outcomes: Outcome[]) =>
    openHook(() =>
      useClosure({
        queue: { id: calendar.queueId, name: calendar.queueName },
        today: TODAY,
        day: TOMORROW,
        done: (outcome) => outcomes.push(outcome),
      }),
    );

  it('shows who is hit before it is made, names itself, and is made once where the answer got lost', async () => {
    const hall = await newHall(page.world);
    await bookAt(page.world, hall, TOMORROW, '10:00');
    await bookAt(page.world, hall, TOMORROW, '15:00');
    const outcomes: Outcome[] = [];
    const closure = open(await managerOf(hall), outcomes);
    await until(() => closure.now.impact.data?.affectedCount === 2);
    closure.now.change({ part: true, from: '09:00', to: '12:00', reason: '系统升级' });
    await until(() => closure.now.impact.data?.affectedCount === 1 && !closure.now.impact.asking);
    expect(closure.now.title).toBe('停办 7月15日 周三 09:00–12:00 A 队列');
    network.loseAnswers(/closures$/);
    closure.now.submit();
    await press('停办并通知 1 人');
    await until(() => closure.now.problem?.code === 'OFFLINE' && !closure.now.busy);
    network.restore();
    closure.now.submit();
    await press('停办并通知 1 人');
    await until(() => outcomes.length === 1);
    const ids = network.sent
      .filter(({ path, body }) => /closures$/.test(path) && !(body as { dryRun?: boolean }).dryRun)
      .map(({ body }) => (body as { requestId: string }).requestId);
    expect(new Set(ids).size).toBe(1);
    const { exceptions } = await client.calendar.getCalendar({ queueId: hall.a.queueId });
    expect(exceptions).toMatchObject([{ day: TOMORROW, from: '09:00', to: '12:00', affected: 1 }]);
    const affected = openHook(() => useAffected(false, 0));
    await until(() => affected.now.state.status === 'ready' && affected.now.state.data.items.length === 1);
  });

  it('is taken back with a reason, and the bookings hold again', async () => {
    const hall = await newHall(page.world);
    const { booking, owner } = await bookAt(page.world, hall, TOMORROW, '10:00');
    await managerOf(hall);
    await client.calendar.addClosure({
      requestId: 'close-it-1',
      queueId: hall.a.queueId,
      days: [TOMORROW],
      reason: '系统升级',
    });
    const { exceptions } = await client.calendar.getCalendar({ queueId: hall.a.queueId });
    const outcomes: Outcome[] = [];
    const removal = openHook(() => useRemoveException((outcome) => outcomes.push(outcome)));
    removal.now.choose(exceptions[0]);
    await until(() => removal.now.removing);
    await removal.now.remove('升级改期');
    await until(() => outcomes.length === 1 && !removal.now.removing);
    expect(outcomes[0]?.text).toContain('1 个预约恢复有效');
    expect(await owner.api.booking.getMine({ bookingId: booking.id })).toMatchObject({ state: 'confirmed' });
  });

  it('is not made before it is known who is hit', async () => {
    const hall = await newHall(page.world);
    await bookAt(page.world, hall, TOMORROW, '10:00');
    const calendar = await managerOf(hall);
    network.cut(/closures$/);
    const closure = open(calendar, []);
    closure.now.change({ reason: '系统升级' });
    await until(() => closure.now.impact.problem && closure.now.form.reason);
    expect(closure.now.blocked).toBe(true);
    closure.now.submit();
    await network.idle();
    expect(document.querySelector('.ant-modal')).toBeNull();
    network.restore();
    closure.now.impact.retry();
    await until(() => !closure.now.blocked);
    closure.now.submit();
    await press('停办并通知 1 人');
  });

  it('says what is missing only once it was tried', async () => {
    const hall = await newHall(page.world);
    const closure = open(await managerOf(hall), []);
    expect(closure.now.faults).toEqual({});
    closure.now.submit();
    await until(() => closure.now.faults.reason);
    expect(document.querySelector('.ant-modal')).toBeNull();
  });
});

describe('a day planned by hand', () => {
  it('opens a Saturday, from the rules of another day, with its slots shown before', async () => {
    const hall = await newHall(page.world);
    const calendar = await managerOf(hall);
    const outcomes: Outcome[] = [];
    const day = openHook(() =>
      useOverride({ calendar, today: TODAY, day: SATURDAY, done: (outcome) => outcomes.push(outcome) }),
    );
    await until(() => day.now.preview.data?.days[0]?.slots.length === 6);
    day.now.edit(day.now.plan[0]?.key ?? '', { to: '11:00' });
    await until(() => day.now.preview.data?.days[0]?.slots.length === 4 && !day.now.preview.asking);
    day.now.submit();
    await until(() => day.now.reasonFault);
    day.now.setReason('交房高峰');
    await until(() => day.now.reason !== '');
    day.now.submit();
    await until(() => outcomes.length === 1);
    const after = await client.calendar.getCalendar({ queueId: hall.a.queueId });
    expect(after.exceptions).toMatchObject([{ kind: 'override', day: SATURDAY, reason: '交房高峰' }]);
    const month = openHook(() => useMonth(after, '2026-07'));
    await until(() => month.now.byDay.get(SATURDAY)?.facts.state === 'override');
  });

  it('is taken back only once it is known who loses the time by that, of each day anew', async () => {
    const hall = await newHall(page.world);
    await managerOf(hall);
    const { rules } = await client.calendar.getCalendar({ queueId: hall.a.queueId });
    const days = [SATURDAY, '2026-07-19'] as const;
    for (const day of days)
      await client.calendar.addOverride({
        requestId: `plan-${day}`,
        queueId: hall.a.queueId,
        day,
        plan: rules.slice(0, 1),
        reason: '交房高峰',
      });
    await bookAt(page.world, hall, SATURDAY, '10:00');
    const { exceptions } = await client.calendar.getCalendar({ queueId: hall.a.queueId });
    const [saturday, sunday] = days.map((day) => exceptions.find((each) => each.day === day));
    const outcomes: Outcome[] = [];
    const removal = openHook(() => useRemoveException((outcome) => outcomes.push(outcome)));
    network.cut(/overrides/);
    removal.now.choose(saturday);
    await until(() => removal.now.impact?.problem);
    expect(removal.now.blocked).toBe(true);
    await removal.now.remove('按平时办理');
    expect(outcomes).toEqual([]);
    network.restore();
    removal.now.impact?.retry();
    await until(() => removal.now.removing && !removal.now.blocked);
    expect(removal.now.impact?.data).toMatchObject({ closedCount: 1, ringCount: 0 });
    removal.now.choose(sunday);
    await until(() => removal.now.removing === sunday);
    await until(() => !removal.now.blocked);
    expect(removal.now.impact?.data?.closedCount).toBe(0);
    removal.now.choose(saturday);
    await until(() => removal.now.removing === saturday);
    await until(() => !removal.now.blocked);
    await removal.now.remove('按平时办理');
    await until(() => outcomes.length === 1);
    expect(outcomes[0]?.text).toContain('已通知 1 人改约');
  });
});

function fail(): never {
  throw new Error('The hall has no rule');
}
