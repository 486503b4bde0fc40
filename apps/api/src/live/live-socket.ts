import { errorCatalogue, type ErrorCode } from '@haoban/domain';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { anonymous, type Actor } from '../common/actor.js';
import type { VerifiedToken } from '../common/token.service.js';
import type { Watcher } from './topic-feed.js';

export const MAX_TOPICS = 8;
/** A phone on a bad line: past this, newer snapshots are dropped until it has caught up; past ten times, it is cut. */
const MAX_BUFFERED_BYTES = 256 * 1024;

export const CLOSE = { goingAway: 1001, tokenExpired: 4401, tooSlow: 4408, tooManyMessages: 4429 } as const;

const topic = z.string().min(1).max(200);
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribe'), topic, token: z.string().max(4096).optional() }),
  z.object({ type: z.literal('unsubscribe'), topic }),
  /** A fresh token for the open subscriptions, before the old one runs out. */
  z.object({ type: z.literal('token'), token: z.string().max(4096) }),
  z.object({ type: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** One connection: who is behind it, what it watches, and what it may still be sent. */
export class LiveSocket implements Watcher {
  readonly topics = new Set<string>();
  actor: Actor = anonymous;
  alive = true;
  private expiresAt?: Date;
  private messages = 0;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly socket: WebSocket) {}

  identify({ actor, expiresAt }: VerifiedToken): void {
    this.actor = actor;
    this.expiresAt = expiresAt;
  }

  send(message: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > 10 * MAX_BUFFERED_BYTES) return this.close(CLOSE.tooSlow);
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) return;
    this.socket.send(message);
  }

  sendError(code: ErrorCode, topicName?: string): void {
    const { message } = errorCatalogue[code];
    this.send(JSON.stringify({ type: 'error', topic: topicName, code, message }));
  }

  /** One message after the other: a token must count for the subscription that follows it, and eight are eight. */
  inTurn(handle: () => Promise<void>): void {
    this.last = this.last.then(handle).catch(() => this.terminate());
  }

  /** Counts a message. @returns false where the client sends more than anyone needs to */
  mayReceive(): boolean {
    return ++this.messages <= 60;
  }

  /** Once per heartbeat: asks for a sign of life, and cuts who gave none or whose token has run out. */
  beat(now: Date): void {
    this.messages = 0;
    if (this.expired(now)) return this.close(CLOSE.tokenExpired);
    if (!this.alive) return this.socket.terminate();
    this.alive = false;
    this.socket.ping();
  }

  expired(now: Date): boolean {
    return this.expiresAt !== undefined && this.expiresAt <= now;
  }

  close(code: number): void {
    this.socket.close(code);
  }

  terminate(): void {
    this.socket.terminate();
  }
}
