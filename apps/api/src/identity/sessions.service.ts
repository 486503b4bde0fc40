/**
 * Sessions: an access token of 15 minutes and a refresh token that is used once (RFC 9700 §4.14.2, refresh token rotation). All
 * tokens of one sign-in are a family. A token that comes a second time was copied, and we can't know by whom: the family ends.
 * Within ten seconds a second use is taken for a phone that lost our answer, and gets a pair of its own.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Session } from '@haoban/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, MoreThan, Not, type EntityManager, type Repository } from 'typeorm';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { ACCESS_TOKEN_SECONDS, TokenService } from '../common/token.service.js';
import { afterCommit, Transactions } from '../db/transactions.js';
import { toStaffActor } from './identity.mapper.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { RevokedSessions } from './revoked-sessions.js';
import { StaffEntity } from './staff.entity.js';

const DAY_MS = 24 * 3600_000;
const GRACE_MS = 10_000;
/** A citizen's phone stays signed in for a month of not using it; a desk, which others can reach, for one shift. */
const IDLE_MS = { citizen: 30 * DAY_MS, staff: DAY_MS / 2 } as const;
/** A screen on the wall is switched off over the holidays and has nobody to sign it in. */
const DISPLAY_IDLE_MS = 30 * DAY_MS;

type SignedIn = CitizenActor | StaffActor;

@Injectable()
export class SessionsService {
  private readonly logger = new Logger(SessionsService.name);

  constructor(
    @InjectRepository(RefreshTokenEntity) private readonly rows: Repository<RefreshTokenEntity>,
    private readonly transactions: Transactions,
    private readonly tokens: TokenService,
    private readonly revoked: RevokedSessions,
    private readonly clock: Clock,
  ) {}

  /** A new family, inside the transaction that decided to let the person in. */
  open(em: EntityManager, actor: SignedIn): Promise<Session> {
    return this.add(em, { ...actor, sessionId: newId() });
  }

  /** @throws AppError REFRESH_TOKEN_INVALID for a token that is unknown, over, used before or whose account is disabled */
  async refresh(refreshToken: string): Promise<Session> {
    // The refusal is thrown after the commit: ending the family must not be rolled back with it.
    const session = await this.transactions.run(async (em) => {
      const token = await em.findOne(RefreshTokenEntity, {
        where: { tokenHash: hashOf(refreshToken) },
        lock: { mode: 'pessimistic_write' },
      });
      const now = this.clock.now();
      if (!token || token.expiresAt <= now) return undefined;
      if (
        token.revokedAt !== null ||
        (token.usedAt !== null && now.getTime() - token.usedAt.getTime() > GRACE_MS)
      ) {
        this.logger.warn({ session: token.familyId, msg: 'A refresh token came twice: the session ends' });
        await this.end(em, [token.familyId]);
        return undefined;
      }
      const actor = await this.actorOf(em, token);
      if (!actor) {
        await this.end(em, [token.familyId]);
        return undefined;
      }
      if (token.usedAt === null) await em.update(RefreshTokenEntity, { id: token.id }, { usedAt: now });
      return this.add(em, { ...actor, sessionId: token.familyId });
    });
    if (!session) throw new AppError('REFRESH_TOKEN_INVALID');
    return session;
  }

  /** Ends the session of this token; one that is not known is ended already. */
  async logout(refreshToken: string): Promise<{ ok: true }> {
    await this.transactions.run(async (em) => {
      const token = await em.findOneBy(RefreshTokenEntity, { tokenHash: hashOf(refreshToken) });
      if (token) await this.end(em, [token.familyId]);
    });
    return { ok: true };
  }

  /** Ends the person's sessions but, where it is named, the one that asks. */
  async endAll(em: EntityManager, actor: SignedIn, exceptSessionId?: string): Promise<void> {
    const live = await em.find(RefreshTokenEntity, {
      select: { familyId: true },
      where: {
        subjectKind: actor.kind,
        subjectId: subjectOf(actor),
        revokedAt: IsNull(),
        expiresAt: MoreThan(this.clock.now()),
        ...(exceptSessionId === undefined ? {} : { familyId: Not(exceptSessionId) }),
      },
    });
    await this.end(em, [...new Set(live.map(({ familyId }) => familyId))]);
  }

  /** A token that is over can't be used again, so nothing has to remember it. */
  async prune(): Promise<void> {
    await this.rows.delete({ expiresAt: LessThan(new Date(this.clock.now().getTime() - DAY_MS)) });
  }

  private async end(em: EntityManager, familyIds: readonly string[]): Promise<void> {
    if (familyIds.length === 0) return;
    const now = this.clock.now();
    await em.update(RefreshTokenEntity, { familyId: In(familyIds), revokedAt: IsNull() }, { revokedAt: now });
    afterCommit(em, () => this.revoked.add(familyIds));
  }

  private async add(em: EntityManager, actor: SignedIn & { sessionId: string }): Promise<Session> {
    const now = this.clock.now();
    const idle = actor.kind === 'staff' && actor.role === 'display' ? DISPLAY_IDLE_MS : IDLE_MS[actor.kind];
    const refreshToken = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now.getTime() + idle);
    await em.insert(RefreshTokenEntity, {
      id: newId(),
      familyId: actor.sessionId,
      subjectKind: actor.kind,
      subjectId: subjectOf(actor),
      tokenHash: hashOf(refreshToken),
      expiresAt,
      usedAt: null,
      revokedAt: null,
      createdAt: now,
    });
    return {
      accessToken: await this.tokens.issue(actor),
      accessExpiresAt: new Date(now.getTime() + ACCESS_TOKEN_SECONDS * 1000).toISOString(),
      refreshToken,
      refreshExpiresAt: expiresAt.toISOString(),
    };
  }

  /** Staff are read again, so that a new role or hall holds from the next access token on. */
  private async actorOf(em: EntityManager, token: RefreshTokenEntity): Promise<SignedIn | undefined> {
    if (token.subjectKind === 'citizen') return { kind: 'citizen', citizenId: token.subjectId };
    const staff = await em.findOneBy(StaffEntity, { id: token.subjectId, active: true });
    return staff ? toStaffActor(staff) : undefined;
  }
}

function subjectOf(actor: SignedIn): string {
  return actor.kind === 'citizen' ? actor.citizenId : actor.staffId;
}

/** The token is 256 random bits, so a plain hash can't be guessed back. */
function hashOf(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('hex');
}
