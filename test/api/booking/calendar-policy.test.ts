import { bookingPresets } from '@haoban/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newHall, newPerson, requestId, slotAt, type TestHall } from '../../support/builders/booking.js';
import { bookAt, managerOf, type Manager } from '../../support/builders/calendar.js';
import { newWorld, type World } from '../../support/world.js';

const WEDNESDAY = '2026-07-15';

let world: World;
let hall: TestHall;
let manager: Manager;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
beforeEach(async () => {
  hall = await newHall(world);
  manager = managerOf(world, hall.hallId);
});
afterAll(() => world.close());

const save = async (more: Partial<Parameters<typeof manager.api.calendar.savePolicy>[0]>) => {
  const { version } = await manager.api.calendar.getPolicy({});
  return manager.api.calendar.savePolicy({ version, preset: 'strict', reason: '名额紧张', ...more });
};

describe('the booking rules of a hall', () => {
  it('are the standard ones until a manager chooses', async () => {
    const policy = await manager.api.calendar.getPolicy({});
    expect(policy).toMatchObject({ preset: 'standard', presetName: '标准', version: 0, savedBy: null });
    expect(policy.settings.perDay).toBe(bookingPresets.standard.perDay);
  });

  it('are told to citizens as saved, and bind at once', async () => {
    const person = await newPerson(world);
    const book = async (itemId: string, time: string) => {
      const slot = await slotAt(world, { hallId: hall.hallId, itemId, day: WEDNESDAY, time });
      return person.api.booking.reserve({ requestId: requestId(), itemId, slotId: slot.id });
    };
    await save({ preset: 'strict' });
    const { rules } = await world.client().booking.listDays({ hallId: hall.hallId, itemId: hall.a.itemId });
    expect(rules).toEqual((await manager.api.calendar.getPolicy({})).rules);
    expect(rules.join('')).toContain('每人每天最多预约 1 次');
    await book(hall.a.itemId, '09:00');
    await expect(book(hall.b.itemId, '10:00')).rejects.toMatchObject({ code: 'BOOKING_LIMIT_REACHED' });
  });

  it('are of one hall only', async () => {
    await save({ preset: 'strict' });
    const other = managerOf(world, (await newHall(world)).hallId);
    expect((await other.api.calendar.getPolicy({})).preset).toBe('standard');
  });

  it('can be set number by number, until a clock time of the day before', async () => {
    const { settings } = await manager.api.calendar.getPolicy({});
    const own = { ...settings, cancelBy: { daysBefore: 1, at: '17:00' } };
    const saved = await save({ preset: 'custom', settings: own });
    expect(saved).toMatchObject({ preset: 'custom', presetName: '本大厅自定', settings: own, version: 1 });
    expect(saved.rules.join('')).toContain('前一天 17:00 前取消');
    const { booking } = await bookAt(world, hall, WEDNESDAY, '10:00');
    expect(booking.cancelUntil).toBe('2026-07-14T09:00:00.000Z');
  });

  it('that contradict themselves are refused with what to do', async () => {
    const { settings } = await manager.api.calendar.getPolicy({});
    const saving = save({ preset: 'custom', settings: { ...settings, perDay: 9, perWeek: 2 } });
    await expect(saving).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      details: [{ path: 'settings.perWeek', message: expect.stringContaining('每周') }],
    });
    await expect(save({ preset: 'custom' })).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  });

  it('can be read before they are saved', async () => {
    const tried = await save({ preset: 'tax', dryRun: true });
    expect(tried).toMatchObject({ preset: 'tax', presetName: '办税厅式', version: 0 });
    expect((await manager.api.calendar.getPolicy({})).preset).toBe('standard');
  });

  it('are saved against the version that was read: of two managers one is told to look again', async () => {
    const colleague = managerOf(world, hall.hallId);
    const choose = (who: Manager, preset: 'strict' | 'relaxed', version: number) =>
      who.api.calendar.savePolicy({ version, preset, reason: '试行' }).then(
        () => 'saved',
        (error: unknown) => (error as { code: string }).code,
      );
    for (const version of [0, 1]) {
      const outcomes = await Promise.all([
        choose(manager, 'strict', version),
        choose(colleague, 'relaxed', version),
      ]);
      expect(outcomes.sort()).toEqual(['POLICY_CHANGED', 'saved']);
    }
  });

  it('stand in the history with the sentences that changed, and in the audit trail', async () => {
    await save({ preset: 'strict' });
    const [change] = (await manager.api.calendar.listChanges({})).items;
    expect(change).toMatchObject({ action: 'policy', reason: '名额紧张', queueId: null });
    expect(change?.before.join('')).toContain('每天最多预约 2 次');
    expect(change?.after.join('')).toContain('每天最多预约 1 次');
    const audits = await world.dataSource.query<object[]>(
      "SELECT id FROM audit_entry WHERE action = 'calendar.save-policy' AND subject_id = ?",
      [hall.hallId],
    );
    expect(audits).toHaveLength(1);
  });
});

describe('the sets to choose from', () => {
  it('are ours and those that halls publish, each with its sentences', async () => {
    const { items } = await manager.api.calendar.presets({});
    expect(items.map(({ key }) => key)).toEqual([
      'standard',
      'strict',
      'relaxed',
      'service_centre',
      'real_estate',
      'tax',
      'hospital',
      'registration_platform',
      'teaching_hospital',
    ]);
    for (const { rules, about } of items) {
      expect(rules.length).toBeGreaterThan(4);
      expect(about).toMatch(/。$/);
    }
    expect(items.find(({ key }) => key === 'real_estate')).toMatchObject({
      window: { fromDays: 1, toDays: 4 },
    });
  });

  it('can each be saved', async () => {
    const { items } = await manager.api.calendar.presets({});
    for (const { key } of items) expect((await save({ preset: key })).preset).toBe(key);
  });
});
