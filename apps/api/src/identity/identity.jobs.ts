import { Injectable } from '@nestjs/common';
import { Repeat } from '../outbox/job.js';
import { SessionsService } from './sessions.service.js';

@Injectable()
export class IdentityJobs {
  constructor(private readonly sessions: SessionsService) {}

  @Repeat('identity.prune-tokens', { everyMs: 6 * 3600_000 })
  prune(): Promise<void> {
    return this.sessions.prune();
  }
}
