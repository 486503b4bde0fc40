import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CasesModule } from '../cases/cases.module.js';
import { GuideModule } from '../guide/guide.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { GoodRates } from '../queue/good-rate.js';
import { QueueModule } from '../queue/queue.module.js';
import { RatingGiveService } from './rating-give.service.js';
import { RatingInviteService } from './rating-invite.service.js';
import { RatingEntity, RatingInvitationEntity } from './rating.entity.js';
import { RatingsController } from './ratings.controller.js';
import { RatingsJobs } from './ratings.jobs.js';
import { RatingsService } from './ratings.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([RatingInvitationEntity, RatingEntity]),
    IdentityModule,
    GuideModule,
    QueueModule,
    CasesModule,
  ],
  controllers: [RatingsController],
  providers: [RatingsService, RatingInviteService, RatingGiveService, RatingsJobs],
})
export class RatingsModule implements OnModuleInit {
  constructor(
    private readonly ratings: RatingsService,
    private readonly goodRates: GoodRates,
  ) {}

  /** The queue's display shows the figure but comes before the ratings. */
  onModuleInit(): void {
    this.goodRates.register(this.ratings);
  }
}
