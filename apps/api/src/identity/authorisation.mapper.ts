import type { Authorisation, HallAuthorisation } from '@haoban/contracts';
import {
  authorisationStateOn,
  authorisationStateTexts,
  availableAuthorisationActions,
  companyRoleTexts,
  familyRelationTexts,
  formatLongDay,
  maskIdNumber,
  maskName,
  type StaffRole,
} from '@haoban/domain';
import type { AuthorisationEntity } from './authorisation.entity.js';
import type { PersonCipher } from './person-cipher.js';

export type AuthorisationSide = 'agent' | 'principal';

const relationTexts: Readonly<Record<AuthorisationEntity['relation'], string>> = {
  ...familyRelationTexts,
  ...companyRoleTexts,
};

/** @param agentName masked */
function common(row: AuthorisationEntity, agentName: string, cipher: PersonCipher, today: string) {
  const state = authorisationStateOn(row, today);
  const name = cipher.openName(row.nameCipher);
  return {
    id: row.id,
    kind: row.kind,
    state,
    stateText: authorisationStateTexts[state],
    principalName: row.kind === 'company' ? name : maskName(name),
    principalNumberMasked: maskIdNumber(cipher.openIdNumber(row.numberCipher)),
    agentName,
    relation: row.relation,
    relationText: relationTexts[row.relation],
    validUntil: row.validUntil,
    createdAt: row.createdAt.toISOString(),
    reason: row.reason,
  };
}

export function toAuthorisation(
  row: AuthorisationEntity,
  agentName: string,
  side: AuthorisationSide,
  cipher: PersonCipher,
  today: string,
): Authorisation {
  const shown = common(row, agentName, cipher, today);
  const { state } = shown;
  return {
    ...shown,
    usable: side === 'agent' && state === 'active',
    hint: hintOf(row, shown, side),
    actions: availableAuthorisationActions(state, 'citizen').includes('end') ? ['end'] : [],
  };
}

export function toHallAuthorisation(
  row: AuthorisationEntity,
  agentName: string,
  cipher: PersonCipher,
  role: StaffRole,
  today: string,
): HallAuthorisation {
  const shown = common(row, agentName, cipher, today);
  return {
    ...shown,
    paper: row.paper,
    actions: availableAuthorisationActions(shown.state, role).filter(
      (action): action is HallAuthorisation['actions'][number] => action !== 'expire',
    ),
  };
}

function hintOf(
  { kind, reason, validUntil }: AuthorisationEntity,
  { state, principalName, agentName }: Pick<Authorisation, 'state' | 'principalName' | 'agentName'>,
  side: AuthorisationSide,
): string {
  const agents = side === 'agent';
  switch (state) {
    case 'pending':
      if (!agents) return `${agentName} 申请替您预约，还没有生效；如果不是您的意思，请结束它。`;
      return kind === 'family'
        ? '请带双方身份证和户口簿等关系证明，到任一大厅咨询台核验，通过后就能替他预约。'
        : '请带营业执照复印件、单位授权书和您的身份证，到任一大厅咨询台核验，通过后就能替单位预约。';
    case 'active':
      return agents
        ? `预约时选择“${principalName}”即可，有效到${formatLongDay(validUntil)}。`
        : `${agentName} 可以替您预约到${formatLongDay(validUntil)}；不再需要时可随时结束。`;
    case 'refused':
      return `没有通过核验${reason === null ? '' : `：${reason}`}。补齐材料后可以重新申请。`;
    case 'ended':
      return agents ? '授权已结束；如还要代办，请重新申请。' : '授权已结束，对方不能再替您预约。';
    case 'expired':
      return agents ? '授权已到期；如还要代办，请重新申请。' : '授权已到期，对方不能再替您预约。';
  }
}
