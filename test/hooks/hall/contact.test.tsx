/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { useState } from 'react';
import { useContact } from '../../../apps/hall/src/bookings/use-contact.js';
import { newHall, type TestHall } from '../../support/builders/booking.js';
import { bookAt } from '../../support/builders/queue.js';
import { newWorld } from '../../support/world.js';
import { openHall, openHook, signInStaff } from '../support/hall.js';
import { network } from '../support/network.js';
import { until } from '../support/page.js';

const page = openHall(() => newWorld());
const CONTACT = /\/contact$/;

let hall: TestHall;
beforeEach(async () => {
  hall = await newHall(page.world);
  await signInStaff(page.world, { role: 'clerk', hallId: hall.hallId });
});

const looks = (bookingId: string) => network.sent.filter(({ path }) => path.includes(`${bookingId}/contact`));
const aBooking = (time = '10:00') => bookAt(page.world, hall, '2026-07-15', time);
const openContact = (first: string) =>
  openHook(() => {
    const [bookingId, look] = useState(first);
    return { ...useContact(bookingId), look };
  });
const phoneOf = ({ now: { state } }: ReturnType<typeof openContact>) =>
  state.status === 'ready' ? state.data.phone : undefined;

describe('the contact of a booking', () => {
  it('is neither asked for nor recorded until somebody wants to see it', async () => {
    const { booking } = await aBooking();
    const contact = openContact(booking.id);
    await network.idle();
    expect(contact.now.shown).toBe(false);
    expect(looks(booking.id)).toEqual([]);
    contact.now.toggle();
    expect(await until(() => phoneOf(contact))).toBe('15400001234');
    expect(looks(booking.id)).toHaveLength(1);
  });

  it('is gone once it is hidden, and asked for again to be seen again', async () => {
    const { booking } = await aBooking();
    const contact = openContact(booking.id);
    contact.now.toggle();
    await until(() => phoneOf(contact));
    contact.now.toggle();
    await until(() => !contact.now.shown);
    expect(phoneOf(contact)).toBeUndefined();
    contact.now.toggle();
    await until(() => phoneOf(contact));
    expect(looks(booking.id)).toHaveLength(2);
  });

  it('stays hidden when another booking comes into view', async () => {
    const [{ booking: first }, { booking: second }] = [await aBooking('10:00'), await aBooking('11:00')];
    const contact = openContact(first.id);
    contact.now.toggle();
    await until(() => phoneOf(contact));
    contact.now.look(second.id);
    await until(() => !contact.now.shown);
    await network.idle();
    expect(phoneOf(contact)).toBeUndefined();
    expect(looks(second.id)).toEqual([]);
  });

  it('says why where it can’t be shown, and comes when one tries again', async () => {
    const { booking } = await aBooking();
    const contact = openContact(booking.id);
    network.cut(CONTACT);
    contact.now.toggle();
    await until(() => contact.now.state.status === 'error');
    expect(contact.now.state).toMatchObject({ problem: { code: 'OFFLINE' } });
    network.restore();
    contact.now.retry();
    await until(() => phoneOf(contact));
  });
});
