import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, IsNull, Not, type EntityManager, type Repository } from 'typeorm';
import { openTicketStates, startOfDay, type LocalDay } from '@haoban/domain';
import { system } from '../common/actor.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import { Repeat } from '../outbox/job.js';
import { DeskRows } from './desk-rows.service.js';
import { DeskEntity, DeskSessionEntity } from './desk.entity.js';
import { DeskService } from './desk.service.js';
import { LineService } from './line.service.js';
import { QueueNotices } from './queue-notices.service.js';
import { TicketEntity } from './ticket.entity.js';
import { TicketSteps } from './ticket-steps.service.js';

const BATCH = 100;

@Injectable()
export class QueueJobs {
  constructor(
    @InjectRepository(TicketEntity) private readonly tickets: Repository<TicketEntity>,
    @InjectRepository(DeskEntity) private readonly desks: Repository<DeskEntity>,
    private readonly transactions: Transactions,
    private readonly rows: DeskRows,
    private readonly seats: DeskService,
    private readonly steps: TicketSteps,
    private readonly notices: QueueNotices,
    private readonly lines: LineService,
    private readonly guide: GuideService,
  ) {}

  /** After midnight: whoever still waits has gone home, whoever was being served is done, every desk is empty. */
  @Repeat('queue.close-days', { everyMs: 10 * 60_000 })
  async closeDays(): Promise<void> {
    const today = this.lines.today();
    for (;;) {
      const open = await this.tickets.find({
        select: { id: true },
        where: { state: In([...openTicketStates]), day: LessThan(today) },
        order: { id: 'ASC' },
        take: BATCH,
      });
      for (const { id } of open) await this.closeTicket(id);
      if (open.length < BATCH) break;
    }
    const seats = await this.desks.find({ select: { id: true }, where: { staffId: Not(IsNull()) } });
    for (const { id } of seats) await this.closeDesk(id, today);
  }

  private async closeTicket(id: string): Promise<void> {
    const catalogue = await this.guide.catalogue();
    await this.transactions.run(async (em) => {
      const found = await em.findOneByOrFail(TicketEntity, { id });
      const desk = found.activeDeskId ? await this.rows.lock(em, found.activeDeskId) : undefined;
      const ticket = await em.findOneOrFail(TicketEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!(openTicketStates as readonly string[]).includes(ticket.state)) return;
      const closed = await this.steps.take(em, system, ticket, { action: 'closeDay' });
      if (desk) await this.rows.change(em, desk);
      if (closed.state === 'done') await this.notices.finished(em, closed, desk?.label ?? null, catalogue);
    });
  }

  /** A desk that already called somebody today is in use, however late this job comes: nobody loses the seat while working. */
  private async closeDesk(id: string, today: LocalDay): Promise<void> {
    const queueIds = await this.rows.queueIds(id);
    await this.transactions.run(async (em) => {
      const desk = await this.rows.lock(em, id);
      if (desk.staffId === null || !(await openedBefore(em, id, startOfDay(today)))) return;
      const inUse = { hallId: desk.hallId, day: today, deskId: id };
      if (await em.existsBy(TicketEntity, inUse)) return;
      await this.seats.leave(em, system, desk, queueIds);
    });
  }
}

async function openedBefore(em: EntityManager, deskId: string, at: Date): Promise<boolean> {
  return em.existsBy(DeskSessionEntity, { deskId, closedAt: IsNull(), openedAt: LessThan(at) });
}
