import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { anonymous } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { AUDIENCE } from '../common/route.js';
import { RevokedSessions } from './revoked-sessions.js';

/** Runs after the audience guard: an access token that is still good stops when its session was ended. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly revoked: RevokedSessions) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { actor } = request;
    const sessionId = actor && 'sessionId' in actor ? actor.sessionId : undefined;
    if (sessionId === undefined || !this.revoked.has(sessionId)) return true;
    if (Reflect.getMetadata(AUDIENCE, context.getHandler()) !== 'public') throw new AppError('TOKEN_EXPIRED');
    request.actor = anonymous;
    return true;
  }
}
