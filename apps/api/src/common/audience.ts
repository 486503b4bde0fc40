import type { Audience } from '@haoban/contracts';
import type { StaffRole } from '@haoban/domain';
import type { Actor } from './actor.js';

/** Which staff audiences each role covers: a manager stands in at any desk, an administrator at none. */
const covered = {
  clerk: ['staff:clerk', 'staff:any'],
  courier_desk: ['staff:courier_desk', 'staff:any'],
  manager: ['staff:clerk', 'staff:courier_desk', 'staff:manager', 'staff:display', 'staff:any'],
  admin: ['staff:admin', 'staff:any'],
  display: ['staff:display', 'staff:any'],
} as const satisfies Record<StaffRole, readonly Audience[]>;

export function mayCall(audience: Audience, actor: Actor): boolean {
  // A provider proves itself in its own way (signature, secret in the path), which the handler checks.
  if (audience === 'public' || audience === 'provider') return true;
  switch (actor.kind) {
    case 'anonymous':
    case 'provider':
      return false;
    case 'citizen':
      return audience === 'citizen';
    case 'staff':
      return (covered[actor.role] as readonly Audience[]).includes(audience);
    case 'system':
      return audience === 'system';
  }
}
