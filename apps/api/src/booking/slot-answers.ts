import { routes } from '@haoban/contracts/routes';
import type { LocalDay } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../common/clock.js';
import { GuideService } from '../guide/guide.service.js';
import { SlotChanges, type SlotChange } from './slot-changes.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on the request whose answer is kept for others. */
    slotAnswer?: Answer;
  }
}

interface Answer {
  readonly itemId: string;
  readonly hallId: string;
  /** Undefined for the list of days. */
  readonly day: LocalDay | undefined;
  /** When its request came, by the machine's clock, which a person may set, and by one that only goes on. */
  readonly clockAt: number;
  readonly cameAt: number;
  /** Resolves when there is a body, or will be none. */
  readonly ready: Promise<void>;
  readonly settle: () => void;
  body?: string;
  /** Unknown until the catalogue was asked. */
  queueId?: string;
}

/** A change that no message told of shows after this long, with the time that the answer takes: within a second. */
const KEPT_MS = 500;
const MOST = 1_000;
const kept: ReadonlySet<string> = new Set([routes.booking.listDays.path, routes.booking.listSlots.path]);

/**
 * The lists of days and times as they go over the wire, for the thousands who look at the same day in the same second: each list is
 * worked out by one request, and the others get its bytes before anything else is done for them. They may be half a second old, and
 * less where a process said that the day has changed. Only good answers are kept.
 */
@Injectable()
export class SlotAnswers {
  private readonly answers = new Map<string, Answer>();

  constructor(
    private readonly guide: GuideService,
    private readonly clock: Clock,
    changes: SlotChanges,
  ) {
    changes.listen((change) => this.drop(change));
  }

  /** After the hooks that every answer needs, before the routes. */
  attach(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const isList = request.method === 'GET' && kept.has(request.routeOptions.url ?? '');
      if (!isList) return done();
      const known = this.find(request.url);
      if (known?.body !== undefined) return void send(reply, known.body);
      if (!known) this.begin(request);
      else return void known.ready.then(() => (known.body === undefined ? done() : send(reply, known.body)));
      return done();
    });
    fastify.addHook('onSend', (request, reply, payload, done) => {
      if (request.slotAnswer) this.keep(request.url, request.slotAnswer, reply, payload);
      done();
    });
    // Also where the asker went away before there was an answer.
    fastify.addHook('onResponse', (request, _reply, done) => {
      if (request.slotAnswer?.body === undefined) this.giveUp(request);
      done();
    });
    fastify.addHook('onRequestAbort', (request, done) => {
      this.giveUp(request);
      done();
    });
  }

  private find(url: string): Answer | undefined {
    const answer = this.answers.get(url);
    if (!answer) return undefined;
    const old =
      performance.now() - answer.cameAt > KEPT_MS ||
      Math.abs(this.clock.now().getTime() - answer.clockAt) > KEPT_MS;
    return old ? undefined : answer;
  }

  private begin(request: FastifyRequest): void {
    const { itemId = '', hallId = '', day } = request.params as Record<string, string | undefined>;
    let settle = () => {};
    const ready = new Promise<void>((resolve) => (settle = resolve));
    const times = { clockAt: this.clock.now().getTime(), cameAt: performance.now() };
    const answer: Answer = { itemId, hallId, day, ...times, ready, settle };
    request.slotAnswer = answer;
    // Anew at the end, so that the first is always the oldest.
    this.answers.delete(request.url);
    this.answers.set(request.url, answer);
    const [oldest] = this.answers.keys();
    if (this.answers.size > MOST && oldest !== undefined) this.answers.delete(oldest);
    void this.name(answer);
  }

  private async name(answer: Answer): Promise<void> {
    const { places } = await this.guide.catalogue();
    answer.queueId = places.get(answer.itemId)?.find(({ hallId }) => hallId === answer.hallId)?.queueId;
  }

  private keep(url: string, answer: Answer, reply: FastifyReply, payload: unknown): void {
    if (reply.statusCode === 200 && typeof payload === 'string') answer.body = payload;
    else if (this.answers.get(url) === answer) this.answers.delete(url);
    answer.settle();
  }

  private giveUp({ url, slotAnswer }: FastifyRequest): void {
    if (!slotAnswer || slotAnswer.body !== undefined) return;
    if (this.answers.get(url) === slotAnswer) this.answers.delete(url);
    slotAnswer.settle();
  }

  /** Whose queue is not known yet may have read the old places as well. */
  private drop({ queueId, day }: SlotChange): void {
    for (const [url, answer] of this.answers) {
      const concerned = answer.queueId === undefined || answer.queueId === queueId;
      if (concerned && (answer.day === undefined || answer.day === day)) this.answers.delete(url);
    }
  }
}

function send(reply: FastifyReply, body: string): void {
  void reply.type('application/json; charset=utf-8').send(body);
}
