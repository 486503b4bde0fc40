import { describe, expect, it } from '@jest/globals';
import { fitTemplateData } from '@haoban/wechat';
import { bookingTell } from '../../../apps/api/src/booking/booking-tell.js';
import { movedTell } from '../../../apps/api/src/booking/booking-act-tell.js';
import {
  principalBookedTell,
  principalCancelledTell,
  principalMovedTell,
} from '../../../apps/api/src/booking/principal-tell.js';
import { waitlistEndedTell, waitlistTell } from '../../../apps/api/src/booking/waitlist-tell.js';
import { missedTell, principalMissedTell, shutTell } from '../../../apps/api/src/booking/missed-tell.js';
import { calledOffTell, closedTell, restoredTell } from '../../../apps/api/src/booking/disruption-tell.js';
import type { Catalogue } from '../../../apps/api/src/guide/catalogue.service.js';
import type { BookingEntity } from '../../../apps/api/src/booking/booking.entity.js';
import { caseTell } from '../../../apps/api/src/cases/case-tell.js';
import type { CaseEntity } from '../../../apps/api/src/cases/case.entity.js';
import { stateTexts } from '../../../apps/api/src/cases/case-texts.js';
import { deliveryTell } from '../../../apps/api/src/delivery/delivery-texts.js';
import type { DeliveryEntity } from '../../../apps/api/src/delivery/delivery.entity.js';
import { fieldFaults } from '../../../apps/api/src/notifications/templates.js';
import {
  greenCheckedTell,
  principalGreenCheckedTell,
  principalGreenDeclaredTell,
  principalGreenWithdrawnTell,
} from '../../../apps/api/src/identity/green-tell.js';
import type { Tell } from '../../../apps/api/src/outbox/topics.js';
import { calledTell, soonTell } from '../../../apps/api/src/queue/queue-tell.js';
import type { TicketEntity } from '../../../apps/api/src/queue/ticket.entity.js';
import { caseStates, deliveryStates } from '@haoban/domain';

const now = new Date('2026-07-14T01:30:00Z');
const longName = '不动产转移登记（存量房买卖）及其附属设施一并办理的事项';
const id = '01JZ000000MYGTEQAVT1EC5PCV';

const booking = {
  id,
  citizenId: id,
  kind: 'window',
  version: 2,
  startAt: now,
  day: '2026-07-14',
  code: 'K7M2QX',
} as BookingEntity;
const names = {
  itemName: longName,
  hallName: '榕城市市民服务中心',
  queueName: '',
  place: '一层 A 区',
  items: [],
  forName: null,
};
const ticket = { id, label: 'A038', day: '2026-07-14', calledCount: 1 } as TicketEntity;

const paper = { id, citizenId: id, authorisationId: id };

/** The longest reason that a manager can write. */
const disruption = { id, startAt: now, reason: '停电检修'.repeat(25) };
const gone = { ...booking, itemId: 'item', hallId: 'hall' } as BookingEntity;
const catalogue = {
  items: new Map([['item', { name: longName }]]),
  halls: new Map([['hall', { name: names.hallName }]]),
} as unknown as Catalogue;

const principal = { citizenId: '01JZ000000MYGTEQAVT1EC5PCW', agentName: '欧***' };
const booked = bookingTell('booking_confirmed', booking, id, names);
const cancelled = bookingTell('booking_cancelled', booking, id, names);
const step = { from: now, reason: null };
const moved = movedTell(booking, id, names, step);

const forOther = { ...booking, hallId: id, authorisationId: id } as BookingEntity;

/** With the longest page that it leads to. */
const waited = {
  ...{ id, citizenId: id, itemId: id, hallId: id, day: '2026-07-14', passed: 1 },
  ...{ kind: 'after_hours' as const, part: 'afternoon' as const, authorisationId: id },
};

const tells: { about: string; tell: Tell }[] = [
  { about: 'a booking made', tell: booked },
  { about: 'a booking cancelled', tell: cancelled },
  { about: 'a booking moved', tell: moved },
  { about: 'a booking by an agent', tell: principalBookedTell(booked, principal, booking, names) },
  {
    about: 'an agent’s booking cancelled by the hall',
    tell: principalCancelledTell(cancelled, principal, booking, names, disruption.reason),
  },
  {
    about: 'an agent’s booking moved by the agent',
    tell: principalMovedTell(moved, principal, booking, names, step),
  },
  ...[true, false].flatMap((verified) => {
    const found = verified ? 'verified' : 'refused';
    return [
      { about: `a green paper ${found}`, tell: greenCheckedTell(paper, verified, now) },
      {
        about: `an agent’s green paper ${found}`,
        tell: principalGreenCheckedTell(paper, principal, verified, now),
      },
    ];
  }),
  { about: 'a green paper of an agent', tell: principalGreenDeclaredTell(paper, principal, true, now) },
  { about: 'a green paper taken back', tell: principalGreenWithdrawnTell(paper, principal, now) },
  { about: 'a place kept for who waits', tell: waitlistTell(booking, id, now, names) },
  { about: 'a waiting that brought no place', tell: waitlistEndedTell(waited, 'day_over', names) },
  { about: 'a day that is waited for closed', tell: waitlistEndedTell(waited, 'day_closed', names) },
  { about: 'a booked time closed', tell: closedTell(gone, id, disruption, now, catalogue) },
  { about: 'a closed time open again', tell: restoredTell(gone, id, disruption, catalogue) },
  { about: 'a booking called off by the hall', tell: calledOffTell(gone, id, disruption, catalogue) },
  ...[undefined, '2026-08-14'].flatMap((suspended) => {
    const about = suspended ? 'a missed booking that suspends' : 'a missed booking';
    const own = missedTell(forOther, id, names, suspended);
    return [
      { about, tell: own },
      {
        about: `${about}, of an agent`,
        tell: principalMissedTell(own, principal, forOther, names, suspended),
      },
    ];
  }),
  { about: 'a booking for which the hall was shut', tell: shutTell(booking, id, names, '临时不对外服务') },
  { about: 'a ticket soon due', tell: soonTell(ticket, id, 3, names.hallName, now) },
  { about: 'a ticket called', tell: calledTell(ticket, id, '12 号窗口', longName) },
  ...caseStates.map((state) => {
    const row = { id, caseNo: 'RCSM20260714000001X', state, version: 2 } as CaseEntity;
    return { about: `a case ${stateTexts[state]}`, tell: caseTell(row, id, longName, '标题', now) };
  }),
  ...deliveryStates.flatMap((state) => {
    const row = { id, citizenId: id, itemName: longName, contents: longName, waybillNo: 'EX000000005CN' };
    const tell = deliveryTell(row as DeliveryEntity, state, now);
    return tell ? [{ about: `a delivery ${state}`, tell }] : [];
  }),
];

describe('what the features tell', () => {
  for (const { about, tell } of tells) {
    it(`fits its template and the inbox: ${about}`, () => {
      expect(fieldFaults(tell.template, tell.data)).toEqual([]);
      expect(fitTemplateData(tell.data)).toMatchObject({ ok: true });
      expect([...tell.title].length).toBeLessThanOrEqual(60);
      expect([...tell.body].length).toBeLessThanOrEqual(300);
      expect(tell.dedupeKey.length).toBeLessThanOrEqual(120);
      expect(tell.page).toMatch(/^pages\//);
      expect((tell.page ?? '').length).toBeLessThanOrEqual(200);
    });
  }
});
