import type { StaffSession } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { RateLimitGuard } from '../common/rate-limit.js';
import { Transactions } from '../db/transactions.js';
import { toStaffActor } from './identity.mapper.js';
import { checkNothing, hashPassword, isPassword, isStrongPassword } from './password.js';
import { SessionsService } from './sessions.service.js';
import { StaffEntity } from './staff.entity.js';
import { StaffService } from './staff.service.js';

const MAX_FAILURES = 5;
const LOCK_MS = 15 * 60_000;

type Outcome =
  { readonly refusal: AppError } | { readonly row: StaffEntity; readonly session: StaffSession['session'] };

/** Staff sign in by password: five wrong ones in a row lock the account for a quarter of an hour. */
@Injectable()
export class StaffLoginService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsService,
    private readonly staff: StaffService,
    private readonly limits: RateLimitGuard,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError CREDENTIALS_WRONG, ACCOUNT_LOCKED, ACCOUNT_DISABLED */
  async login({ username, password }: { username: string; password: string }): Promise<StaffSession> {
    // A refusal is thrown after the commit: the count of wrong passwords must stay.
    const outcome = await this.transactions.run((em) => this.attempt(em, username, password));
    if (!outcome) return this.refuseUnknown(username, password);
    if ('refusal' in outcome) throw outcome.refusal;
    return { session: outcome.session, staff: await this.staff.toAccount(outcome.row) };
  }

  /**
   * The row stays locked while the password is checked, so that parallel guesses queue up behind one another and none slips
   * past the fifth.
   */
  private async attempt(em: EntityManager, username: string, password: string): Promise<Outcome | undefined> {
    const row = await em.findOne(StaffEntity, { where: { username }, lock: { mode: 'pessimistic_write' } });
    if (!row) return undefined;
    const now = this.clock.now();
    if (row.lockedUntil !== null && row.lockedUntil > now) {
      // A name that doesn't exist is checked as long, locked or not.
      await checkNothing(password);
      return { refusal: locked(row.lockedUntil, now) };
    }
    if (!(await isPassword(row.passwordHash, password)))
      return { refusal: await this.countFailure(em, row, now) };
    // Only to someone who knows the password.
    if (!row.active) return { refusal: new AppError('ACCOUNT_DISABLED') };
    await em.update(StaffEntity, { id: row.id }, { failedLogins: 0, lockedUntil: null });
    const session = await this.sessions.open(em, toStaffActor(row));
    return { row: { ...row, failedLogins: 0, lockedUntil: null }, session };
  }

  private async countFailure(em: EntityManager, row: StaffEntity, now: Date): Promise<AppError> {
    const failures = row.failedLogins + 1;
    const lockedUntil = failures >= MAX_FAILURES ? new Date(now.getTime() + LOCK_MS) : null;
    // After the lock the count starts anew.
    await em.update(StaffEntity, { id: row.id }, { failedLogins: lockedUntil ? 0 : failures, lockedUntil });
    if (!lockedUntil) return new AppError('CREDENTIALS_WRONG');
    await this.audit.record(
      em,
      { kind: 'system' },
      {
        action: 'staff.lock',
        subjectKind: 'staff',
        subjectId: row.id,
        after: { lockedUntil: lockedUntil.toISOString() },
      },
    );
    return locked(lockedUntil, now);
  }

  /** A name that doesn't exist looks like one that does: in its time, and locked after as many wrong passwords. */
  private async refuseUnknown(username: string, password: string): Promise<never> {
    const seconds = LOCK_MS / 1000;
    const rule = { points: MAX_FAILURES - 1, seconds, blockSeconds: seconds };
    await checkNothing(password);
    try {
      await this.limits.consume('unknown-staff', rule, username);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError('ACCOUNT_LOCKED', error.details, { cause: error });
    }
    throw new AppError('CREDENTIALS_WRONG');
  }

  /** Every other session of this person ends. @throws AppError CREDENTIALS_WRONG, PASSWORD_TOO_WEAK, ACCOUNT_LOCKED */
  async changePassword(
    actor: StaffActor,
    { oldPassword, newPassword }: { oldPassword: string; newPassword: string },
  ): Promise<{ ok: true }> {
    const refusal = await this.transactions.run(async (em) => {
      const row = await em.findOne(StaffEntity, {
        where: { id: actor.staffId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) return new AppError('NOT_FOUND');
      const now = this.clock.now();
      if (row.lockedUntil !== null && row.lockedUntil > now) return locked(row.lockedUntil, now);
      if (!(await isPassword(row.passwordHash, oldPassword))) return this.countFailure(em, row, now);
      if (!isStrongPassword(newPassword, row.username)) return new AppError('PASSWORD_TOO_WEAK');
      const passwordHash = await hashPassword(newPassword);
      await em.update(StaffEntity, { id: row.id }, { passwordHash, failedLogins: 0, lockedUntil: null });
      await this.sessions.endAll(em, actor, actor.sessionId);
      await this.audit.record(em, actor, {
        action: 'staff.change-password',
        subjectKind: 'staff',
        subjectId: row.id,
      });
      return undefined;
    });
    if (refusal) throw refusal;
    return { ok: true };
  }
}

function locked(until: Date, now: Date): AppError {
  const retryAfterSeconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  return new AppError('ACCOUNT_LOCKED', { retryAfterSeconds });
}
