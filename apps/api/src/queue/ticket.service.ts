import type { DeskTicket, Ticket } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import { DeskRows } from './desk-rows.service.js';
import { DeskViews } from './desk-views.service.js';
import { LineService } from './line.service.js';
import { QueueLive } from './queue-live.service.js';
import { QueueNotices } from './queue-notices.service.js';
import { lockTicket } from './ticket-rows.js';
import { QueueDayEntity, TicketEntity } from './ticket.entity.js';
import { TicketSteps } from './ticket-steps.service.js';
import { TicketViews } from './ticket-views.service.js';

/** A person's own tickets: see, give up, come back. Lock order: queue day → desk → ticket. */
@Injectable()
export class TicketService {
  constructor(
    @InjectRepository(TicketEntity) private readonly tickets: Repository<TicketEntity>,
    private readonly transactions: Transactions,
    private readonly lines: LineService,
    private readonly desks: DeskRows,
    private readonly deskViews: DeskViews,
    private readonly steps: TicketSteps,
    private readonly notices: QueueNotices,
    private readonly guide: GuideService,
    private readonly views: TicketViews,
    private readonly live: QueueLive,
  ) {}

  /** Today's, newest first. */
  async listMine(actor: CitizenActor): Promise<{ items: Ticket[] }> {
    const rows = await this.tickets.find({
      select: { id: true },
      where: { citizenId: actor.citizenId, day: this.lines.today() },
      order: { id: 'DESC' },
    });
    return { items: await this.views.forCitizen(rows.map(({ id }) => id)) };
  }

  /** @throws AppError NOT_FOUND, for other people's tickets too */
  async getMine(actor: CitizenActor, ticketId: string): Promise<Ticket> {
    await this.own(actor, ticketId);
    return this.view(ticketId);
  }

  /** For the live topic: whoever may see it was asked before. */
  async view(ticketId: string): Promise<Ticket> {
    const [ticket] = await this.views.forCitizen([ticketId]);
    if (!ticket) throw new AppError('NOT_FOUND');
    return ticket;
  }

  async belongsTo(citizenId: string, ticketId: string): Promise<boolean> {
    return this.tickets.existsBy({ id: ticketId, citizenId });
  }

  /** Giving up twice gives the same answer. @throws AppError NOT_FOUND, TICKET_STATE, BUSY */
  async leave(actor: CitizenActor, ticketId: string): Promise<Ticket> {
    const found = await this.own(actor, ticketId);
    if (found.state !== 'left') {
      const catalogue = await this.guide.catalogue();
      await this.withLine(found, async (em, queueDay) => {
        const now = await em.findOneByOrFail(TicketEntity, { id: ticketId });
        const deskId = now.activeDeskId;
        const desk = deskId ? await this.desks.lock(em, deskId) : undefined;
        const ticket = await lockTicket(em, ticketId);
        // Tapped twice: the first was faster.
        if (ticket.state === 'left') return;
        await this.steps.take(em, actor, ticket, { action: 'leave' });
        if (desk) await this.desks.change(em, desk);
        const lines = await this.lines.readLocked(em, new Map([[ticket.queueId, queueDay]]), ticket.day);
        for (const line of lines) await this.notices.soon(em, line, catalogue);
        this.touch(em, ticket, deskId);
      });
    }
    return this.view(ticketId);
  }

  /** After having been missed; doing it again gives the same answer. @throws AppError NOT_FOUND, TICKET_STATE, QUEUE_CLOSED, BUSY */
  async rejoin(actor: CitizenActor, ticketId: string): Promise<Ticket> {
    const found = await this.own(actor, ticketId);
    if (!(await this.lines.isOpen(found.hallId, found.queueId))) throw new AppError('QUEUE_CLOSED');
    await this.comeBack(actor, found);
    return this.view(ticketId);
  }

  /** The desk lets a missed person back in. @throws AppError NOT_FOUND, TICKET_STATE, BUSY */
  async requeue(actor: StaffActor, ticketId: string): Promise<DeskTicket> {
    await this.comeBack(actor, await this.deskViews.ticketOfHall(actor, ticketId));
    const [view] = await this.views.forDesk([await this.deskViews.ticketOfHall(actor, ticketId)]);
    if (!view) throw new AppError('NOT_FOUND');
    return view;
  }

  private async comeBack(actor: CitizenActor | StaffActor, found: TicketEntity): Promise<void> {
    // A line of a past day is never called again.
    if (found.day !== this.lines.today()) throw new AppError('TICKET_STATE', { state: found.state });
    await this.withLine(found, async (em) => {
      const ticket = await lockTicket(em, found.id);
      if (ticket.state === 'waiting' && ticket.rejoinedAt) return;
      await this.steps.take(em, actor, ticket, { action: 'rejoin', change: { deskId: null, staffId: null } });
      this.touch(em, ticket, null);
    });
  }

  private async withLine(
    { queueId, day }: TicketEntity,
    act: (em: EntityManager, queueDay: QueueDayEntity) => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async (em) => {
      const queueDay = (await this.lines.lockDays(em, [queueId], day)).get(queueId);
      if (!queueDay) throw new Error(`queue_day ${queueId} ${day} is missing`);
      await act(em, queueDay);
      await em.update(QueueDayEntity, { queueId, day }, { version: queueDay.version + 1 });
    });
  }

  private touch(em: EntityManager, { id, hallId, queueId }: TicketEntity, deskId: string | null): void {
    this.live.touch(em, { hallId, queueIds: [queueId], ticketIds: [id], deskIds: deskId ? [deskId] : [] });
  }

  private async own(actor: CitizenActor, ticketId: string): Promise<TicketEntity> {
    const ticket = await this.tickets.findOneBy({ id: ticketId, citizenId: actor.citizenId });
    if (!ticket) throw new AppError('NOT_FOUND');
    return ticket;
  }
}
