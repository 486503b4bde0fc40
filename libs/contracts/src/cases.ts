import { z } from 'zod';
import { Day, Duration, Id, Instant, PageQuery, RequestId, page, requiredText, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const CaseState = z.enum([
  'accepted',
  'reviewing',
  'deciding',
  'decided',
  'closed',
  'suspended',
  'correction',
  'not_accepted',
  'withdrawn',
]);
export const CaseResult = z.enum(['granted', 'refused']);
export const CaseAction = z.enum([
  'advance',
  'suspend',
  'resume',
  'askCorrection',
  'receiveCorrection',
  'decide',
  'close',
  'withdraw',
  'notAccept',
  'issueCertificate',
  'handOverCertificate',
]);
export type CaseAction = z.infer<typeof CaseAction>;

export const CaseEvent = z.object({
  at: Instant,
  /** One line for the resident: 受理, 审核通过, 证照已交 EMS … */
  title: z.string(),
  text: z.string().nullable(),
  kind: z.enum(['case', 'certificate', 'delivery', 'payment', 'rating']),
});
export type CaseEvent = z.infer<typeof CaseEvent>;

export const Certificate = z.object({
  id: Id,
  name: z.string(),
  certificateNo: z.string(),
  copies: z.number().int(),
  issuedAt: Instant,
  /** Where the paper is now. */
  place: z.enum(['at_hall', 'handed_over', 'with_courier', 'delivered']),
});
export type Certificate = z.infer<typeof Certificate>;

/** The promise to the resident, with the clock as it stands now. */
export const Deadline = z.object({
  promised: Duration,
  dueAt: Instant,
  state: z.enum(['running', 'stopped', 'met', 'overdue']),
  /** 还剩 1 个工作日 / 已超 2 小时 */
  remainingText: z.string(),
  progress: z.number().min(0).max(1),
});
export type Deadline = z.infer<typeof Deadline>;

export const StageMark = z.object({
  key: z.string(),
  name: z.string(),
  state: z.enum(['done', 'current', 'ahead']),
  at: Instant.nullable(),
});

export const CaseSummary = z.object({
  id: Id,
  caseNo: z.string(),
  itemId: Id,
  itemName: z.string(),
  hallName: z.string(),
  state: CaseState,
  stateText: z.string(),
  result: CaseResult.nullable(),
  acceptedAt: Instant,
  closedAt: Instant.nullable(),
  deadline: Deadline,
});
export type CaseSummary = z.infer<typeof CaseSummary>;

export const CaseDetail = CaseSummary.extend({
  departmentName: z.string(),
  applicantMasked: z.string(),
  stages: z.array(StageMark),
  /** Oldest first. */
  timeline: z.array(CaseEvent),
  certificate: Certificate.nullable(),
  ticketId: Id.nullable(),
  ticketLabel: z.string().nullable(),
  deliveryId: Id.nullable(),
  waybillNo: z.string().nullable(),
  courierAllowed: z.boolean(),
  rated: z.boolean(),
  actions: z.array(z.enum(['withdraw', 'send_by_courier', 'rate'])),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

/** The look-up without sign-in shows the course of the case and nothing about the person. */
export const PublicCase = CaseSummary.omit({ id: true, itemId: true }).extend({
  stages: z.array(StageMark),
  timeline: z.array(CaseEvent),
});
export type PublicCase = z.infer<typeof PublicCase>;

export const HallCase = CaseSummary.extend({
  applicantMasked: z.string(),
  phoneMasked: z.string().nullable(),
  departmentName: z.string(),
  steps: z.string(),
  stages: z.array(StageMark),
  timeline: z.array(CaseEvent),
  certificate: Certificate.nullable(),
  certificateName: z.string().nullable(),
  ticketId: Id.nullable(),
  ticketLabel: z.string().nullable(),
  deliveryId: Id.nullable(),
  waybillNo: z.string().nullable(),
  materials: z.array(z.object({ id: Id, name: z.string(), required: z.boolean(), received: z.boolean() })),
  actions: z.array(CaseAction),
});
export type HallCase = z.infer<typeof HallCase>;

export const CaseOpen = z.object({
  requestId: RequestId,
  ticketId: Id,
  itemId: Id.optional(),
  /** For a walk-in without an account; a citizen's own record is used where there is one. */
  applicant: z
    .object({
      name: requiredText(50),
      idNumber: z.string().trim().min(15).max(18),
      phone: z.string().trim().max(14).optional(),
    })
    .optional(),
  receivedMaterialIds: z.array(Id).max(50),
});
export type CaseOpen = z.infer<typeof CaseOpen>;

const OfCase = z.object({ caseId: Id });
const stateErrors = ['CASE_STATE'] as const;

export const casesEndpoints = {
  listMine: endpoint(routes.cases.listMine, {
    summary: '我的办件',
    input: z.object({ ...PageQuery, state: CaseState.optional() }),
    output: page(CaseSummary),
    errors: [],
  }),
  getMine: endpoint(routes.cases.getMine, {
    summary: '办件进度',
    input: OfCase,
    output: CaseDetail,
    errors: [],
  }),
  lookUp: endpoint(routes.cases.lookUp, {
    summary: '凭办件编号和身份证后四位查进度',
    input: z.object({ caseNo: requiredText(64), idLast4: z.string().trim().length(4) }),
    output: PublicCase,
    errors: ['CASE_LOOKUP_FAILED'],
  }),
  open: endpoint(routes.cases.open, {
    summary: '从号票收件开件',
    input: CaseOpen,
    output: HallCase,
    errors: [
      'TICKET_STATE',
      'CASE_ALREADY_OPENED',
      'CASE_APPLICANT_REQUIRED',
      'MATERIALS_MISSING',
      'NAME_INVALID',
      'ID_NUMBER_INVALID',
      'PHONE_INVALID',
      'ITEM_NOT_FOUND',
      'ITEM_NOT_OFFERED',
      'REQUEST_ID_REUSED',
    ],
  }),
  listOfHall: endpoint(routes.cases.listOfHall, {
    summary: '本中心办件',
    input: z.object({
      ...PageQuery,
      state: CaseState.optional(),
      day: Day.optional(),
      q: text(64).optional(),
    }),
    output: page(HallCase),
    errors: [],
  }),
  getOfHall: endpoint(routes.cases.getOfHall, {
    summary: '办件详情',
    input: OfCase,
    output: HallCase,
    errors: [],
  }),
  advance: endpoint(routes.cases.advance, {
    summary: '进入下一环节',
    input: OfCase.extend({ note: text(200).optional() }),
    output: HallCase,
    errors: stateErrors,
  }),
  suspend: endpoint(routes.cases.suspend, {
    summary: '特别程序（暂停计时）',
    input: OfCase.extend({ reason: requiredText(200) }),
    output: HallCase,
    errors: stateErrors,
  }),
  resume: endpoint(routes.cases.resume, {
    summary: '恢复计时',
    input: OfCase,
    output: HallCase,
    errors: stateErrors,
  }),
  askCorrection: endpoint(routes.cases.askCorrection, {
    summary: '一次性告知补正',
    input: OfCase.extend({ reason: requiredText(500) }),
    output: HallCase,
    errors: stateErrors,
  }),
  receiveCorrection: endpoint(routes.cases.receiveCorrection, {
    summary: '收到补正材料',
    input: OfCase,
    output: HallCase,
    errors: stateErrors,
  }),
  decide: endpoint(routes.cases.decide, {
    summary: '作出决定',
    input: OfCase.extend({ result: CaseResult, reason: text(500).optional() }),
    output: HallCase,
    errors: [...stateErrors, 'REFUSAL_NEEDS_SUPERVISOR', 'REASON_REQUIRED'],
  }),
  notAccept: endpoint(routes.cases.notAccept, {
    summary: '不予受理',
    input: OfCase.extend({ reason: requiredText(500) }),
    output: HallCase,
    errors: stateErrors,
  }),
  withdraw: endpoint(routes.cases.withdraw, {
    summary: '撤回申请',
    input: OfCase.extend({ reason: text(200).optional() }),
    output: CaseDetail,
    errors: stateErrors,
  }),
  close: endpoint(routes.cases.close, {
    summary: '办结',
    input: OfCase,
    output: HallCase,
    errors: [...stateErrors, 'CERTIFICATE_NOT_ISSUED'],
  }),
  issueCertificate: endpoint(routes.cases.issueCertificate, {
    summary: '制发证照',
    input: OfCase.extend({
      certificateNo: requiredText(64).optional(),
      copies: z.number().int().min(1).max(20).default(1),
    }),
    output: HallCase,
    errors: [
      ...stateErrors,
      'CERTIFICATE_ALREADY_ISSUED',
      'CERTIFICATE_NOT_APPLICABLE',
      'CERTIFICATE_NUMBER_TAKEN',
    ],
  }),
  handOverCertificate: endpoint(routes.cases.handOverCertificate, {
    summary: '窗口领取证照',
    input: OfCase,
    output: HallCase,
    errors: [...stateErrors, 'CERTIFICATE_NOT_ISSUED'],
  }),
};
