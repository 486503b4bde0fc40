import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';

export type TopicParams = Readonly<Record<string, string>>;

export interface LiveTopic {
  /** May this actor see the topic? Looked at once, when the actor subscribes. */
  authorize(actor: Actor, params: TopicParams): boolean | Promise<boolean>;
  /** The whole state as plain JSON, the same for everyone who may see it. */
  snapshot(params: TopicParams): Promise<unknown>;
}

interface Registered extends LiveTopic {
  readonly expression: RegExp;
}

export interface ResolvedTopic {
  authorize(actor: Actor): Promise<boolean>;
  snapshot(): Promise<unknown>;
}

/** What can be watched. Features register theirs when their module starts: `topics.register('queue/:queueId', { … })`. */
@Injectable()
export class LiveTopics {
  private readonly topics: Registered[] = [];

  /** @param pattern segments divided by `/`; `:name` stands for one segment of letters, digits, `_`, `.` and `-` */
  register(pattern: string, topic: LiveTopic): void {
    const source = pattern.replace(/:([A-Za-z]+)/g, '(?<$1>[A-Za-z0-9_.-]{1,64})');
    this.topics.push({
      expression: new RegExp(`^${source}$`),
      authorize: (actor, params) => topic.authorize(actor, params),
      snapshot: (params) => topic.snapshot(params),
    });
  }

  resolve(name: string): ResolvedTopic | undefined {
    for (const topic of this.topics) {
      const params = topic.expression.exec(name)?.groups ?? (topic.expression.test(name) ? {} : undefined);
      if (!params) continue;
      return {
        authorize: async (actor) => topic.authorize(actor, params),
        snapshot: () => topic.snapshot(params),
      };
    }
    return undefined;
  }
}
