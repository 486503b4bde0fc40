import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { Config } from '../config.js';
import type { Actor, CitizenActor, StaffActor } from './actor.js';
import { AppError } from './app-error.js';
import { Clock } from './clock.js';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ISSUER = 'haoban';

const Claims = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('citizen'), sub: z.string(), sid: z.string().optional(), exp: z.number() }),
  z.object({
    kind: z.literal('staff'),
    sub: z.string(),
    sid: z.string().optional(),
    role: z.enum(['clerk', 'courier_desk', 'manager', 'admin', 'display']),
    hall: z.string().nullable(),
    name: z.string(),
    exp: z.number(),
  }),
]);

export interface VerifiedToken {
  readonly actor: Actor;
  readonly expiresAt: Date;
}

/** Short-lived access tokens (JWT, HS256); refresh tokens are the identity feature's own. */
@Injectable()
export class TokenService {
  private readonly key: Uint8Array;
  private sessionEnded: (sessionId: string) => boolean = () => false;

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    this.key = new TextEncoder().encode(config.jwtSecret);
  }

  /** The identity feature, which keeps the sessions, says here which of them ended before their tokens ran out. */
  endWhere(sessionEnded: (sessionId: string) => boolean): void {
    this.sessionEnded = sessionEnded;
  }

  /** True where somebody signed out, or was signed out, since the actor's token was issued. */
  hasEnded(actor: Actor): boolean {
    return 'sessionId' in actor && actor.sessionId !== undefined && this.sessionEnded(actor.sessionId);
  }

  /** @returns a token that is good for `ACCESS_TOKEN_SECONDS` */
  async issue(actor: CitizenActor | StaffActor): Promise<string> {
    const issued = Math.floor(this.clock.now().getTime() / 1000);
    const claims =
      actor.kind === 'citizen'
        ? { kind: actor.kind, sid: actor.sessionId }
        : { kind: actor.kind, sid: actor.sessionId, role: actor.role, hall: actor.hallId, name: actor.name };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(ISSUER)
      .setSubject(actor.kind === 'citizen' ? actor.citizenId : actor.staffId)
      .setIssuedAt(issued)
      .setExpirationTime(issued + ACCESS_TOKEN_SECONDS)
      .sign(this.key);
  }

  /** @throws AppError TOKEN_EXPIRED or UNAUTHENTICATED */
  async verify(token: string): Promise<VerifiedToken> {
    const verified = await this.read(token);
    if (this.hasEnded(verified.actor)) throw new AppError('TOKEN_EXPIRED');
    return verified;
  }

  private async read(token: string): Promise<VerifiedToken> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        currentDate: this.clock.now(),
      });
      const claims = Claims.parse(payload);
      return { actor: toActor(claims), expiresAt: new Date(claims.exp * 1000) };
    } catch (error) {
      throw new AppError(error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED');
    }
  }
}

function toActor(claims: z.infer<typeof Claims>): Actor {
  if (claims.kind === 'citizen') {
    return { kind: 'citizen', citizenId: claims.sub, sessionId: claims.sid };
  }
  const { sub, sid, role, hall, name } = claims;
  return { kind: 'staff', staffId: sub, role, hallId: hall, name, sessionId: sid };
}
