import type { GreenEvidence, HallGreenEvidence } from '@haoban/contracts';
import {
  availableGreenActions,
  greenReasonTexts,
  greenStateTexts,
  isGreenInForce,
  maskIdNumber,
  maskName,
  type LocalDay,
  type StaffRole,
} from '@haoban/domain';
import type { GreenEvidenceEntity } from './green-evidence.entity.js';
import type { PersonCipher } from './person-cipher.js';

function common(row: GreenEvidenceEntity, cipher: PersonCipher, today: LocalDay) {
  return {
    id: row.id,
    reason: row.reason,
    reasonText: greenReasonTexts[row.reason],
    state: row.state,
    stateText: greenStateTexts[row.state],
    documentMasked: maskDocument(cipher.openDocument(row.documentCipher)),
    validUntil: row.validUntil,
    inForce: isGreenInForce(row, today),
    checkReason: row.checkReason,
    createdAt: row.createdAt.toISOString(),
  };
}

export function toGreenEvidence(
  row: GreenEvidenceEntity,
  cipher: PersonCipher,
  today: LocalDay,
): GreenEvidence {
  return {
    ...common(row, cipher, today),
    actions: availableGreenActions(row.state, 'citizen').includes('withdraw') ? ['withdraw'] : [],
  };
}

export function toHallGreenEvidence(
  row: GreenEvidenceEntity,
  person: { name: string; idNumber: string } | undefined,
  cipher: PersonCipher,
  role: StaffRole,
  today: LocalDay,
): HallGreenEvidence {
  return {
    ...common(row, cipher, today),
    personName: person ? maskName(person.name) : '—',
    idNumberMasked: person ? maskIdNumber(person.idNumber) : null,
    actions: availableGreenActions(row.state, role).filter(
      (action): action is HallGreenEvidence['actions'][number] => action !== 'withdraw',
    ),
  };
}

/** Enough to compare with the paper in hand: a long number in it keeps both ends, words stay as they are. */
function maskDocument(text: string): string {
  return text.replace(/[0-9A-Za-z]{7,}/g, (number) => maskIdNumber(number));
}
