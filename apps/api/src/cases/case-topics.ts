import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LiveTopics } from '../live/live-topics.js';
import { CaseReadService } from './case-read.service.js';

/** `case:<id>` may be watched by whose case it is. */
@Injectable()
export class CaseTopics implements OnModuleInit {
  constructor(
    private readonly topics: LiveTopics,
    private readonly reading: CaseReadService,
  ) {}

  onModuleInit(): void {
    this.topics.register('case::caseId', {
      authorize: async (actor, { caseId = '' }) =>
        actor.kind === 'citizen' && (await this.reading.belongsTo(actor.citizenId, caseId)),
      snapshot: ({ caseId = '' }) => this.reading.snapshot(caseId),
    });
  }
}
