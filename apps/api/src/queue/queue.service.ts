import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type EntityManager, type Repository } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { GuideService } from '../guide/guide.service.js';
import { DeskEntity } from './desk.entity.js';
import { DeskRows } from './desk-rows.service.js';
import { QueueLive } from './queue-live.service.js';
import { TicketEntity } from './ticket.entity.js';

/** A visit that goes on at a desk, for the case that is opened from it. */
export interface TicketForCase {
  readonly id: string;
  readonly label: string;
  readonly hallId: string;
  readonly itemId: string;
  readonly citizenId: string | null;
  readonly bookingId: string | null;
  readonly deskId: string;
  readonly deskLabel: string;
  readonly caseId: string | null;
}

/** A window as its code on the wall needs it. */
export interface DeskOfHall {
  readonly id: string;
  readonly hallId: string;
  readonly label: string;
  readonly queueIds: readonly string[];
}

/** A visit as the rating needs it. */
export interface TicketForRating {
  readonly id: string;
  readonly label: string;
  readonly state: TicketEntity['state'];
  readonly citizenId: string | null;
  readonly hallId: string;
  readonly itemId: string;
  readonly itemName: string;
  readonly deskLabel: string | null;
  readonly staffId: string | null;
  readonly caseId: string | null;
  readonly endedAt: Date | null;
  readonly ratedAt: Date | null;
}

/** What later features may ask of the queue. */
@Injectable()
export class QueueService {
  constructor(
    @InjectRepository(TicketEntity) private readonly tickets: Repository<TicketEntity>,
    @InjectRepository(DeskEntity) private readonly desks: Repository<DeskEntity>,
    private readonly deskRows: DeskRows,
    private readonly guide: GuideService,
    private readonly live: QueueLive,
  ) {}

  /**
   * Locks a ticket that is being served by this member of staff, or in the hall of this manager.
   * @throws AppError NOT_FOUND outside the actor's hall, TICKET_STATE otherwise
   */
  async ticketForCase(em: EntityManager, ticketId: string, staff: StaffActor): Promise<TicketForCase> {
    const ticket = await em.findOne(TicketEntity, {
      where: { id: ticketId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!ticket || ticket.hallId !== staff.hallId) throw new AppError('NOT_FOUND');
    const { activeDeskId } = ticket;
    const theirs = staff.role === 'manager' || ticket.staffId === staff.staffId;
    if (ticket.state !== 'serving' || !activeDeskId || !theirs) {
      throw new AppError('TICKET_STATE', { state: ticket.state });
    }
    const desk = await em.findOneByOrFail(DeskEntity, { id: activeDeskId });
    const { id, label, hallId, itemId, citizenId, bookingId, caseId } = ticket;
    return {
      id,
      label,
      hallId,
      itemId,
      citizenId,
      bookingId,
      deskId: desk.id,
      deskLabel: desk.label,
      caseId,
    };
  }

  /** The ticket must be locked by `ticketForCase`. @throws AppError CASE_ALREADY_OPENED */
  async linkCase(em: EntityManager, ticketId: string, caseId: string): Promise<void> {
    const { affected } = await em.update(
      TicketEntity,
      { id: ticketId, caseId: IsNull() },
      { caseId, version: () => 'version + 1' },
    );
    if (affected !== 1) throw new AppError('CASE_ALREADY_OPENED');
    const { hallId, deskId } = await em.findOneByOrFail(TicketEntity, { id: ticketId });
    this.live.touch(em, { hallId, ticketIds: [ticketId], deskIds: deskId ? [deskId] : [] });
  }

  /** @throws AppError NOT_FOUND */
  async ticketForRating(ticketId: string): Promise<TicketForRating> {
    const ticket = await this.tickets.findOneBy({ id: ticketId });
    if (!ticket) throw new AppError('NOT_FOUND');
    const desk = ticket.deskId ? await this.desks.findOneBy({ id: ticket.deskId }) : null;
    const { items } = await this.guide.catalogue();
    const { id, label, state, citizenId, hallId, itemId, staffId, caseId, endedAt, ratedAt } = ticket;
    return {
      id,
      label,
      state,
      citizenId,
      hallId,
      itemId,
      itemName: items.get(itemId)?.name ?? '',
      deskLabel: desk?.label ?? null,
      staffId,
      caseId,
      endedAt,
      ratedAt,
    };
  }

  async findDesk(deskId: string): Promise<DeskOfHall | undefined> {
    const desk = await this.desks.findOneBy({ id: deskId });
    if (!desk) return undefined;
    const { id, hallId, label } = desk;
    return { id, hallId, label, queueIds: await this.deskRows.queueIds(id) };
  }

  /** @throws AppError NOT_FOUND */
  async getDesk(deskId: string): Promise<DeskOfHall> {
    const desk = await this.findDesk(deskId);
    if (!desk) throw new AppError('NOT_FOUND');
    return desk;
  }

  /** So that the ticket no longer offers to rate. */
  async markRated(em: EntityManager, ticketId: string, at: Date): Promise<void> {
    await em.update(TicketEntity, { id: ticketId }, { ratedAt: at, version: () => 'version + 1' });
    const { hallId } = await em.findOneByOrFail(TicketEntity, { id: ticketId });
    this.live.touch(em, { hallId, ticketIds: [ticketId] });
  }
}
