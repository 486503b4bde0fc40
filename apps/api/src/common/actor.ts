import type { StaffRole } from '@haoban/domain';

/** Who acts. Services take it as an argument and check ownership themselves; the guard only checks the audience. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | CitizenActor
  | StaffActor
  | { readonly kind: 'provider' }
  | { readonly kind: 'system' };

export interface CitizenActor {
  readonly kind: 'citizen';
  readonly citizenId: string;
  /** The signed-in session that the token belongs to. */
  readonly sessionId?: string;
}

export interface StaffActor {
  readonly kind: 'staff';
  readonly staffId: string;
  readonly role: StaffRole;
  /** Null for staff of the whole city, such as the administrator. */
  readonly hallId: string | null;
  readonly name: string;
  readonly sessionId?: string;
}

export const anonymous: Actor = { kind: 'anonymous' };
export const system: Actor = { kind: 'system' };
