import { Injectable } from '@nestjs/common';
import { createSigner, createVerifier } from 'fast-jwt';
import { z } from 'zod';
import { Config } from '../config.js';
import type { Actor, CitizenActor, StaffActor } from './actor.js';
import { AppError } from './app-error.js';
import { Clock } from './clock.js';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ISSUER = 'haoban';

const times = { exp: z.number(), nbf: z.number().optional() };
const session = { sub: z.string(), sid: z.string().optional() };
const Claims = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('citizen'), ...session, ...times }),
  z.object({
    kind: z.literal('staff'),
    role: z.enum(['clerk', 'courier_desk', 'manager', 'admin', 'display']),
    hall: z.string().nullable(),
    name: z.string(),
    ...session,
    ...times,
  }),
]);
type Claims = z.infer<typeof Claims>;

export interface VerifiedToken {
  readonly actor: Actor;
  readonly expiresAt: Date;
}

/** Short-lived access tokens (JWT, HS256); refresh tokens are the identity feature's own. */
@Injectable()
export class TokenService {
  private readonly sign: (claims: object) => string;
  private readonly readSigned: (token: string) => unknown;
  private sessionEnded: (sessionId: string) => boolean = () => false;

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    const key = config.jwtSecret;
    this.sign = createSigner({ key, algorithm: 'HS256', noTimestamp: true });
    this.readSigned = createVerifier({
      key,
      algorithms: ['HS256'],
      allowedIss: ISSUER,
      requiredClaims: ['iss'],
      // Its clock is the machine's and not ours: `read` looks at the times.
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
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
  issue(actor: CitizenActor | StaffActor): Promise<string> {
    const iat = this.seconds();
    const { kind, sessionId: sid } = actor;
    const who =
      kind === 'citizen'
        ? { kind, sid, sub: actor.citizenId }
        : { kind, sid, role: actor.role, hall: actor.hallId, name: actor.name, sub: actor.staffId };
    return Promise.resolve(this.sign({ ...who, iss: ISSUER, iat, exp: iat + ACCESS_TOKEN_SECONDS }));
  }

  /** @throws AppError TOKEN_EXPIRED or UNAUTHENTICATED */
  verify(token: string): VerifiedToken {
    const verified = this.read(token);
    if (this.hasEnded(verified.actor)) throw new AppError('TOKEN_EXPIRED');
    return verified;
  }

  private read(token: string): VerifiedToken {
    const claims = this.claimsOf(token);
    if (!claims || (claims.nbf ?? 0) > this.seconds()) throw new AppError('UNAUTHENTICATED');
    if (claims.exp <= this.seconds()) throw new AppError('TOKEN_EXPIRED');
    return { actor: toActor(claims), expiresAt: new Date(claims.exp * 1000) };
  }

  /** Undefined where the token is none of ours. */
  private claimsOf(token: string): Claims | undefined {
    try {
      return Claims.safeParse(this.readSigned(token)).data;
    } catch {
      return undefined;
    }
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function toActor(claims: Claims): Actor {
  if (claims.kind === 'citizen') {
    return { kind: 'citizen', citizenId: claims.sub, sessionId: claims.sid };
  }
  const { sub, sid, role, hall, name } = claims;
  return { kind: 'staff', staffId: sub, role, hallId: hall, name, sessionId: sid };
}
