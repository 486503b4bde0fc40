import type { StaffAccount } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { HallNames } from './hall-names.js';
import { StaffEntity } from './staff.entity.js';
import { toStaffAccount } from './identity.mapper.js';

/** Staff accounts: names for other features, the list and the unlocking for the administrator. */
@Injectable()
export class StaffService {
  constructor(
    @InjectRepository(StaffEntity) private readonly staff: Repository<StaffEntity>,
    private readonly transactions: Transactions,
    private readonly halls: HallNames,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** By id; ids that are not known are missing from the map. */
  async names(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const where = { id: In([...new Set(ids)]) };
    const rows = await this.staff.find({ select: { id: true, name: true }, where });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** @throws AppError NOT_FOUND */
  async account(staffId: string): Promise<StaffAccount> {
    const row = await this.staff.findOneBy({ id: staffId });
    if (!row) throw new AppError('NOT_FOUND');
    return this.toAccount(row);
  }

  async list(): Promise<{ items: StaffAccount[] }> {
    const rows = await this.staff.find({ order: { username: 'ASC' } });
    return { items: await Promise.all(rows.map((row) => this.toAccount(row))) };
  }

  /** Ends a lock-out before its time. @throws AppError NOT_FOUND */
  async unlock(actor: StaffActor, staffId: string): Promise<StaffAccount> {
    const row = await this.transactions.run(async (em) => {
      const found = await em.findOne(StaffEntity, {
        where: { id: staffId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!found) throw new AppError('NOT_FOUND');
      const { failedLogins, lockedUntil } = found;
      const change = { failedLogins: 0, lockedUntil: null };
      await em.update(StaffEntity, { id: staffId }, change);
      await this.audit.record(em, actor, {
        action: 'staff.unlock',
        subjectKind: 'staff',
        subjectId: staffId,
        before: { failedLogins, lockedUntil: lockedUntil?.toISOString() ?? null },
        after: change,
      });
      return { ...found, ...change };
    });
    return this.toAccount(row);
  }

  async toAccount(row: StaffEntity): Promise<StaffAccount> {
    return toStaffAccount(row, await this.halls.all(), this.clock.now());
  }
}
