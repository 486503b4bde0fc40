import { Injectable } from '@nestjs/common';
import { JobHandler, type JobInfo } from '../outbox/job.js';
import type { Tell } from '../outbox/topics.js';
import { TellService } from './tell.service.js';

@Injectable()
export class NotificationsJobs {
  constructor(private readonly tells: TellService) {}

  @JobHandler('notifications.tell')
  tell(payload: Tell): Promise<void> {
    return this.tells.receive(payload);
  }

  /** News of a hall is stale soon, so not for as long as other jobs; the inbox has its copy anyway. */
  @JobHandler('notifications.send', { attempts: 6 })
  send({ messageId }: { messageId: string }, job: JobInfo): Promise<void> {
    return this.tells.send(messageId, job);
  }
}
