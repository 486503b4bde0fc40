import type { Audience } from '@haoban/contracts';
import { staffRoles, type StaffRole } from '@haoban/domain';
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../../apps/api/src/common/actor.js';
import { mayCall } from '../../../apps/api/src/common/audience.js';

const closed: Audience[] = [
  'citizen',
  'staff:clerk',
  'staff:courier_desk',
  'staff:manager',
  'staff:admin',
  'staff:display',
  'staff:any',
  'system',
];
const staff = (role: StaffRole): Actor => ({ kind: 'staff', staffId: 'T', role, hallId: null, name: '员工' });
const open = (actor: Actor) => closed.filter((audience) => mayCall(audience, actor));

describe('who may call what', () => {
  it.each([
    ['clerk', ['staff:clerk', 'staff:any']],
    ['courier_desk', ['staff:courier_desk', 'staff:any']],
    ['manager', ['staff:clerk', 'staff:courier_desk', 'staff:manager', 'staff:display', 'staff:any']],
    ['admin', ['staff:admin', 'staff:any']],
    ['display', ['staff:display', 'staff:any']],
  ] as const)('%s', (role, audiences) => {
    expect(open(staff(role)).sort()).toEqual([...audiences].sort());
  });

  it('knows every role', () => {
    for (const role of staffRoles) expect(mayCall('staff:any', staff(role))).toBe(true);
  });

  it('keeps citizens, strangers, providers and jobs apart', () => {
    expect(open({ kind: 'citizen', citizenId: 'C' })).toEqual(['citizen']);
    expect(open({ kind: 'system' })).toEqual(['system']);
    expect(open({ kind: 'anonymous' })).toEqual([]);
    expect(open({ kind: 'provider' })).toEqual([]);
  });

  it('leaves public pages and call-backs open to all', () => {
    for (const actor of [{ kind: 'anonymous' }, staff('clerk')] as Actor[]) {
      expect(mayCall('public', actor) && mayCall('provider', actor)).toBe(true);
    }
  });
});
