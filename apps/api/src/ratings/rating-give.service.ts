import { mayRate, type RatingLevel } from '@haoban/domain';
import type { Rating, RatingGive } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CasesService } from '../cases/cases.service.js';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import type { RatingInvite } from '../outbox/topics.js';
import { QueueService } from '../queue/queue.service.js';
import { RatingInviteService } from './rating-invite.service.js';
import { RatingEntity, RatingInvitationEntity } from './rating.entity.js';
import { toRating } from './rating.mapper.js';

/** 一次一评, 一事一评: once each, by the person served, within seven days. */
@Injectable()
export class RatingGiveService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly invites: RatingInviteService,
    private readonly queue: QueueService,
    private readonly cases: CasesService,
    private readonly clock: Clock,
  ) {}

  /**
   * The same `requestId` again gives the first answer.
   * @throws AppError NOT_FOUND (also where it is another person's), RATING_NOT_YET, RATING_ALREADY_GIVEN, RATING_CLOSED,
   * RATING_TAG_INVALID, REQUEST_ID_REUSED, BUSY
   */
  async rate({ citizenId }: CitizenActor, input: RatingGive): Promise<Rating> {
    const earlier = await this.earlier(this.dataSource.manager, citizenId, input);
    if (earlier) return toRating(earlier);
    await this.ensureInvited(citizenId, input);
    const rating = await this.transactions.run((em) => this.give(em, citizenId, input));
    return toRating(rating);
  }

  /** Somebody may be faster than the job that invites. */
  private async ensureInvited(citizenId: string, { subject, subjectId }: RatingGive): Promise<void> {
    const where = { subject, subjectId };
    const found = await this.dataSource.manager.findOneBy(RatingInvitationEntity, where);
    if (found?.citizenId === citizenId) return;
    if (found) throw new AppError('NOT_FOUND');
    const service = subject === 'visit' ? await this.visit(subjectId) : await this.closedCase(subjectId);
    if (service.citizenId !== citizenId) throw new AppError('NOT_FOUND');
    const { endedAt, ...facts } = service;
    if (!endedAt) throw new AppError('RATING_NOT_YET');
    const invite = { subject, subjectId, ...facts, endedAt: endedAt.toISOString() };
    await this.invites.invite(invite, { tell: false });
  }

  private async visit(ticketId: string): Promise<Service> {
    const { label, state, endedAt, ...ticket } = await this.queue.ticketForRating(ticketId);
    const { citizenId, hallId, itemName, deskLabel, staffId } = ticket;
    return {
      citizenId,
      hallId,
      itemName,
      deskLabel,
      staffId,
      title: `${label} ${itemName}`,
      // A ticket that was given up has an end, too, but nobody was served.
      endedAt: state === 'done' ? endedAt : null,
    };
  }

  private async closedCase(caseId: string): Promise<Service> {
    const { ratedAt: _ratedAt, ...service } = await this.cases.caseForRating(caseId);
    return service;
  }

  /** The invitation is the lock: of many ratings at once, one is the first. */
  private async give(em: EntityManager, citizenId: string, input: RatingGive): Promise<RatingEntity> {
    const { subject, subjectId, level, tags } = input;
    const invitation = await em.findOne(RatingInvitationEntity, {
      where: { subject, subjectId, citizenId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!invitation) throw new AppError('NOT_FOUND');
    const earlier = await this.earlier(em, citizenId, input);
    if (earlier) return earlier;
    const now = this.clock.now();
    const { endedAt, ratedAt } = invitation;
    const answer = { level: level as RatingLevel, tags };
    const decision = mayRate({ endedAt, alreadyRated: ratedAt !== null, own: true }, now, answer);
    if (!decision.ok) throw new AppError(decision.code);
    if (subject === 'visit') await this.queue.markRated(em, subjectId, now);
    else await this.cases.markRated(em, subjectId, now);
    await em.update(RatingInvitationEntity, { id: invitation.id }, { ratedAt: now });
    const rating = em.create(RatingEntity, {
      id: newId(),
      subject,
      subjectId,
      citizenId,
      requestId: input.requestId,
      hallId: invitation.hallId,
      title: invitation.title,
      itemName: invitation.itemName,
      deskLabel: invitation.deskLabel,
      staffId: invitation.staffId,
      level,
      tags,
      comment: input.comment || null,
      anonymous: input.anonymous,
      createdAt: now,
    });
    try {
      await em.insert(RatingEntity, rating);
    } catch (error) {
      onUnique(error, { ux_rating_subject: 'RATING_ALREADY_GIVEN', ux_rating_request: 'REQUEST_ID_REUSED' });
    }
    return rating;
  }

  private async earlier(
    em: EntityManager,
    citizenId: string,
    input: RatingGive,
  ): Promise<RatingEntity | undefined> {
    const found = await em.findOneBy(RatingEntity, { citizenId, requestId: input.requestId });
    if (!found) return undefined;
    const same =
      found.subject === input.subject &&
      found.subjectId === input.subjectId &&
      found.level === input.level &&
      found.comment === (input.comment || null) &&
      Boolean(found.anonymous) === input.anonymous &&
      [...found.tags].sort().join('\n') === [...input.tags].sort().join('\n');
    if (!same) throw new AppError('REQUEST_ID_REUSED');
    return found;
  }
}

/** What was served, as an invitation wants it; `endedAt` null while it goes on. */
type Service = Omit<RatingInvite, 'subject' | 'subjectId' | 'endedAt'> & { readonly endedAt: Date | null };
