import { dayOf, formatClock, minutesOfDay, ratingClosesAt } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThanOrEqual, MoreThanOrEqual, type EntityManager, type Repository } from 'typeorm';
import type { RatingInvitation } from '@haoban/contracts';
import type { CitizenActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { RatingInvite, Tell } from '../outbox/topics.js';
import { RatingInvitationEntity } from './rating.entity.js';
import { toInvitation } from './rating.mapper.js';

const SHOWN = 50;

/** Who may rate what until when; nobody is asked twice, and nobody has to. */
@Injectable()
export class RatingInviteService {
  constructor(
    @InjectRepository(RatingInvitationEntity)
    private readonly invitations: Repository<RatingInvitationEntity>,
    private readonly transactions: Transactions,
    private readonly guide: GuideService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * The same subject again changes nothing.
   * @param tell false where the person is rating already and needs no message about it
   */
  async invite(invite: RatingInvite, { tell = true } = {}): Promise<void> {
    const hallName = (await this.guide.catalogue()).halls.get(invite.hallId)?.name ?? '';
    const endedAt = new Date(invite.endedAt);
    const openUntil = ratingClosesAt(endedAt);
    await this.transactions.run(async (em) => {
      if (!(await insertOnce(em, { ...invite, endedAt, openUntil }))) return;
      if (!invite.citizenId || !tell) return;
      const message = inviteTell(invite, invite.citizenId, hallName, openUntil);
      await this.outbox.add(em, 'notifications.tell', message);
    });
  }

  /** What this person can still rate, the latest first. */
  async list({ citizenId }: CitizenActor): Promise<{ items: RatingInvitation[] }> {
    const now = this.clock.now();
    const rows = await this.invitations.find({
      where: {
        citizenId,
        ratedAt: IsNull(),
        openUntil: MoreThanOrEqual(now),
        endedAt: LessThanOrEqual(now),
      },
      order: { endedAt: 'DESC', id: 'DESC' },
      take: SHOWN,
    });
    const { halls } = await this.guide.catalogue();
    return { items: rows.map((row) => toInvitation(row, halls.get(row.hallId)?.name ?? '')) };
  }
}

async function insertOnce(
  em: EntityManager,
  { title, itemName, ...fields }: Omit<RatingInvite, 'endedAt'> & { endedAt: Date; openUntil: Date },
): Promise<boolean> {
  try {
    await em.insert(RatingInvitationEntity, {
      id: newId(),
      ...fields,
      title: [...title].slice(0, 100).join(''),
      itemName: [...itemName].slice(0, 100).join(''),
      ratedAt: null,
    });
    return true;
  } catch (error) {
    if (violatedIndex(error) === 'ux_rating_invitation') return false;
    throw error;
  }
}

function inviteTell(
  { subject, subjectId, itemName }: RatingInvite,
  citizenId: string,
  hallName: string,
  openUntil: Date,
) {
  return {
    template: 'rating_invited',
    citizenId,
    dedupeKey: `rating_invited:${subject}:${subjectId}`,
    title: '请您评价本次服务',
    body: `您在${hallName}办理的“${itemName}”已结束，七天内可以评价，评价默认匿名。`,
    page: `pages/ratings/give/index?subject=${subject}&id=${subjectId}`,
    data: {
      thing1: itemName,
      thing2: hallName,
      time3: `${dayOf(openUntil)} ${formatClock(minutesOfDay(openUntil))}`,
    },
  } satisfies Tell;
}
