import {
  ageOn,
  birthdayOf,
  decideBooking,
  decideCheckIn,
  elderAge,
  formatTicketNumber,
  isInHall,
  type ActorRole,
} from '@haoban/domain';
import type { DeskTicket, Ticket } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BookingPolicies } from '../booking/booking-policies.service.js';
import { BookingService, type BookingFacts } from '../booking/booking.service.js';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import type { ServiceQueue } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { LineService } from './line.service.js';
import { QueueLive } from './queue-live.service.js';
import { SOON_AHEAD } from './queue-settings.js';
import { QueueDayEntity, TicketEntity } from './ticket.entity.js';
import { TicketSteps } from './ticket-steps.service.js';
import { TicketViews } from './ticket-views.service.js';

type Fields = Pick<
  TicketEntity,
  'source' | 'itemId' | 'citizenId' | 'requesterId' | 'requestId' | 'priority'
> & {
  readonly booking?: BookingFacts;
};

/** Gives out numbers: one counter row per queue and day, changed in the same transaction as the ticket, so no gap and no double. */
@Injectable()
export class TicketIssueService {
  constructor(
    private readonly transactions: Transactions,
    private readonly guide: GuideService,
    private readonly citizens: CitizensService,
    private readonly bookings: BookingService,
    private readonly policies: BookingPolicies,
    private readonly lines: LineService,
    private readonly steps: TicketSteps,
    private readonly views: TicketViews,
    private readonly live: QueueLive,
    private readonly clock: Clock,
  ) {}

  /**
   * A number from afar. The same `requestId` again gives the first answer.
   * @throws AppError REAL_NAME_REQUIRED, ITEM_NOT_FOUND, HALL_NOT_FOUND, ITEM_NOT_OFFERED, TICKET_REMOTE_NOT_ALLOWED, QUEUE_CLOSED,
   * QUEUE_DAY_FULL, TICKET_ALREADY_OPEN, REQUEST_ID_REUSED, BUSY
   */
  async take(
    actor: CitizenActor,
    input: { requestId: string; hallId: string; itemId: string },
  ): Promise<Ticket> {
    const { citizenId } = actor;
    const { idNumber } = await this.citizens.requireRealName(citizenId);
    const { queue } = await this.guide.getPlace(input.itemId, input.hallId);
    if (!queue.remoteAllowed) throw new AppError('TICKET_REMOTE_NOT_ALLOWED');
    // The ID number is the evidence: the elderly need not ask for the green channel.
    const priority = ageOn(birthdayOf(idNumber), this.lines.today()) >= elderAge ? 'elder' : null;
    const ticket = await this.issue(actor, queue, {
      source: 'remote',
      itemId: input.itemId,
      citizenId,
      requesterId: citizenId,
      requestId: input.requestId,
      priority,
    });
    return this.view(ticket);
  }

  /**
   * A number at the counter for somebody without a phone.
   * @throws AppError ITEM_NOT_FOUND, ITEM_NOT_OFFERED, QUEUE_CLOSED, QUEUE_DAY_FULL, REQUEST_ID_REUSED, BUSY
   */
  async issueAtDesk(
    actor: StaffActor,
    input: { requestId: string; itemId: string; priority?: TicketEntity['priority'] | undefined },
  ): Promise<DeskTicket> {
    const { queue } = await this.guide.getPlace(input.itemId, hallOf(actor));
    const ticket = await this.issue(actor, queue, {
      source: 'walk_in',
      itemId: input.itemId,
      citizenId: null,
      requesterId: actor.staffId,
      requestId: input.requestId,
      priority: input.priority ?? null,
    });
    return this.deskView(ticket);
  }

  /** Doing it again gives the same ticket. @throws AppError NOT_FOUND, TICKET_ALREADY_OPEN, BOOKING_REMOTE and those of `decideCheckIn` */
  async checkIn(actor: CitizenActor, bookingId: string): Promise<Ticket> {
    const booking = (await this.bookings.getMany([bookingId])).get(bookingId);
    if (booking?.citizenId !== actor.citizenId) throw new AppError('NOT_FOUND');
    return this.view(await this.checkInBooking(actor, 'citizen', booking));
  }

  /** By what the person shows or says. @throws AppError as `checkIn` */
  async checkInAtDesk(actor: StaffActor, code: string): Promise<DeskTicket> {
    const booking = await this.bookings.findByCode(hallOf(actor), code);
    return this.deskView(await this.checkInBooking(actor, actor.role, booking));
  }

  private async issue(
    actor: CitizenActor | StaffActor,
    queue: ServiceQueue,
    fields: Fields,
  ): Promise<TicketEntity> {
    const day = this.lines.today();
    const open = await this.lines.isOpen(queue.hallId, queue.id);
    await this.lines.ensureDays([queue.id], day);
    return this.transactions.run(async (em) => {
      const queueDay = await this.lockDay(em, queue, day);
      // Under the lock, so that a retry that overtakes the first try waits for it.
      const earlier = await em.findOneBy(TicketEntity, {
        requesterId: fields.requesterId,
        requestId: fields.requestId,
      });
      if (earlier) return sameRequest(earlier, queue, fields);
      if (!open) throw new AppError('QUEUE_CLOSED');
      if (queueDay.issued >= queue.dailyCap || nextNumber(queueDay, queue) > queue.lastNumber) {
        throw new AppError('QUEUE_DAY_FULL');
      }
      return this.create(em, actor, queue, queueDay, fields);
    });
  }

  private async checkInBooking(
    actor: CitizenActor | StaffActor,
    role: ActorRole,
    found: BookingFacts,
  ): Promise<TicketEntity> {
    const queue = await this.guide.getQueue(found.queueId);
    const closesAt = await this.lines.closesAt(found.hallId, found.day, found.queueId);
    const settings = await this.policies.forHall(found.hallId);
    await this.lines.ensureDays([queue.id], this.lines.today());
    return this.transactions.run(async (em) => {
      const booking = await this.bookings.lockForCheckIn(em, { bookingId: found.id });
      const earlier = booking.ticketId && (await em.findOneBy(TicketEntity, { id: booking.ticketId }));
      if (earlier) return earlier;
      const now = this.clock.now();
      if (!isInHall(booking.kind)) throw new AppError('BOOKING_REMOTE');
      const step = decideBooking(booking.state, 'checkIn', role);
      if (!step.ok) throw new AppError(step.code, { state: booking.state });
      const arrival = decideCheckIn(booking.startAt, now, settings, closesAt);
      if (!arrival.ok) throw new AppError(arrival.code);
      const queueDay = await this.lockDay(em, queue, booking.day);
      // A booking is a promise: neither the day's cap nor the range of numbers refuses it.
      const ticket = await this.create(em, actor, queue, queueDay, {
        source: 'booking',
        itemId: booking.itemId,
        citizenId: booking.citizenId,
        requesterId: booking.citizenId ?? booking.id,
        requestId: `booking-${booking.id}`,
        priority: null,
        booking,
      });
      await this.bookings.markCheckedIn(em, booking.id, ticket.id, now);
      return ticket;
    });
  }

  private async create(
    em: EntityManager,
    actor: CitizenActor | StaffActor,
    queue: ServiceQueue,
    queueDay: QueueDayEntity,
    { booking, ...fields }: Fields,
  ): Promise<TicketEntity> {
    const createdAt = this.clock.now();
    const number = nextNumber(queueDay, queue);
    const { day } = queueDay;
    const waiting = await em.countBy(TicketEntity, { queueId: queue.id, day, state: 'waiting' });
    const ticket = em.create(TicketEntity, {
      ...fields,
      id: newId(),
      hallId: queue.hallId,
      queueId: queue.id,
      day,
      number,
      label: formatTicketNumber(queue.prefix, number),
      state: 'waiting',
      bookingId: booking?.id ?? null,
      openKey: fields.citizenId ? `${fields.citizenId}:${queue.id}:${day}` : null,
      bookedFor: booking?.startAt ?? null,
      // Whoever starts near the head knows it already.
      soonToldAt: waiting <= SOON_AHEAD ? createdAt : null,
      rejoinedAt: null,
      calledCount: 0,
      missedCount: 0,
      deskId: null,
      activeDeskId: null,
      staffId: null,
      caseId: null,
      reason: null,
      calledAt: null,
      startedAt: null,
      endedAt: null,
      ratedAt: null,
      createdAt,
      version: 1,
    });
    try {
      // Without reading the columns back that have a default: all of them are set.
      const insert = em.createQueryBuilder().insert().into(TicketEntity).values(ticket);
      await insert.updateEntity(false).execute();
    } catch (error) {
      onUnique(error, { ux_ticket_open: 'TICKET_ALREADY_OPEN', ux_ticket_request: 'REQUEST_ID_REUSED' });
    }
    await em.update(
      QueueDayEntity,
      { queueId: queue.id, day },
      { lastNumber: number, issued: queueDay.issued + 1, version: queueDay.version + 1 },
    );
    await this.steps.recordIssue(em, actor, ticket);
    this.live.touch(em, { hallId: queue.hallId, queueIds: [queue.id], ticketIds: [ticket.id] });
    return ticket;
  }

  private async lockDay(em: EntityManager, queue: ServiceQueue, day: string): Promise<QueueDayEntity> {
    const row = (await this.lines.lockDays(em, [queue.id], day)).get(queue.id);
    if (!row) throw new Error(`queue_day ${queue.id} ${day} is missing`);
    return row;
  }

  private async view(ticket: TicketEntity): Promise<Ticket> {
    const [view] = await this.views.forCitizen([ticket.id]);
    if (!view) throw new AppError('NOT_FOUND');
    return view;
  }

  private async deskView(ticket: TicketEntity): Promise<DeskTicket> {
    const [view] = await this.views.forDesk([ticket]);
    if (!view) throw new AppError('NOT_FOUND');
    return view;
  }
}

function sameRequest(earlier: TicketEntity, queue: ServiceQueue, fields: Fields): TicketEntity {
  const same =
    earlier.itemId === fields.itemId &&
    earlier.queueId === queue.id &&
    (fields.source === 'remote' || earlier.priority === fields.priority);
  if (!same) throw new AppError('REQUEST_ID_REUSED');
  return earlier;
}

function nextNumber(queueDay: QueueDayEntity, queue: ServiceQueue): number {
  return Math.max(queueDay.lastNumber, queue.firstNumber - 1) + 1;
}

/** Staff of the whole city have no counter. */
export function hallOf(actor: StaffActor): string {
  if (!actor.hallId) throw new AppError('NOT_FOUND');
  return actor.hallId;
}
