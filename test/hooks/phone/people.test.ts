/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { describe, expect, it } from '@jest/globals';
import { useFamily } from '../../../apps/miniapp/src/pages/account/family/use-family';
import { useGreen } from '../../../apps/miniapp/src/pages/account/green/use-green';
import { useStanding } from '../../../apps/miniapp/src/pages/booking/standing/use-standing';
import { useWaitlist } from '../../../apps/miniapp/src/pages/booking/waitlist/use-waitlist';
import { newHall, requestId, slotAt } from '../../support/builders/booking.js';
import { idNumberOf, newCitizen } from '../../support/builders/citizen.js';
import { authorise } from '../../support/builders/people.js';
import { newFullDay, tick } from '../../support/builders/waitlist.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';
import { edge } from '../support/taro.js';

const phone = openPhone(() => newWorld());
const DAY = '2026-07-15';

const ready = <T>(load: { kind: string; data?: T }): T | undefined =>
  load.kind === 'ready' ? load.data : undefined;

describe('family and company', () => {
  it('takes the code that a family member said, and ends it after a question', async () => {
    const [parent, child] = [await newCitizen(phone.world), await newCitizen(phone.world)];
    await signInAs(parent);
    const own = openHook(useFamily);
    own.now.makeCode.run();
    await until(() => own.now.made);
    const code = own.now.made?.code ?? '';
    own.close();
    await signInAs(child);
    const page = openHook(useFamily);
    await until(() => ready(page.now.list));
    page.now.openForm('code');
    await until(() => page.now.form === 'code');
    page.now.submit.run();
    await until(() => page.now.wrong?.field === 'code');
    page.now.set({ code: code.toLowerCase() });
    await until(() => page.now.fields.code !== '');
    page.now.submit.run();
    await until(() => ready(page.now.list)?.asAgent[0]?.usable);
    const [made] = ready(page.now.list)?.asAgent ?? [];
    if (made) page.now.end.run(made);
    await until(() => ready(page.now.list)?.asAgent[0]?.state === 'ended');
  });

  it('is declared for somebody without a phone, and waits for the desk', async () => {
    await signInAs(await newCitizen(phone.world));
    const page = openHook(useFamily);
    page.now.openForm('family');
    await until(() => page.now.form === 'family');
    page.now.set({ name: '陈阿婆', number: '123' });
    await until(() => page.now.fields.name !== '');
    page.now.submit.run();
    await until(() => page.now.wrong?.field === 'number');
    page.now.set({ number: idNumberOf(801, '19440101') });
    await until(() => page.now.fields.number.length === 18);
    page.now.submit.run();
    await until(() => ready(page.now.list)?.asAgent[0]?.state === 'pending');
    expect(page.now.form).toBeUndefined();
  });
});

describe('the green channel', () => {
  it('is open once the evidence is declared, and shut again when it is withdrawn', async () => {
    await signInAs(await newCitizen(phone.world, { idNumber: idNumberOf(802, '19850101') }));
    const page = openHook(useGreen);
    await until(() => ready(page.now.profile)?.mayUse === false);
    page.now.declare.run();
    await until(() => page.now.wrong);
    page.now.setDocument('残疾人证 35010119900101001X');
    await until(() => page.now.document !== '');
    page.now.declare.run();
    await until(() => ready(page.now.profile)?.mayUse);
    const [one] = ready(page.now.profile)?.items ?? [];
    expect(one?.documentMasked).not.toContain('19900101');
    if (one) page.now.withdraw.run(one);
    await until(() => ready(page.now.profile)?.mayUse === false);
  });

  it('is declared for the family member whom the address names, and nothing of it for oneself', async () => {
    const parent = await newCitizen(phone.world, { idNumber: idNumberOf(803, '19700101') });
    const agent = await newCitizen(phone.world, { idNumber: idNumberOf(804, '19950101') });
    const { id: authorisationId, principalName } = await authorise(parent, agent);
    await signInAs(agent);
    const page = openHook(useGreen, { for: authorisationId });
    await until(() => ready(page.now.profile));
    expect(ready(page.now.profile)?.forName).toBe(principalName);
    expect(page.now.family).toMatchObject([{ id: authorisationId, name: principalName }]);
    page.now.setDocument('市一医院诊断证明');
    page.now.setReason('ill');
    await until(() => page.now.document !== '');
    page.now.declare.run();
    await until(() => ready(page.now.profile)?.mayUse);
    const bodies = () => network.sent.filter(({ method }) => method === 'POST').map(({ body }) => body);
    expect(bodies()).toEqual([{ reason: 'ill', document: '市一医院诊断证明', authorisationId }]);
    expect(await agent.client.people.getGreen({})).toMatchObject({ mayUse: false, items: [] });
    expect((await parent.client.people.getGreen({})).items).toMatchObject([{ reason: 'ill' }]);
    const [one] = ready(page.now.profile)?.items ?? [];
    if (one) page.now.withdraw.run(one);
    await until(() => ready(page.now.profile)?.mayUse === false);
    expect(bodies()[1]).toEqual({ authorisationId });
    expect(edge.questions[0]?.title).toBe(`撤回${principalName}“重病或行动不便”的登记`);
  });

  it('takes nothing that was filled in for one person over to another', async () => {
    const parent = await newCitizen(phone.world, { idNumber: idNumberOf(805, '19700101') });
    const agent = await newCitizen(phone.world, { idNumber: idNumberOf(806, '19950101') });
    const { id: authorisationId } = await authorise(parent, agent);
    await signInAs(agent);
    const page = openHook(useGreen);
    await until(() => ready(page.now.profile) && page.now.family.length === 1);
    expect(ready(page.now.profile)?.forName).toBeNull();
    page.now.setReason('pregnant');
    page.now.setDocument('孕检证明');
    await until(() => page.now.document !== '');
    page.now.changeWho(authorisationId);
    await until(() => ready(page.now.profile)?.forName);
    expect(page.now).toMatchObject({ document: '', reason: 'disabled', forWhom: authorisationId });
    page.now.declare.run();
    await until(() => page.now.wrong);
    page.now.changeWho(undefined);
    await until(() => ready(page.now.profile)?.forName === null);
    expect(page.now.wrong).toBeUndefined();
  });

  it('leads on where the authorisation has ended', async () => {
    const parent = await newCitizen(phone.world);
    const agent = await newCitizen(phone.world);
    const { id: authorisationId } = await authorise(parent, agent);
    await parent.client.people.endAuthorisation({ authorisationId });
    await signInAs(agent);
    const page = openHook(useGreen, { for: authorisationId });
    const failed = await until(() => (page.now.profile.kind === 'error' ? page.now.profile : undefined));
    expect(failed.problem.code).toBe('AUTHORISATION_NOT_VALID');
    page.now.changeWho(undefined);
    await until(() => ready(page.now.profile)?.forName === null);
  });
});

describe('the own standing', () => {
  it('says what is left, and takes an appeal against a missed booking', async () => {
    const { world } = phone;
    const hall = await newHall(world);
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
    await signInAs(citizen);
    const page = openHook(useStanding, { hallId: hall.hallId, bookingId: booking.id });
    await until(() => ready(page.now.standing)?.noShows.length === 1);
    expect(
      ready(page.now.standing)
        ?.limits.map(({ text }) => text)
        .join(),
    ).toContain('还可以预约');
    expect(page.now.appealing).toBe(booking.id);
    const [missed] = ready(page.now.standing)?.noShows ?? [];
    if (!missed) throw new Error('Nothing missed');
    page.now.appeal.run(missed);
    await until(() => page.now.wrong);
    page.now.setText('那天早上孩子发高烧，送去医院了。');
    await until(() => page.now.text !== '');
    page.now.appeal.run(missed);
    await until(() => ready(page.now.standing)?.noShows[0]?.appeal?.state === 'open');
    world.clock.set('2026-07-14T01:30:00Z');
  });
});

describe('the standing of somebody else', () => {
  it('is shown by the authorisation in the address', async () => {
    const parent = await newCitizen(phone.world);
    const agent = await newCitizen(phone.world);
    const { id, principalName } = await authorise(parent, agent);
    const { hallId } = await newHall(phone.world);
    await signInAs(agent);
    const page = openHook(useStanding, { hallId, for: id });
    await until(() => ready(page.now.standing)?.forName === principalName);
  });
});

describe('the own waitlist', () => {
  it('shows the line, takes an offered place in one tap, and leaves after a question', async () => {
    const { world } = phone;
    const full = await newFullDay(world, { times: ['10:00'] });
    const citizen = await newCitizen(world);
    const wish = { itemId: full.hall.a.itemId, hallId: full.hall.hallId, day: full.day };
    await citizen.client.waitlist.join({ requestId: requestId(), ...wish });
    const other = await newCitizen(world);
    await other.client.waitlist.join({ requestId: requestId(), ...wish });
    const [holder] = full.holders;
    await holder?.person.api.booking.cancel({ bookingId: holder.booking.id });
    await tick(world);
    await signInAs(citizen);
    const page = openHook(useWaitlist);
    await until(() => ready(page.now.entries)?.items[0]?.offer);
    const [entry] = ready(page.now.entries)?.items ?? [];
    if (entry) page.now.accept.run(entry);
    await until(() => lastVisit());
    expect(lastVisit()).toBe(`/pages/booking/detail/index?id=${entry?.offer?.bookingId}&new=1`);
    page.close();
    await signInAs(other);
    const theirs = openHook(useWaitlist);
    await until(() => ready(theirs.now.entries)?.items[0]?.state === 'waiting');
    const [waiting] = ready(theirs.now.entries)?.items ?? [];
    if (waiting) theirs.now.leave.run(waiting);
    await until(() => ready(theirs.now.entries)?.items[0]?.state === 'left');
  });
});
