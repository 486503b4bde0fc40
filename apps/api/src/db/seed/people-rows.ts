import { createHash } from 'node:crypto';
import type { FieldCipher, BlindIndex } from '../../common/field-crypto.js';
import type { CitizenEntity } from '../../identity/citizen.entity.js';
import { PersonCipher } from '../../identity/person-cipher.js';
import type { StaffEntity } from '../../identity/staff.entity.js';
import type { DemoNeighbour, DemoStaff } from '../demo/types.js';
import { demoId } from './demo-id.js';

/** Fixed, so that two seeded databases don't differ in it. */
const SINCE = new Date('2026-01-05T01:00:00.000Z');
const CONSENT_VERSION = '2026-01';

export function staffRow({ username, name, role, hall }: DemoStaff, passwordHash: string): StaffEntity {
  return {
    id: demoId('staff', username),
    username,
    name,
    passwordHash,
    role,
    hallId: hall === null ? null : demoId('hall', hall),
    active: true,
    failedLogins: 0,
    lockedUntil: null,
    createdAt: SINCE,
  };
}

/**
 * The openid under which the WeChat simulator knows a demo resident (`demo-<key>` is the login code): so the record of the
 * seed and the one who signs in are the same.
 */
export function simulatedOpenid(appId: string, key: string): string {
  return `o${createHash('sha256').update(`${appId}\n${key}`).digest('base64url').slice(0, 27)}`;
}

export function residentRow(
  { key, name, idNumber, mobile, elderMode }: DemoNeighbour,
  { appId, cipher, index }: { appId: string; cipher: FieldCipher; index: BlindIndex },
): CitizenEntity {
  const person = new PersonCipher(cipher, index);
  return {
    id: demoId('resident', key),
    openid: simulatedOpenid(appId, key),
    unionid: null,
    nameCipher: person.sealName(name),
    idNumberCipher: person.sealIdNumber(idNumber),
    idNumberHash: person.hashIdNumber(idNumber),
    verifiedAt: SINCE,
    phoneCipher: person.sealPhone(mobile),
    phoneProven: true,
    consentVersion: CONSENT_VERSION,
    consentAt: SINCE,
    elderMode,
    createdAt: SINCE,
  };
}
