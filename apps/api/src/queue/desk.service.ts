import type { DeskView } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { Actor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { DeskRows, requireSeat } from './desk-rows.service.js';
import { DeskViews } from './desk-views.service.js';
import { DeskEntity, DeskSessionEntity } from './desk.entity.js';
import { QueueLive } from './queue-live.service.js';

type Change = Pick<DeskEntity, 'status' | 'staffId' | 'pauseReason'>;

const CLOSED: Change = { status: 'closed', staffId: null, pauseReason: null };

/** Who sits where. One person has one desk (ux_desk_staff), one desk one person (its row). */
@Injectable()
export class DeskService {
  constructor(
    private readonly transactions: Transactions,
    private readonly desks: DeskRows,
    private readonly views: DeskViews,
    private readonly live: QueueLive,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Opening one's own open desk again changes nothing. @throws AppError NOT_FOUND, DESK_TAKEN, DESK_ALREADY_OPEN, BUSY */
  open(actor: StaffActor, deskId: string): Promise<DeskView> {
    return this.work(actor, deskId, async (em, desk, queueIds) => {
      if (desk.staffId !== null && desk.staffId !== actor.staffId) throw new AppError('DESK_TAKEN');
      if (desk.status === 'open') return;
      const sitsDown = desk.staffId === null;
      try {
        await this.change(em, actor, desk, queueIds, {
          status: 'open',
          staffId: actor.staffId,
          pauseReason: null,
        });
      } catch (error) {
        onUnique(error, { ux_desk_staff: 'DESK_ALREADY_OPEN' });
      }
      if (!sitsDown) return;
      await em.insert(DeskSessionEntity, {
        id: newId(),
        deskId,
        staffId: actor.staffId,
        openedAt: this.clock.now(),
        closedAt: null,
      });
    });
  }

  /** A manager may close a desk that somebody left open. @throws AppError NOT_FOUND, DESK_NOT_OPEN, DESK_TAKEN, DESK_BUSY, BUSY */
  close(actor: StaffActor, deskId: string): Promise<DeskView> {
    return this.work(actor, deskId, async (em, desk, queueIds) => {
      if (actor.role !== 'manager') requireSeat(desk, actor);
      if (desk.staffId === null) throw new AppError('DESK_NOT_OPEN');
      if (await this.desks.lockCurrent(em, deskId)) throw new AppError('DESK_BUSY');
      await this.leave(em, actor, desk, queueIds);
    });
  }

  /** No further calls; the person at the desk is still served. @throws AppError NOT_FOUND, DESK_NOT_OPEN, DESK_TAKEN, BUSY */
  pause(actor: StaffActor, deskId: string, reason: string | undefined): Promise<DeskView> {
    return this.work(actor, deskId, async (em, desk, queueIds) => {
      requireSeat(desk, actor);
      const { staffId } = desk;
      await this.change(em, actor, desk, queueIds, {
        status: 'paused',
        staffId,
        pauseReason: reason || null,
      });
    });
  }

  /** @throws AppError NOT_FOUND, DESK_NOT_OPEN, DESK_TAKEN, BUSY */
  resume(actor: StaffActor, deskId: string): Promise<DeskView> {
    return this.work(actor, deskId, async (em, desk, queueIds) => {
      requireSeat(desk, actor);
      if (desk.status === 'open') return;
      const { staffId } = desk;
      await this.change(em, actor, desk, queueIds, { status: 'open', staffId, pauseReason: null });
    });
  }

  /** For the night: whoever forgot to close has gone home. The row must be locked and nobody at the desk. */
  async leave(em: EntityManager, actor: Actor, desk: DeskEntity, queueIds: readonly string[]): Promise<void> {
    await this.change(em, actor, desk, queueIds, CLOSED);
    await em.update(
      DeskSessionEntity,
      { deskId: desk.id, closedAt: IsNull() },
      { closedAt: this.clock.now() },
    );
  }

  private async work(
    actor: StaffActor,
    deskId: string,
    act: (em: EntityManager, desk: DeskEntity, queueIds: readonly string[]) => Promise<void>,
  ): Promise<DeskView> {
    const { queueIds } = await this.desks.get(actor, deskId);
    await this.transactions.run(async (em) => act(em, await this.desks.lock(em, deskId), queueIds));
    return this.views.view(actor, deskId);
  }

  private async change(
    em: EntityManager,
    actor: Actor,
    desk: DeskEntity,
    queueIds: readonly string[],
    change: Change,
  ): Promise<void> {
    const { status, staffId, pauseReason } = desk;
    await this.desks.change(em, desk, change);
    await this.audit.record(em, actor, {
      action: `desk.${change.status}`,
      subjectKind: 'desk',
      subjectId: desk.id,
      before: { status, staffId, pauseReason },
      after: change,
    });
    this.live.touch(em, { hallId: desk.hallId, queueIds, deskIds: [desk.id] });
  }
}
