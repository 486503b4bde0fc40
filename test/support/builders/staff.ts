import type { Client } from '@haoban/client';
import type { StaffRole } from '@haoban/domain';
import type { StaffActor } from '../../../apps/api/src/common/actor.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { demoCity, demoPassword } from '../../../apps/api/src/db/demo/index.js';
import { demoId } from '../../../apps/api/src/db/seed/demo-id.js';
import { hash } from '@node-rs/argon2';
import { StaffEntity } from '../../../apps/api/src/identity/staff.entity.js';
import type { World } from '../world.js';

export interface TestStaff {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly actor: StaffActor;
  /** Speaks the contract as this person. */
  readonly client: Client;
}

/** One of the demo city's accounts, such as `clerk01`; the city must be seeded for what reads the account itself. */
export function demoStaff(world: World, username: string): TestStaff {
  const member = demoCity.staff.find((candidate) => candidate.username === username);
  if (!member) throw new Error(`The demo city has no account ${username}`);
  const { name, role, hall } = member;
  const id = demoId('staff', username);
  const hallId = hall === null ? null : demoId('hall', hall);
  const actor: StaffActor = { kind: 'staff', staffId: id, role, hallId, name };
  return { id, username, password: demoPassword, name, actor, client: world.client(actor) };
}

export interface StaffOptions {
  readonly role?: StaffRole;
  /** Null for staff of the whole city. */
  readonly hallId?: string | null;
  readonly username?: string;
  readonly name?: string;
  readonly active?: boolean;
}

let made = 0;
const password = 'Test-password-1';

/** A new account; there is no operation yet that makes one. */
export async function newStaff(world: World, options: StaffOptions = {}): Promise<TestStaff> {
  made += 1;
  const {
    role = 'clerk',
    hallId = demoId('hall', 'RC-SM'),
    username = `staff-${made}`,
    name = `测试员${made}`,
    active = true,
  } = options;
  const id = newId();
  await world.dataSource.manager.insert(StaffEntity, {
    id,
    username,
    name,
    // Parameters that cost next to nothing.
    passwordHash: await hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 }),
    role,
    hallId,
    active,
    failedLogins: 0,
    lockedUntil: null,
    createdAt: world.now,
  });
  const actor: StaffActor = { kind: 'staff', staffId: id, role, hallId, name };
  return { id, username, password, name, actor, client: world.client(actor) };
}
