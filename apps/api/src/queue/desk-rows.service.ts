import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { DeskEntity, DeskQueueEntity } from './desk.entity.js';
import { TicketEntity } from './ticket.entity.js';

/** Finding, locking and holding desks, for every service that works at one. */
@Injectable()
export class DeskRows {
  constructor(
    @InjectRepository(DeskEntity) private readonly desks: Repository<DeskEntity>,
    @InjectRepository(DeskQueueEntity) private readonly served: Repository<DeskQueueEntity>,
  ) {}

  /** A desk of the actor's own hall with the queues that it serves. @throws AppError NOT_FOUND */
  async get(actor: StaffActor, deskId: string): Promise<{ desk: DeskEntity; queueIds: string[] }> {
    const desk = await this.desks.findOneBy({ id: deskId });
    if (!desk || desk.hallId !== actor.hallId) throw new AppError('NOT_FOUND');
    return { desk, queueIds: await this.queueIds(deskId) };
  }

  async queueIds(deskId: string): Promise<string[]> {
    const rows = await this.served.find({ where: { deskId }, order: { queueId: 'ASC' } });
    return rows.map(({ queueId }) => queueId);
  }

  /** Comes after the queue days and before the tickets. @throws AppError NOT_FOUND */
  async lock(em: EntityManager, deskId: string): Promise<DeskEntity> {
    const desk = await em.findOne(DeskEntity, { where: { id: deskId }, lock: { mode: 'pessimistic_write' } });
    if (!desk) throw new AppError('NOT_FOUND');
    return desk;
  }

  /** Locks the desk where this person sits. @throws AppError DESK_NOT_OPEN, DESK_TAKEN */
  async lockOwn(em: EntityManager, actor: StaffActor, deskId: string): Promise<DeskEntity> {
    const desk = await this.lock(em, deskId);
    requireSeat(desk, actor);
    return desk;
  }

  /** Whom the desk has, locked. */
  async lockCurrent(em: EntityManager, deskId: string): Promise<TicketEntity | null> {
    return em.findOne(TicketEntity, {
      where: { activeDeskId: deskId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** So that screens can tell newer from older. The row must be locked. */
  async change(em: EntityManager, desk: DeskEntity, change: Partial<DeskEntity> = {}): Promise<void> {
    await em.update(DeskEntity, { id: desk.id }, { ...change, version: desk.version + 1 });
  }
}

/** @throws AppError DESK_NOT_OPEN where nobody sits, DESK_TAKEN where somebody else does */
export function requireSeat(desk: DeskEntity, actor: StaffActor): void {
  if (desk.status === 'closed' || desk.staffId === null) throw new AppError('DESK_NOT_OPEN');
  if (desk.staffId !== actor.staffId) throw new AppError('DESK_TAKEN');
}
