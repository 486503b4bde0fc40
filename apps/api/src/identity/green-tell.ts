import { dayOf, formatClock, minutesOfDay } from '@haoban/domain';
import type { PrincipalAccount } from './authorisations.service.js';
import type { Tell } from '../outbox/topics.js';
import type { GreenEvidenceEntity } from './green-evidence.entity.js';

const GREEN_PAGE = 'pages/account/green/index';
const SUBJECT = '绿色通道登记';
const AGAIN = '原因可以在“绿色通道”里查看；带上有效证件可以重新登记，普通时段仍可预约。';

type Evidence = Pick<GreenEvidenceEntity, 'id' | 'citizenId' | 'authorisationId'>;

/** What a desk found, for whoever declared it. Not a word about the illness goes out: what was checked stands on the page. */
export function greenCheckedTell(evidence: Evidence, verified: boolean, now: Date): Tell {
  const { id, citizenId, authorisationId } = evidence;
  const forFamily = authorisationId !== null;
  const what = forFamily ? `家人的${SUBJECT}` : SUBJECT;
  return {
    template: 'review_result',
    citizenId,
    dedupeKey: `green_checked:${id}:${verified ? 'verified' : 'refused'}`,
    title: verified ? `${what}已核验` : `${what}没有通过`,
    body: verified
      ? `您${forFamily ? '替家人' : ''}登记的证件已核验，有效期内预约绿色通道不用再核对。`
      : AGAIN,
    page: forFamily ? `${GREEN_PAGE}?for=${authorisationId}` : GREEN_PAGE,
    data: { thing1: SUBJECT, phrase2: verified ? '已通过' : '未通过', time3: timeOf(now) },
  };
}

/** The same for the one whose paper an agent declared. */
export function principalGreenCheckedTell(
  evidence: Evidence,
  to: PrincipalAccount,
  verified: boolean,
  now: Date,
): Tell {
  const agents = greenCheckedTell({ ...evidence, authorisationId: null }, verified, now);
  return {
    ...agents,
    citizenId: to.citizenId,
    dedupeKey: `${agents.dedupeKey}:principal`,
    body: verified
      ? `${to.agentName}替您登记的证件已核验，有效期内预约绿色通道不用再核对。`
      : `${to.agentName}替您登记的证件没有通过核验。${AGAIN}`,
  };
}

/** @param replaced whether an older paper of the kind is no longer used */
export function principalGreenDeclaredTell(
  { id }: Evidence,
  to: PrincipalAccount,
  replaced: boolean,
  now: Date,
): Tell {
  const instead = replaced ? '以前登记的同类证件由它代替，' : '';
  return changedTell(to, now, {
    dedupeKey: `green_declared:${id}:principal`,
    title: '有人替您登记了绿色通道',
    body: `${to.agentName}替您登记了预约绿色通道用的证件，${instead}到大厅时窗口会核对原件。如果不是您的意思，可以点开这条消息撤回登记。`,
  });
}

export function principalGreenWithdrawnTell({ id }: Evidence, to: PrincipalAccount, now: Date): Tell {
  return changedTell(to, now, {
    dedupeKey: `green_withdrawn:${id}:principal`,
    title: '替您做的绿色通道登记已撤回',
    body: `${to.agentName}撤回了替您做的绿色通道登记，已约好的预约不受影响。还要用绿色通道的，可以点开这条消息自己登记。`,
  });
}

function changedTell(
  { citizenId }: PrincipalAccount,
  now: Date,
  text: Pick<Tell, 'dedupeKey' | 'title' | 'body'>,
): Tell {
  return {
    template: 'authorisation_changed',
    citizenId,
    ...text,
    page: GREEN_PAGE,
    data: { thing1: text.title, time2: timeOf(now) },
  };
}

function timeOf(now: Date): string {
  return `${dayOf(now)} ${formatClock(minutesOfDay(now))}`;
}
