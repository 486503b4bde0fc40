import { Injectable } from '@nestjs/common';
import { Repeat } from './job.js';
import { OutboxRelay } from './outbox-relay.js';

@Injectable()
export class OutboxJobs {
  constructor(private readonly relay: OutboxRelay) {}

  @Repeat('outbox.relay-lost', { everyMs: 300_000 })
  relayLost(): Promise<void> {
    return this.relay.relayLost();
  }

  @Repeat('outbox.prune', { everyMs: 3600_000 })
  prune(): Promise<void> {
    return this.relay.prune();
  }
}
