import type { DeskView } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import { DeskRows } from './desk-rows.service.js';
import { DeskViews } from './desk-views.service.js';
import type { DeskEntity } from './desk.entity.js';
import { QueueLive } from './queue-live.service.js';
import { QueueNotices } from './queue-notices.service.js';
import { MAX_MISSED } from './queue-settings.js';
import type { TicketEntity } from './ticket.entity.js';
import { TicketSteps } from './ticket-steps.service.js';

type Step = (em: EntityManager, current: TicketEntity, desk: DeskEntity) => Promise<TicketEntity>;

/** What happens with the person at the desk. Nobody's place in the line changes, so no queue day is locked. */
@Injectable()
export class QueueServeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly desks: DeskRows,
    private readonly steps: TicketSteps,
    private readonly notices: QueueNotices,
    private readonly guide: GuideService,
    private readonly views: DeskViews,
    private readonly live: QueueLive,
  ) {}

  /** @throws AppError NOT_FOUND, DESK_NOT_OPEN, DESK_TAKEN, TICKET_STATE, BUSY */
  start(actor: StaffActor, deskId: string): Promise<DeskView> {
    return this.step(actor, deskId, (em, current) =>
      this.steps.take(em, actor, current, { action: 'start' }),
    );
  }

  /** Invites to rate the visit. A manager may end what a clerk who is gone left open. @throws AppError as `start` */
  async finish(actor: StaffActor, deskId: string): Promise<DeskView> {
    const catalogue = await this.guide.catalogue();
    return this.end(actor, deskId, async (em, current, desk) => {
      const ticket = await this.steps.take(em, actor, current, { action: 'finish' });
      await this.notices.finished(em, ticket, desk.label, catalogue);
      return ticket;
    });
  }

  /** The person did not come. At the third time the ticket is over. Managers as in `finish`. @throws AppError as `start` */
  noShow(actor: StaffActor, deskId: string): Promise<DeskView> {
    return this.end(actor, deskId, async (em, current) => {
      const missed = await this.steps.take(em, actor, current, { action: 'markMissed' });
      if (missed.missedCount < MAX_MISSED) return missed;
      return this.steps.take(em, actor, missed, { action: 'leave', reason: `过号 ${MAX_MISSED} 次` });
    });
  }

  private step(actor: StaffActor, deskId: string, step: Step): Promise<DeskView> {
    return this.work(actor, deskId, step, (em) => this.desks.lockOwn(em, actor, deskId));
  }

  /** Without this a desk whose clerk fell ill could neither be closed nor let go of its person before the night. */
  private end(actor: StaffActor, deskId: string, step: Step): Promise<DeskView> {
    return this.work(actor, deskId, step, (em) =>
      actor.role === 'manager' ? this.desks.lock(em, deskId) : this.desks.lockOwn(em, actor, deskId),
    );
  }

  private async work(
    actor: StaffActor,
    deskId: string,
    step: Step,
    lock: (em: EntityManager) => Promise<DeskEntity>,
  ): Promise<DeskView> {
    const { queueIds } = await this.desks.get(actor, deskId);
    await this.transactions.run(async (em) => {
      const desk = await lock(em);
      const current = await this.desks.lockCurrent(em, deskId);
      if (!current) throw new AppError('TICKET_STATE');
      const ticket = await step(em, current, desk);
      await this.desks.change(em, desk);
      // The desk's time with this person is part of everybody's estimate.
      this.live.touch(em, { hallId: desk.hallId, queueIds, deskIds: [deskId], ticketIds: [ticket.id] });
    });
    return this.views.view(actor, deskId);
  }
}
