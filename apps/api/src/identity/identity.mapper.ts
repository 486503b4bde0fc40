import type { Citizen, StaffAccount } from '@haoban/contracts';
import { ageOn, birthdayOf, dayOf, maskIdNumber, maskName, maskPhone } from '@haoban/domain';
import type { StaffActor } from '../common/actor.js';
import type { CitizenEntity } from './citizen.entity.js';
import type { PersonCipher } from './person-cipher.js';
import type { StaffEntity } from './staff.entity.js';

/** 老年人 are those of sixty and over: 老年人权益保障法, article 2. */
const ELDER_AGE = 60;

export function toCitizen(row: CitizenEntity, cipher: PersonCipher, now: Date): Citizen {
  const { nameCipher, idNumberCipher, phoneCipher, verifiedAt } = row;
  const idNumber = idNumberCipher === null ? null : cipher.openIdNumber(idNumberCipher);
  const named = nameCipher !== null && idNumber !== null && verifiedAt !== null;
  return {
    id: row.id,
    realName: named
      ? {
          nameMasked: maskName(cipher.openName(nameCipher)),
          idNumberMasked: maskIdNumber(idNumber),
          verifiedAt: verifiedAt.toISOString(),
        }
      : null,
    phoneMasked: phoneCipher === null ? null : maskPhone(cipher.openPhone(phoneCipher)),
    consentVersion: row.consentVersion,
    elderMode: Boolean(row.elderMode),
    isElder: idNumber !== null && ageOn(birthdayOf(idNumber), dayOf(now)) >= ELDER_AGE,
  };
}

export function toStaffAccount(
  row: StaffEntity,
  hallNames: ReadonlyMap<string, string>,
  now: Date,
): StaffAccount {
  const { id, username, name, role, hallId, lockedUntil } = row;
  return {
    id,
    username,
    name,
    role,
    hallId,
    hallName: hallId === null ? null : (hallNames.get(hallId) ?? null),
    lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil.toISOString() : null,
    active: Boolean(row.active),
  };
}

export function toStaffActor({ id, role, hallId, name }: StaffEntity): StaffActor {
  return { kind: 'staff', staffId: id, role, hallId, name };
}
