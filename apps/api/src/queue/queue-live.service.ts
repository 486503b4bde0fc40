import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, In, IsNull, Not, type EntityManager } from 'typeorm';
import { afterCommit } from '../db/transactions.js';
import { LivePublisher } from '../live/live-publisher.js';
import { DeskQueueEntity } from './desk.entity.js';
import { LineService } from './line.service.js';
import { TicketEntity } from './ticket.entity.js';

/** What a committed change touched. A queue stands for its waiting people and the desks that serve it. */
export interface Touched {
  readonly hallId: string;
  readonly queueIds?: readonly string[];
  readonly deskIds?: readonly string[];
  readonly ticketIds?: readonly string[];
}

/** One call moves everybody in the line; calls that come together are told together. */
const COLLECT_MS = 50;

export const liveTopic = {
  hall: (hallId: string) => `queue:${hallId}`,
  desk: (deskId: string) => `desk:${deskId}`,
  ticket: (ticketId: string) => `ticket:${ticketId}`,
};

/**
 * Tells the screens after a commit: the hall's display, desks, and every phone in a line that moved. Hints only, so nobody waits
 * for them: a process that dies in these milliseconds costs a watcher the time until it asks again.
 */
@Injectable()
export class QueueLive implements OnApplicationShutdown {
  private readonly logger = new Logger(QueueLive.name);
  private readonly topics = new Set<string>();
  private readonly queueIds = new Set<string>();
  private timer?: NodeJS.Timeout;
  private spreading: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: LivePublisher,
    private readonly lines: LineService,
  ) {}

  touch(em: EntityManager, touched: Touched): void {
    afterCommit(em, () => {
      this.topics.add(liveTopic.hall(touched.hallId));
      for (const id of touched.deskIds ?? []) this.topics.add(liveTopic.desk(id));
      for (const id of touched.ticketIds ?? []) this.topics.add(liveTopic.ticket(id));
      for (const id of touched.queueIds ?? []) this.queueIds.add(id);
      this.timer ??= setTimeout(() => this.flush(), COLLECT_MS);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.spreading;
  }

  private flush(): void {
    this.timer = undefined;
    const topics = [...this.topics];
    const queueIds = [...this.queueIds];
    this.topics.clear();
    this.queueIds.clear();
    this.spreading = this.spreading
      .then(() => this.spread(topics, queueIds))
      .catch((error: unknown) => this.logger.warn({ err: error, msg: 'Screens were not told' }));
  }

  private async spread(topics: readonly string[], queueIds: readonly string[]): Promise<void> {
    const all = new Set([...topics, ...(await this.topicsOf(queueIds))]);
    await Promise.all([...all].map((topic) => this.publisher.changed(topic)));
  }

  private async topicsOf(queueIds: readonly string[]): Promise<string[]> {
    if (queueIds.length === 0) return [];
    const em = this.dataSource.manager;
    const queueId = In([...queueIds]);
    const desks = await em.findBy(DeskQueueEntity, { queueId });
    const waiting = await em.find(TicketEntity, {
      select: { id: true },
      where: { queueId, day: this.lines.today(), state: 'waiting', citizenId: Not(IsNull()) },
    });
    return [
      ...desks.map(({ deskId }) => liveTopic.desk(deskId)),
      ...waiting.map(({ id }) => liveTopic.ticket(id)),
    ];
  }
}
