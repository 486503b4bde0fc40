import type { Display, QueueStatus } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, type Repository } from 'typeorm';
import type { ServiceQueue } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { versionOfDay } from './desk-views.service.js';
import { DeskEntity } from './desk.entity.js';
import { GoodRates } from './good-rate.js';
import { LineService, type Lines } from './line.service.js';
import { SHOWN_CALLS } from './queue-settings.js';
import { TicketEntity } from './ticket.entity.js';

/** The hall as everybody may see it: numbers and desks, no names. */
@Injectable()
export class DisplayService {
  constructor(
    @InjectRepository(TicketEntity) private readonly tickets: Repository<TicketEntity>,
    @InjectRepository(DeskEntity) private readonly desks: Repository<DeskEntity>,
    private readonly guide: GuideService,
    private readonly lines: LineService,
    private readonly goodRates: GoodRates,
  ) {}

  /** @throws AppError HALL_NOT_FOUND */
  async listQueues(hallId: string): Promise<{ items: QueueStatus[] }> {
    return { items: (await this.queues(hallId)).items };
  }

  /** Who was called stays shown until so many others were, whatever became of them. @throws AppError HALL_NOT_FOUND */
  async display(hallId: string): Promise<Display> {
    const hall = await this.guide.getHall(hallId);
    const desks = new Map((await this.desks.findBy({ hallId })).map((desk) => [desk.id, desk]));
    const { items, lines } = await this.queues(hallId);
    const { day } = lines;
    const called = await this.tickets.find({
      where: { hallId, day, calledAt: Not(IsNull()), deskId: In([...desks.keys()]) },
      order: { calledAt: 'DESC', id: 'DESC' },
      take: SHOWN_CALLS,
    });
    const deskVersions = [...desks.values()].reduce((sum, { version }) => sum + version, 0);
    return {
      hallId,
      hallName: hall.name,
      calling: called.flatMap((ticket) => toCall(ticket, desks)),
      queues: items,
      servedToday: await this.tickets.countBy({ hallId, day, state: 'done' }),
      goodRate: await this.goodRates.of(hallId, day),
      version: versionOfDay(day) + lines.version + deskVersions,
    };
  }

  private async queues(hallId: string): Promise<{ items: QueueStatus[]; lines: Lines }> {
    const queues = await this.guide.queuesOfHall(hallId);
    const lines = await this.lines.read(queues.map(({ id }) => id));
    const open = await Promise.all(queues.map(({ id }) => this.lines.isOpen(hallId, id)));
    return { items: queues.map((queue, index) => toStatus(queue, lines, open[index] ?? false)), lines };
  }
}

function toCall(ticket: TicketEntity, desks: ReadonlyMap<string, DeskEntity>): Display['calling'] {
  const desk = ticket.deskId ? desks.get(ticket.deskId) : undefined;
  if (!desk || !ticket.calledAt) return [];
  return [
    {
      ticketId: ticket.id,
      label: ticket.label,
      deskLabel: desk.label,
      deskNumber: desk.number,
      calledAt: ticket.calledAt.toISOString(),
      calledCount: ticket.calledCount,
      state: ticket.state,
    },
  ];
}

function toStatus(queue: ServiceQueue, lines: Lines, open: boolean): QueueStatus {
  const day = lines.queueDays.get(queue.id);
  const issued = day?.issued ?? 0;
  const numbersLeft = queue.lastNumber - Math.max(day?.lastNumber ?? 0, queue.firstNumber - 1);
  return {
    id: queue.id,
    name: queue.name,
    prefix: queue.prefix,
    open,
    remoteAllowed: queue.remoteAllowed,
    waiting: lines.line(queue.id).order.length,
    desksOpen: lines.desks.filter(({ queueIds }) => queueIds.includes(queue.id)).length,
    wait: lines.waitAt(queue.id),
    issuedToday: issued,
    remainingToday: Math.max(0, Math.min(queue.dailyCap - issued, numbersLeft)),
  };
}
