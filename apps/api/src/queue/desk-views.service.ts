import { daysBetween, type LocalDay } from '@haoban/domain';
import type { Desk, DeskView } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { GuideService } from '../guide/guide.service.js';
import { StaffService } from '../identity/staff.service.js';
import { DeskRows } from './desk-rows.service.js';
import { DeskEntity, DeskQueueEntity } from './desk.entity.js';
import { deskOrder } from './line.js';
import { LineService } from './line.service.js';
import { TicketEntity } from './ticket.entity.js';
import { TicketViews } from './ticket-views.service.js';

/** More than a clerk scrolls through. */
const SHOWN_WAITING = 100;

@Injectable()
export class DeskViews {
  constructor(
    @InjectRepository(DeskEntity) private readonly desks: Repository<DeskEntity>,
    @InjectRepository(DeskQueueEntity) private readonly served: Repository<DeskQueueEntity>,
    @InjectRepository(TicketEntity) private readonly tickets: Repository<TicketEntity>,
    private readonly rows: DeskRows,
    private readonly lines: LineService,
    private readonly ticketViews: TicketViews,
    private readonly staff: StaffService,
    private readonly guide: GuideService,
    private readonly clock: Clock,
  ) {}

  /** The desk as this member of staff sees it. @throws AppError NOT_FOUND for a desk of another hall */
  async view(actor: StaffActor, deskId: string): Promise<DeskView> {
    const { desk } = await this.rows.get(actor, deskId);
    return this.snapshot(desk.id, actor.staffId);
  }

  /** @param viewerId whose desk it may be; without it `mine` is false */
  async snapshot(deskId: string, viewerId?: string): Promise<DeskView> {
    // The version before the people: newer than it says is harmless, older is not.
    const desk = await this.desks.findOneByOrFail({ id: deskId });
    const queueIds = await this.rows.queueIds(deskId);
    const lines = await this.lines.read(queueIds);
    const { day } = lines;
    const now = this.clock.now();
    const order = deskOrder(
      queueIds.map((queueId) => lines.line(queueId)),
      now,
    );
    const current = await this.tickets.findOneBy({ activeDeskId: deskId });
    const missed = await this.tickets.find({
      where: { queueId: In(queueIds), day, state: 'missed' },
      order: { calledAt: 'DESC' },
    });
    const servedToday = await this.tickets.countBy({ hallId: desk.hallId, day, state: 'done', deskId });
    const waiting = await this.ticketViews.forDesk(order.slice(0, SHOWN_WAITING));
    const [currentView] = await this.ticketViews.forDesk(current ? [current] : []);
    const since = Math.min(now.getTime(), ...order.map(({ ticket }) => ticket.createdAt.getTime()));
    return {
      desk: await this.toDesk(desk, queueIds, viewerId),
      current: currentView ?? null,
      next: waiting[0] ?? null,
      waiting,
      missed: await this.ticketViews.forDesk(missed),
      servedToday,
      longestWaitMinutes: Math.floor((now.getTime() - since) / 60_000),
      version: versionOfDay(day) + lines.version + desk.version,
    };
  }

  /** The desks of the actor's own hall. */
  async list(actor: StaffActor): Promise<{ items: Desk[] }> {
    if (!actor.hallId) return { items: [] };
    const desks = await this.desks.find({ where: { hallId: actor.hallId }, order: { number: 'ASC' } });
    const served = await this.served.findBy({ deskId: In(desks.map(({ id }) => id)) });
    const names = await this.staff.names(desks.flatMap(({ staffId }) => staffId ?? []));
    return {
      items: await Promise.all(
        desks.map((desk) => {
          const queueIds = served.filter(({ deskId }) => deskId === desk.id).map(({ queueId }) => queueId);
          return this.toDesk(desk, queueIds, actor.staffId, names);
        }),
      ),
    };
  }

  /** A ticket of the actor's own hall. @throws AppError NOT_FOUND */
  async ticketOfHall(actor: StaffActor, ticketId: string): Promise<TicketEntity> {
    const ticket = await this.tickets.findOneBy({ id: ticketId });
    if (!ticket || ticket.hallId !== actor.hallId) throw new AppError('NOT_FOUND');
    return ticket;
  }

  private async toDesk(
    desk: DeskEntity,
    queueIds: readonly string[],
    viewerId: string | undefined,
    known?: ReadonlyMap<string, string>,
  ): Promise<Desk> {
    const { queues } = await this.guide.catalogue();
    const { staffId } = desk;
    const names = known ?? (await this.staff.names(staffId ? [staffId] : []));
    return {
      id: desk.id,
      number: desk.number,
      label: desk.label,
      hallId: desk.hallId,
      queueIds: [...queueIds],
      queueNames: queueIds.map((queueId) => queues.get(queueId)?.name ?? ''),
      status: desk.status,
      staffId,
      staffName: staffId ? (names.get(staffId) ?? null) : null,
      mine: staffId !== null && staffId === viewerId,
    };
  }
}

/** The counters of a queue start anew each day, so the day comes first in what has to grow. */
export function versionOfDay(day: LocalDay): number {
  return daysBetween('2020-01-01', day) * 10_000_000;
}
