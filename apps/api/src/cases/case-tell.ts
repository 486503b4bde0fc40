import { dayOf, formatClock, minutesOfDay } from '@haoban/domain';
import type { RatingInvite, Tell } from '../outbox/topics.js';
import { stateTexts } from './case-texts.js';
import type { CaseEntity } from './case.entity.js';

/** The message about a change of a case: neither the applicant's name nor what staff wrote goes into it. */
export function caseTell(row: CaseEntity, citizenId: string, itemName: string, title: string, at: Date) {
  const closed = row.state === 'closed';
  return {
    template: closed ? 'case_closed' : 'case_progress',
    citizenId,
    dedupeKey: `case:${row.id}:${row.version}`,
    title: closed ? '办件已办结' : `办件进度：${stateTexts[row.state]}`,
    body: `您的办件 ${row.caseNo}“${itemName}”：${title}。`,
    page: `pages/cases/detail/index?id=${row.id}`,
    data: {
      thing1: itemName,
      character_string2: row.caseNo,
      phrase3: closed ? (row.result === 'refused' ? '不予许可' : '准予许可') : stateTexts[row.state],
      time4: `${dayOf(at)} ${formatClock(minutesOfDay(at))}`,
    },
  } satisfies Tell;
}

/** One case, one rating (一事一评), once it is closed. */
export function caseInvite(row: CaseEntity, itemName: string, endedAt: Date) {
  return {
    subject: 'case',
    subjectId: row.id,
    citizenId: row.citizenId,
    hallId: row.hallId,
    title: `办件 ${row.caseNo}`,
    itemName,
    deskLabel: null,
    staffId: row.openedBy,
    endedAt: endedAt.toISOString(),
  } satisfies RatingInvite;
}
