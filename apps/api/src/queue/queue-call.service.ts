import type { DeskView } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import type { Catalogue } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { DeskRows } from './desk-rows.service.js';
import { DeskViews } from './desk-views.service.js';
import type { DeskEntity } from './desk.entity.js';
import { deskOrder, emptyLine, toLine, type Line, type Placed } from './line.js';
import { LineService } from './line.service.js';
import { QueueLive } from './queue-live.service.js';
import { QueueNotices } from './queue-notices.service.js';
import { REMEMBERED_CALLS } from './queue-settings.js';
import { lockTicket } from './ticket-rows.js';
import { QueueDayEntity } from './ticket.entity.js';
import { TicketSteps } from './ticket-steps.service.js';

interface Calling {
  readonly deskId: string;
  readonly queueIds: readonly string[];
  readonly catalogue: Catalogue;
  readonly requestId: string | null;
  /** Who is wanted, where it is a certain person. */
  readonly ticketId?: string;
  readonly reason: string | null;
  readonly pick: (lines: readonly Line[]) => Placed;
}

/**
 * Brings a person to a desk. Lock order: queue days by id → desk → ticket. The queue days make every caller of these lines wait
 * for the one before, so two desks never pick the same person; ux_ticket_desk says it once more.
 */
@Injectable()
export class QueueCallService {
  constructor(
    private readonly transactions: Transactions,
    private readonly desks: DeskRows,
    private readonly lines: LineService,
    private readonly steps: TicketSteps,
    private readonly notices: QueueNotices,
    private readonly guide: GuideService,
    private readonly views: DeskViews,
    private readonly live: QueueLive,
    private readonly clock: Clock,
  ) {}

  /**
   * The next person by the rule. The same `requestId` again calls nobody else.
   * @throws AppError NOT_FOUND, DESK_NOT_OPEN, DESK_TAKEN, DESK_BUSY, NO_ONE_WAITING, BUSY
   */
  async callNext(actor: StaffActor, input: { deskId: string; requestId: string }): Promise<DeskView> {
    const { queueIds } = await this.desks.get(actor, input.deskId);
    await this.call(actor, {
      ...input,
      queueIds,
      catalogue: await this.guide.catalogue(),
      reason: null,
      pick: (lines) => {
        const [next] = deskOrder(lines, this.clock.now());
        if (!next) throw new AppError('NO_ONE_WAITING');
        return next;
      },
    });
    return this.views.view(actor, input.deskId);
  }

  /**
   * A certain person out of turn, with the reason that the audit shows. Calling the same again before anything else changes nothing.
   * @throws AppError NOT_FOUND, DESK_NOT_OPEN, DESK_TAKEN, DESK_BUSY, DESK_QUEUE_NOT_SERVED, TICKET_STATE, BUSY
   */
  async callTicket(
    actor: StaffActor,
    input: { deskId: string; ticketId: string; reason: string },
  ): Promise<DeskView> {
    const { deskId, ticketId, reason } = input;
    const { queueIds } = await this.desks.get(actor, deskId);
    const ticket = await this.views.ticketOfHall(actor, ticketId);
    if (!queueIds.includes(ticket.queueId)) throw new AppError('DESK_QUEUE_NOT_SERVED');
    if (ticket.day !== this.lines.today()) throw new AppError('TICKET_STATE', { state: ticket.state });
    await this.call(actor, {
      deskId,
      ticketId,
      queueIds: [ticket.queueId],
      catalogue: await this.guide.catalogue(),
      requestId: null,
      reason,
      pick: ([line]) => {
        const placed = line?.order.find((each) => each.ticket.id === ticketId);
        if (!placed) throw new AppError('TICKET_STATE');
        return placed;
      },
    });
    return this.views.view(actor, deskId);
  }

  /** Calls the same person again. @throws AppError NOT_FOUND, DESK_NOT_OPEN, DESK_TAKEN, TICKET_STATE, BUSY */
  async recall(actor: StaffActor, deskId: string): Promise<DeskView> {
    const { desk: found } = await this.desks.get(actor, deskId);
    const catalogue = await this.guide.catalogue();
    await this.transactions.run(async (em) => {
      const desk = await this.desks.lockOwn(em, actor, deskId);
      const current = await this.desks.lockCurrent(em, deskId);
      if (!current) throw new AppError('TICKET_STATE');
      const ticket = await this.steps.take(em, actor, current, { action: 'recall' });
      await this.desks.change(em, desk);
      await this.notices.called(em, ticket, desk, catalogue);
      this.live.touch(em, { hallId: found.hallId, deskIds: [deskId], ticketIds: [ticket.id] });
    });
    return this.views.view(actor, deskId);
  }

  private async call(actor: StaffActor, calling: Calling): Promise<void> {
    const day = this.lines.today();
    await this.lines.ensureDays(calling.queueIds, day);
    await this.transactions.run(async (em) => {
      const rows = await this.lines.lockDays(em, calling.queueIds, day);
      const desk = await this.desks.lockOwn(em, actor, calling.deskId);
      const current = await this.desks.lockCurrent(em, desk.id);
      if (calling.requestId !== null && desk.lastCallRequest === calling.requestId) return;
      if (current?.state === 'called' && current.id === calling.ticketId) return;
      if (desk.status !== 'open') throw new AppError('DESK_NOT_OPEN');
      if (current) throw new AppError('DESK_BUSY');
      const lines = await this.lines.readLocked(em, rows, day);
      await this.bring(em, actor, { calling, desk, lines, rows, placed: calling.pick(lines) });
    });
  }

  private async bring(
    em: EntityManager,
    actor: StaffActor,
    found: {
      calling: Calling;
      desk: DeskEntity;
      lines: readonly Line[];
      rows: ReadonlyMap<string, QueueDayEntity>;
      placed: Placed;
    },
  ): Promise<void> {
    const { calling, desk, placed } = found;
    const { reason, catalogue, requestId } = calling;
    const waiting = await lockTicket(em, placed.ticket.id);
    const ticket = await this.steps.take(em, actor, waiting, {
      action: 'call',
      change: { deskId: desk.id, activeDeskId: desk.id, staffId: actor.staffId, reason },
      reason,
    });
    const queueDay = found.rows.get(ticket.queueId);
    if (!queueDay) throw new Error(`queue_day of ${ticket.queueId} is not locked`);
    const call = { at: this.clock.now().toISOString(), lane: placed.place.lane };
    const recentCalls = [call, ...queueDay.recentCalls].slice(0, REMEMBERED_CALLS);
    await em.update(
      QueueDayEntity,
      { queueId: ticket.queueId, day: ticket.day },
      { recentCalls, version: queueDay.version + 1 },
    );
    await this.desks.change(em, desk, requestId === null ? {} : { lastCallRequest: requestId });
    await this.notices.called(em, ticket, desk, catalogue);
    const line = found.lines.find(({ queueId }) => queueId === ticket.queueId) ?? emptyLine(ticket.queueId);
    const others = line.order.map((each) => each.ticket).filter(({ id }) => id !== ticket.id);
    const left = toLine(
      ticket.queueId,
      others,
      { recentCalls },
      { settings: line.settings, now: this.clock.now() },
    );
    await this.notices.soon(em, left, catalogue);
    this.live.touch(em, {
      hallId: desk.hallId,
      queueIds: [ticket.queueId],
      deskIds: [desk.id],
      ticketIds: [ticket.id],
    });
  }
}
