import { Injectable } from '@nestjs/common';
import { JobHandler } from '../outbox/job.js';
import type { RatingInvite } from '../outbox/topics.js';
import { RatingInviteService } from './rating-invite.service.js';

@Injectable()
export class RatingsJobs {
  constructor(private readonly invites: RatingInviteService) {}

  @JobHandler('ratings.invite')
  invite(payload: RatingInvite): Promise<void> {
    return this.invites.invite(payload);
  }
}
