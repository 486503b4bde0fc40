/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { describe, expect, it } from '@jest/globals';
import { client } from '../../../apps/hall/src/api/client.js';
import { useUsePage } from '../../../apps/hall/src/capacity/use-use-page.js';
import { usePolicyPage } from '../../../apps/hall/src/policy/use-policy-page.js';
import { newHall } from '../../support/builders/booking.js';
import { bookAt } from '../../support/builders/queue.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';

const page = openHall(() => newWorld());

async function openPolicy() {
  const hall = await newHall(page.world);
  await signInStaff(page.world, { role: 'manager', hallId: hall.hallId });
  const policy = openHook(usePolicyPage);
  const now = () => policy.now.now;
  await until(() => policy.now.saved && now());
  const settings = () => now()?.settings ?? fail();
  const idle = () => until(() => policy.now.changed && policy.now.preview.data && !policy.now.preview.asking);
  return { hall, policy, settings, idle };
}

describe('the booking rules of a hall', () => {
  it('read as citizens will before they are saved, as a ready set or with numbers of one’s own', async () => {
    const { policy, settings, idle } = await openPolicy();
    const before = policy.now.saved?.rules ?? [];
    const strict = policy.now.saved?.presets.find(({ key }) => key === 'strict') ?? fail();
    policy.now.choose(strict);
    await idle();
    expect(policy.now.preview.data?.rules).toEqual(strict.rules);
    expect(policy.now.preview.data?.rules).not.toEqual(before);
    policy.now.edit({ ...settings(), perDay: 1, perWeek: 3 });
    await until(() => policy.now.now?.preset === 'custom');
    await until(() => policy.now.preview.data?.rules.some((text) => text.includes('每周最多 3 次')));
    policy.now.setReason('窗口紧张');
    await until(() => policy.now.reason !== '');
    policy.now.save();
    await until(() => policy.now.outcome && !policy.now.changed);
    await until(() => policy.now.saved?.preset === 'custom');
    expect((await client.calendar.getPolicy({})).settings).toMatchObject({ perDay: 1, perWeek: 3 });
  });

  it('are not sent while numbers contradict each other or are missing', async () => {
    const { policy, settings } = await openPolicy();
    network.sent.length = 0;
    policy.now.edit({ ...settings(), perWeek: 1, perDay: 2 });
    await until(() => policy.now.faults.perWeek);
    policy.now.setReason('试试');
    await until(() => policy.now.reason !== '');
    policy.now.save();
    await new Promise((done) => setTimeout(done, 500));
    expect(network.sent).toEqual([]);
    policy.now.discard();
    await until(() => !policy.now.changed);
  });

  it('keep what was typed where a colleague saved first, and say so before they are saved over', async () => {
    const { hall, policy, settings, idle } = await openPolicy();
    const colleague = await newStaff(page.world, { role: 'manager', hallId: hall.hallId });
    const version = policy.now.saved?.version ?? 0;
    await colleague.client.calendar.savePolicy({ version, preset: 'relaxed', reason: '淡季' });
    policy.now.edit({ ...settings(), perDay: 1 });
    policy.now.setReason('窗口紧张');
    await until(() => policy.now.reason !== '' && policy.now.changed);
    policy.now.save();
    await until(() => policy.now.news);
    expect(policy.now.problem).toBeUndefined();
    expect(settings().perDay).toBe(1);
    await idle();
    policy.now.save();
    await until(() => policy.now.outcome);
    expect((await client.calendar.getPolicy({})).settings.perDay).toBe(1);
  });

  it('say that they can’t be loaded, and load on request', async () => {
    const hall = await newHall(page.world);
    await signInStaff(page.world, { role: 'manager', hallId: hall.hallId });
    network.cut();
    const policy = openHook(usePolicyPage);
    await until(() => policy.now.policy.state.status === 'error');
    network.restore();
    policy.now.policy.reload();
    await until(() => policy.now.saved);
  });
});

describe('the use of capacity', () => {
  it('counts what is offered and taken by day and hour, for the hall and for one queue', async () => {
    const hall = await newHall(page.world);
    await bookAt(page.world, hall, '2026-07-15', '10:00');
    await signInStaff(page.world, { role: 'manager', hallId: hall.hallId });
    const use = openHook(useUsePage);
    use.now.setName('next14');
    const data = () => (use.now.use.state.status === 'ready' ? use.now.use.state.data : undefined);
    await until(() => data()?.days.find(({ day }) => day === '2026-07-15')?.public === 1);
    expect(data()?.hours.find(({ hour }) => hour === 10)?.public).toBe(1);
    use.now.setQueueId(hall.b.queueId);
    await until(() => data()?.total.public === 0);
  });

  it('starts one’s own range from the one on the screen, and asks nothing of a range that can’t be', async () => {
    const hall = await newHall(page.world);
    await signInStaff(page.world, { role: 'manager', hallId: hall.hallId });
    const use = openHook(useUsePage);
    await until(() => use.now.use.state.status === 'ready');
    use.now.setName('own');
    await until(() => use.now.name === 'own');
    expect(use.now.own).toEqual({ from: '2026-07-07', to: '2026-07-27' });
    network.sent.length = 0;
    use.now.setOwn({ from: '2026-07-08', to: '2026-07-01' });
    await until(() => use.now.fault);
    expect(network.sent).toEqual([]);
  });
});

function fail(): never {
  throw new Error('Nothing is loaded yet');
}
