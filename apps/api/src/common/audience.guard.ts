import type { Audience } from '@haoban/contracts';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { anonymous, type Actor } from './actor.js';
import { AppError } from './app-error.js';
import { mayCall } from './audience.js';
import { AUDIENCE } from './route.js';
import { TokenService } from './token.service.js';

/** Knows the caller by the bearer token and refuses whoever is not in the route's audience. */
@Injectable()
export class AudienceGuard implements CanActivate {
  constructor(private readonly tokens: TokenService) {}

  canActivate(context: ExecutionContext): boolean {
    const audience = Reflect.getMetadata(AUDIENCE, context.getHandler()) as Audience | undefined;
    // The start refuses such a route already; this is for one that is added later.
    if (!audience) throw new AppError('FORBIDDEN');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.actor = this.identify(request, audience);
    if (mayCall(audience, request.actor)) return true;
    throw new AppError(request.actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  }

  private identify(request: FastifyRequest, audience: Audience): Actor {
    if (audience === 'provider') return { kind: 'provider' };
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) return anonymous;
    try {
      return this.tokens.verify(token).actor;
    } catch (error) {
      // A public page stays readable with a token that has run out.
      if (audience === 'public') return anonymous;
      throw error;
    }
  }
}
