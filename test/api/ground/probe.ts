import { setTimeout as pause } from 'node:timers/promises';
import { endpoint, type Audience, type Method } from '@haoban/contracts';
import { Controller, Module } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../../apps/api/src/common/actor.js';
import { AppError } from '../../../apps/api/src/common/app-error.js';
import { RateLimit } from '../../../apps/api/src/common/rate-limit.js';
import { CurrentActor, Input, Route } from '../../../apps/api/src/common/route.js';

const make = (method: Method, path: string, audience: Audience, input: z.ZodObject = z.object({})) =>
  endpoint({ method, path, audience }, { summary: 'probe', input, output: z.unknown(), errors: [] });

const Echo = z.object({ id: z.string(), count: z.number().int().min(1), note: z.string().max(5).optional() });

/** Operations that no feature has, to see what the ground does around them. */
@Controller()
class ProbeController {
  @Route(make('POST', '/api/probe/:id/echo', 'public', Echo))
  echo(@Input() input: z.infer<typeof Echo>) {
    return input;
  }

  @Route(make('GET', '/api/probe/search', 'public', z.object({ limit: z.coerce.number().default(20) })))
  search(@Input() input: { limit: number }) {
    return input;
  }

  @Route(make('GET', '/api/probe/who', 'public'))
  who(@CurrentActor() actor: Actor) {
    return actor;
  }

  @Route(make('GET', '/api/probe/citizen', 'citizen'))
  citizen(@CurrentActor() actor: Actor) {
    return actor;
  }

  @Route(make('GET', '/api/probe/manager', 'staff:manager'))
  manager(@CurrentActor() actor: Actor) {
    return actor;
  }

  @Route(make('GET', '/api/probe/system', 'system'))
  system() {
    return {};
  }

  @Route(make('GET', '/api/probe/crash', 'public'))
  crash() {
    throw new Error('the password is 12345');
  }

  @Route(make('GET', '/api/probe/refuse', 'public'))
  refuse() {
    throw new AppError('SLOT_FULL', { slotId: 'S1' });
  }

  @Route(make('GET', '/api/probe/limited', 'public'))
  @RateLimit({ points: 3, seconds: 60, by: 'ip' })
  limited() {
    return {};
  }

  @Route(make('GET', '/api/probe/slow', 'public'))
  async slow() {
    slowRequests.begun++;
    await pause(500);
    return { finished: true };
  }
}

/** How many requests for the slow answer have come in. */
export const slowRequests = { begun: 0 };

@Module({ controllers: [ProbeController] })
export class ProbeModule {}
