import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { openTicketStates } from '@haoban/domain';
import { DataSource, In, type EntityManager } from 'typeorm';
import { MessageBus } from '../common/redis.js';
import { afterCommit } from '../db/transactions.js';
import { LivePublisher } from '../live/live-publisher.js';
import { DeskQueueEntity } from './desk.entity.js';
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

/** Channel between the processes: the lines that moved, as a JSON list of queue ids. */
const LINES_MOVED = 'queue:lines-moved';

/**
 * Tells the screens after a commit: the hall's display, desks, and every phone in a line that moved. A line may have hundreds of
 * people and few of them look at their phone, so each process knows which tickets its own watchers asked for and speaks for those.
 * Hints only, nobody waits for them: a process that dies in these milliseconds costs a watcher the time until it asks again.
 */
@Injectable()
export class QueueLive implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(QueueLive.name);
  private readonly topics = new Set<string>();
  private readonly queueIds = new Set<string>();
  /** Tickets that somebody here watches, or did until they ended. */
  private readonly watched = new Set<string>();
  private timer?: NodeJS.Timeout;
  private spreading: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: LivePublisher,
    private readonly bus: MessageBus,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.listen(LINES_MOVED, (message) => {
      void this.tellWatched(JSON.parse(message) as string[]).catch((error: unknown) => this.warn(error));
    });
  }

  /** From now on the phone hears of every move of its line. */
  watch(ticketId: string): void {
    this.watched.add(ticketId);
  }

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
      .catch((error: unknown) => this.warn(error));
  }

  private async spread(topics: readonly string[], queueIds: readonly string[]): Promise<void> {
    const desks =
      queueIds.length === 0
        ? []
        : await this.dataSource.manager.findBy(DeskQueueEntity, { queueId: In([...queueIds]) });
    const all = new Set([...topics, ...desks.map(({ deskId }) => liveTopic.desk(deskId))]);
    await Promise.all([...all].map((topic) => this.publisher.changed(topic)));
    if (queueIds.length > 0) await this.bus.publish(LINES_MOVED, JSON.stringify(queueIds));
  }

  private async tellWatched(queueIds: readonly string[]): Promise<void> {
    if (this.watched.size === 0) return;
    const open = await this.dataSource.manager.find(TicketEntity, {
      select: { id: true, queueId: true, state: true },
      where: { id: In([...this.watched]), state: In([...openTicketStates]) },
    });
    const ids = new Set(open.map(({ id }) => id));
    for (const id of this.watched) if (!ids.has(id)) this.watched.delete(id);
    const moved = open.filter(({ queueId, state }) => state === 'waiting' && queueIds.includes(queueId));
    await Promise.all(moved.map(({ id }) => this.publisher.changed(liveTopic.ticket(id))));
  }

  private warn(error: unknown): void {
    this.logger.warn({ err: error, msg: 'Screens were not told' });
  }
}
