import { Injectable } from '@nestjs/common';
import { Repeat } from '../outbox/job.js';
import { AuthorisationExpiryService } from './authorisation-expiry.service.js';
import { SessionsService } from './sessions.service.js';

@Injectable()
export class IdentityJobs {
  constructor(
    private readonly sessions: SessionsService,
    private readonly authorisations: AuthorisationExpiryService,
  ) {}

  @Repeat('identity.prune-tokens', { everyMs: 6 * 3600_000 })
  prune(): Promise<void> {
    return this.sessions.prune();
  }

  @Repeat('identity.expire-authorisations', { everyMs: 3600_000 })
  expire(): Promise<void> {
    return this.authorisations.expire();
  }
}
