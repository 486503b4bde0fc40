import {
  availableCaseActions,
  clockStopped,
  mayRate,
  stagesOf,
  type ActorRole,
  type CaseFacts,
  type CaseState,
  type WorkCalendar,
} from '@haoban/domain';
import type { CaseAction, CaseDetail, CaseEvent, CaseSummary, HallCase, PublicCase } from '@haoban/contracts';
import { deadlineOf } from './case-clock.js';
import { stageName, stateTexts } from './case-texts.js';
import type { CaseEntity, CaseEventEntity, CertificateEntity } from './case.entity.js';

/** What the ids of a case stand for. */
export interface CaseNames {
  readonly itemName: string;
  readonly hallName: string;
  readonly departmentName: string;
  readonly certificateName: string | null;
  readonly courierAllowed: boolean;
}

/** A case with everything that its views show. */
export interface CaseParts {
  readonly row: CaseEntity;
  readonly names: CaseNames;
  readonly calendar: WorkCalendar;
  /** Oldest first. */
  readonly events: readonly CaseEventEntity[];
  readonly certificate: CertificateEntity | null;
  readonly applicantMasked: string;
  readonly now: Date;
}

export function factsOf(
  row: CaseEntity,
  certificate: CertificateEntity | null,
  { certificateName }: Pick<CaseNames, 'certificateName'>,
): CaseFacts {
  return {
    state: row.state,
    plan: row.steps,
    ...(row.stateBeforeStop ? { stoppedIn: row.stateBeforeStop } : {}),
    ...(row.result ? { result: row.result } : {}),
    certificateIssued: certificate !== null,
    certificateExpected: certificateName !== null,
  };
}

/** The paper can be fetched or sent: it lies in the hall and no courier order waits for it. */
export function certificateAtHand(row: CaseEntity, certificate: CertificateEntity | null): boolean {
  return certificate?.place === 'at_hall' && row.deliveryId === null;
}

export function toCaseSummary({
  row,
  names,
  calendar,
  now,
}: Pick<CaseParts, 'row' | 'names' | 'calendar' | 'now'>) {
  return {
    id: row.id,
    caseNo: row.caseNo,
    itemId: row.itemId,
    itemName: names.itemName,
    hallName: names.hallName,
    state: row.state,
    stateText: stateTexts[row.state],
    result: row.result,
    acceptedAt: row.acceptedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    deadline: deadlineOf(row, calendar, now),
  } satisfies CaseSummary;
}

export function toCaseDetail(parts: CaseParts): CaseDetail {
  const { row, names, certificate } = parts;
  return {
    ...toCaseSummary(parts),
    ...common(parts),
    courierAllowed: names.courierAllowed,
    rated: row.ratedAt !== null,
    actions: citizenActions(parts),
    certificate: certificate && toCertificate(certificate),
  };
}

export function toHallCase(
  parts: CaseParts,
  more: Pick<HallCase, 'materials' | 'phoneMasked'> & { role: ActorRole },
): HallCase {
  const { row, names, certificate } = parts;
  return {
    ...toCaseSummary(parts),
    ...common(parts),
    timeline: exceptRating(parts).map(toEvent),
    phoneMasked: more.phoneMasked,
    steps: row.steps,
    certificate: certificate && toCertificate(certificate),
    certificateName: names.certificateName,
    materials: more.materials,
    actions: hallActions(parts, more.role),
  };
}

/** Who holds the number and four digits sees the course; what staff wrote to the applicant needs a sign-in. */
export function toPublicCase(parts: CaseParts): PublicCase {
  const { id: _id, itemId: _itemId, ...summary } = toCaseSummary(parts);
  const timeline = exceptRating(parts).map((event) => ({
    ...toEvent(event),
    text: freeTextActions.has(event.action) && event.text !== null ? '说明请登录后查看' : event.text,
  }));
  return { ...summary, stages: stagesFor(parts), timeline };
}

const freeTextActions = new Set(['suspend', 'askCorrection', 'decide', 'notAccept', 'withdraw']);

/** When somebody rated tells which of the anonymous ratings is theirs, so only the applicant sees that line. */
function exceptRating({ events }: CaseParts): CaseEventEntity[] {
  return events.filter(({ kind }) => kind !== 'rating');
}

function common(parts: CaseParts) {
  const { row, names } = parts;
  return {
    departmentName: names.departmentName,
    applicantMasked: parts.applicantMasked,
    stages: stagesFor(parts),
    timeline: parts.events.map(toEvent),
    ticketId: row.ticketId,
    ticketLabel: row.ticketLabel,
    deliveryId: row.deliveryId,
    waybillNo: row.waybillNo,
  };
}

function toEvent({ at, title, text, kind }: CaseEventEntity): CaseEvent {
  return { at: at.toISOString(), title, text, kind };
}

function toCertificate({ id, name, certificateNo, copies, issuedAt, place }: CertificateEntity) {
  return { id, name, certificateNo, copies, issuedAt: issuedAt.toISOString(), place };
}

/** The plan as a line of marks; a case that ended early shows how far it came and how it ended. */
function stagesFor({ row, events }: Pick<CaseParts, 'row' | 'events'>): CaseDetail['stages'] {
  const plan = stagesOf(row.steps);
  const advances = events.filter(({ action }) => action === 'advance').map(({ at }) => at);
  const reachedAt = (state: CaseState, index: number): Date | null => {
    if (state === 'decided') return row.decidedAt;
    if (state === 'closed') return row.closedAt;
    return index === 0 ? row.acceptedAt : (advances[index - 1] ?? null);
  };
  const mark = (state: CaseState, index: number, progress: 'done' | 'current' | 'ahead') => ({
    key: state,
    name: stageName(state),
    state: progress,
    at: progress === 'ahead' ? null : (reachedAt(state, index)?.toISOString() ?? null),
  });
  if (row.state === 'withdrawn' || row.state === 'not_accepted') {
    const end = { key: row.state, name: stageName(row.state), state: 'current' as const };
    const passed = plan.slice(0, advances.length + 1).map((state, index) => mark(state, index, 'done'));
    return [...passed, { ...end, at: row.closedAt?.toISOString() ?? null }];
  }
  const here = plan.indexOf(clockStopped(row.state) ? (row.stateBeforeStop ?? 'accepted') : row.state);
  return plan.map((state, index) => {
    const done = index < here || row.state === 'closed';
    return mark(state, index, done ? 'done' : index === here ? 'current' : 'ahead');
  });
}

function citizenActions({ row, names, certificate, now }: CaseParts): CaseDetail['actions'] {
  const actions: CaseDetail['actions'] = [];
  if (availableCaseActions(factsOf(row, certificate, names), 'citizen').includes('withdraw')) {
    actions.push('withdraw');
  }
  if (names.courierAllowed && certificateAtHand(row, certificate)) actions.push('send_by_courier');
  const ratable = mayRate({ endedAt: closedAt(row), alreadyRated: row.ratedAt !== null, own: true }, now);
  if (ratable.ok) actions.push('rate');
  return actions;
}

function closedAt(row: CaseEntity): Date | undefined {
  return row.state === 'closed' ? (row.closedAt ?? undefined) : undefined;
}

function hallActions({ row, names, certificate }: CaseParts, role: ActorRole): CaseAction[] {
  // Withdrawing is the applicant's own act; the desk has no route for it.
  const actions: CaseAction[] = availableCaseActions(factsOf(row, certificate, names), role).filter(
    (action) => action !== 'withdraw',
  );
  if (certificateAtHand(row, certificate)) actions.push('handOverCertificate');
  return actions;
}
