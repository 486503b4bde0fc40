import {
  appealStates,
  authorisationKinds,
  authorisationStates,
  companyRoles,
  familyRelations,
  greenReasons,
  greenStates,
  limitRules,
} from '@haoban/domain';
import { z } from 'zod';
import { Day, Empty, Id, Instant, PageQuery, page, requiredText, text } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

export const AuthorisationKind = z.enum(authorisationKinds);
export const AuthorisationState = z.enum(authorisationStates);
export const FamilyRelation = z.enum(familyRelations);
export const CompanyRole = z.enum(companyRoles);
export const GreenReason = z.enum(greenReasons);
export const GreenState = z.enum(greenStates);
export const AppealState = z.enum(appealStates);
export const LimitRule = z.enum(limitRules);

const IdNumber = z.string().trim().min(15).max(18);
const CreditCode = z.string().trim().min(18).max(24);

export const Authorisation = z.object({
  id: Id,
  kind: AuthorisationKind,
  /** As of today: an end date that has passed is `expired` at once. */
  state: AuthorisationState,
  stateText: z.string(),
  /** For whom is booked: a person's name is masked, a company's is public and whole. */
  principalName: z.string(),
  /** Masked ID number or credit code. */
  principalNumberMasked: z.string(),
  /** Who books, masked. */
  agentName: z.string(),
  /** `familyRelations` or `companyRoles`, and as it reads: 父母, 单位经办人. */
  relation: z.union([FamilyRelation, CompanyRole]),
  relationText: z.string(),
  /** Whether a book by it may be made today. */
  usable: z.boolean(),
  /** The last day on which it holds. */
  validUntil: Day,
  createdAt: Instant,
  /** Why it was refused or ended. */
  reason: z.string().nullable(),
  /** What to do or to know next, in one sentence. */
  hint: z.string(),
  actions: z.array(z.enum(['end'])),
});
export type Authorisation = z.infer<typeof Authorisation>;

/** Shown once, to be told to the family member; the server keeps only a hash. */
export const AuthorisationCode = z.object({
  /** Six characters without look-alikes. */
  code: z.string(),
  expiresAt: Instant,
  validUntil: Day,
});
export type AuthorisationCode = z.infer<typeof AuthorisationCode>;

const Family = {
  kind: z.literal('family'),
  name: requiredText(50),
  idNumber: IdNumber,
  relation: FamilyRelation,
  /** Where the hall can ring the family member, if there is one. */
  phone: text(20).optional(),
  validUntil: Day.optional(),
};
const Company = {
  kind: z.literal('company'),
  name: requiredText(60),
  creditCode: CreditCode,
  role: CompanyRole,
  validUntil: Day.optional(),
};
export const AuthorisationDeclare = z.union([z.object(Family), z.object(Company)]);
export type AuthorisationDeclare = z.infer<typeof AuthorisationDeclare>;

export const HallAuthorisation = Authorisation.omit({ actions: true, hint: true, usable: true }).extend({
  /** What was seen at the desk: 户口簿, 营业执照. */
  paper: z.string().nullable(),
  actions: z.array(z.enum(['grant', 'refuse', 'end'])),
});
export type HallAuthorisation = z.infer<typeof HallAuthorisation>;

export const GreenEvidence = z.object({
  id: Id,
  reason: GreenReason,
  reasonText: z.string(),
  state: GreenState,
  stateText: z.string(),
  /** 残疾人证 3501****1234, masked: nobody looks over a shoulder. */
  documentMasked: z.string(),
  validUntil: Day,
  inForce: z.boolean(),
  /** Why it was refused. */
  checkReason: z.string().nullable(),
  createdAt: Instant,
  actions: z.array(z.enum(['withdraw'])),
});
export type GreenEvidence = z.infer<typeof GreenEvidence>;

export const GreenProfile = z.object({
  /** Whose it is, masked; null for the own one. */
  forName: z.string().nullable(),
  /** Whether green places may be booked today. */
  mayUse: z.boolean(),
  /** By the ID number, without any paper. */
  elderly: z.boolean(),
  /** One sentence: 您已年满 65 岁，可以直接预约绿色通道。 */
  text: z.string(),
  items: z.array(GreenEvidence),
});
export type GreenProfile = z.infer<typeof GreenProfile>;

export const HallGreenEvidence = GreenEvidence.omit({ actions: true }).extend({
  personName: z.string(),
  idNumberMasked: z.string().nullable(),
  actions: z.array(z.enum(['verify', 'refuse'])),
});
export type HallGreenEvidence = z.infer<typeof HallGreenEvidence>;

export const LimitUse = z.object({
  rule: LimitRule,
  used: z.number().int(),
  limit: z.number().int(),
  left: z.number().int(),
  /** 本周还可以预约 3 次 */
  text: z.string(),
});
export type LimitUse = z.infer<typeof LimitUse>;

export const Appeal = z.object({
  id: Id,
  bookingId: Id,
  state: AppealState,
  stateText: z.string(),
  day: Day,
  itemName: z.string(),
  hallName: z.string(),
  text: z.string(),
  /** The manager's words. */
  reason: z.string().nullable(),
  createdAt: Instant,
  decidedAt: Instant.nullable(),
});
export type Appeal = z.infer<typeof Appeal>;

export const NoShow = z.object({
  bookingId: Id,
  day: Day,
  start: Instant,
  itemName: z.string(),
  hallName: z.string(),
  /** Taken off the record: no longer counts. */
  excused: z.boolean(),
  appeal: z.object({ id: Id, state: AppealState, stateText: z.string() }).nullable(),
  /** The last day for an appeal; null where there can be none. */
  mayAppealUntil: Day.nullable(),
});
export type NoShow = z.infer<typeof NoShow>;

export const Standing = z.object({
  /** Whose it is, masked; null for the own one. */
  forName: z.string().nullable(),
  /** The hall's rules in sentences. */
  rules: z.array(z.string()),
  /** The day that the counts below are for. */
  day: Day,
  limits: z.array(LimitUse),
  /** Whether one more booking on `day` is allowed, and if not, why and until when. */
  mayBook: z.boolean(),
  barText: z.string().nullable(),
  /** Told before a rule bites: the last booking of a week, the last no-show before a suspension. */
  warnings: z.array(z.string()),
  /** The first day on which one may book again. */
  suspendedUntil: Day.nullable(),
  /** Newest first. */
  noShows: z.array(NoShow),
});
export type Standing = z.infer<typeof Standing>;

export const HallAppeal = Appeal.extend({
  personName: z.string(),
  start: Instant,
  /** How the booking came about and what else counts against the person: no-shows in the rule's days, this one included. */
  noShowsInWindow: z.number().int(),
  suspendedUntil: Day.nullable(),
  actions: z.array(z.enum(['grant', 'refuse'])),
});
export type HallAppeal = z.infer<typeof HallAppeal>;

const OfAuthorisation = z.object({ authorisationId: Id });
/** For somebody else, by an authorisation in force. */
const ForWhom = { authorisationId: Id.optional() };
const declareErrors = [
  'NAME_INVALID',
  'ID_NUMBER_INVALID',
  'PHONE_INVALID',
  'CREDIT_CODE_INVALID',
  'COMPANY_NAME_INVALID',
  'AUTHORISATION_OWN',
  'AUTHORISATION_EXISTS',
  'AUTHORISATION_LIMIT',
  'AUTHORISATION_DATE_INVALID',
] as const;
/** Name as the desk says it, or the last four characters of the number. */
const Search = { ...PageQuery, q: text(30).optional() };

export const peopleEndpoints = {
  listAuthorisations: endpoint(routes.people.listAuthorisations, {
    summary: '家人和单位授权',
    input: Empty,
    output: z.object({
      /** For whom I may book. */
      asAgent: z.array(Authorisation),
      /** Who may book for me. */
      asPrincipal: z.array(Authorisation),
    }),
    errors: [],
  }),
  makeCode: endpoint(routes.people.makeCode, {
    summary: '生成授权码，给替我预约的家人',
    input: z.object({ validUntil: Day.optional() }),
    output: AuthorisationCode,
    errors: ['REAL_NAME_REQUIRED', 'AUTHORISATION_DATE_INVALID'],
  }),
  acceptCode: endpoint(routes.people.acceptCode, {
    summary: '填写家人给的授权码',
    input: z.object({ code: z.string().trim().min(6).max(12), relation: FamilyRelation }),
    output: Authorisation,
    errors: [
      'REAL_NAME_REQUIRED',
      'AUTHORISATION_CODE_INVALID',
      'AUTHORISATION_OWN',
      'AUTHORISATION_EXISTS',
      'AUTHORISATION_LIMIT',
    ],
  }),
  declareAuthorisation: endpoint(routes.people.declareAuthorisation, {
    summary: '申请替家人（没有手机）或单位预约，待窗口核验',
    input: AuthorisationDeclare,
    output: Authorisation,
    errors: ['REAL_NAME_REQUIRED', ...declareErrors],
  }),
  endAuthorisation: endpoint(routes.people.endAuthorisation, {
    summary: '结束授权（双方都可以）',
    input: OfAuthorisation,
    output: Authorisation,
    errors: ['AUTHORISATION_STATE'],
  }),
  getGreen: endpoint(routes.people.getGreen, {
    summary: '绿色通道登记',
    input: z.object(ForWhom),
    output: GreenProfile,
    errors: ['REAL_NAME_REQUIRED', 'AUTHORISATION_NOT_VALID', 'GREEN_NOT_A_PERSON'],
  }),
  declareGreen: endpoint(routes.people.declareGreen, {
    summary: '登记绿色通道情况',
    input: z.object({
      ...ForWhom,
      reason: GreenReason,
      /** The certificate's number, or the name of the hospital's paper. */
      document: requiredText(60),
      validUntil: Day.optional(),
    }),
    output: GreenProfile,
    errors: ['REAL_NAME_REQUIRED', 'AUTHORISATION_NOT_VALID', 'GREEN_NOT_A_PERSON', 'GREEN_DATE_INVALID'],
  }),
  withdrawGreen: endpoint(routes.people.withdrawGreen, {
    summary: '撤回绿色通道登记',
    input: z.object({ evidenceId: Id, ...ForWhom }),
    output: GreenProfile,
    errors: ['REAL_NAME_REQUIRED', 'AUTHORISATION_NOT_VALID', 'GREEN_NOT_A_PERSON', 'GREEN_STATE'],
  }),
  standing: endpoint(routes.people.standing, {
    summary: '我在某中心还能预约几次、有没有爽约',
    input: z.object({ hallId: Id, day: Day.optional(), ...ForWhom }),
    output: Standing,
    errors: ['REAL_NAME_REQUIRED', 'HALL_NOT_FOUND', 'AUTHORISATION_NOT_VALID'],
  }),
  appeal: endpoint(routes.people.appeal, {
    summary: '对一次爽约提出申诉',
    input: z.object({ bookingId: Id, text: requiredText(300) }),
    output: Appeal,
    errors: ['BOOKING_STATE', 'APPEAL_EXISTS', 'APPEAL_TOO_LATE'],
  }),
  listAppeals: endpoint(routes.people.listAppeals, {
    summary: '我的申诉',
    input: z.object(PageQuery),
    output: page(Appeal),
    errors: [],
  }),
  listPendingAuthorisations: endpoint(routes.people.listPendingAuthorisations, {
    summary: '待核验的授权；按姓名或号码后四位查有效的授权',
    input: z.object({ ...Search, state: z.enum(['pending', 'active']).default('pending') }),
    output: page(HallAuthorisation),
    errors: ['AUTHORISATION_SEARCH_REQUIRED'],
  }),
  verifyAuthorisation: endpoint(routes.people.verifyAuthorisation, {
    summary: '核验授权',
    input: OfAuthorisation.extend({
      result: z.enum(['granted', 'refused']),
      /** What was seen; required to grant. */
      paper: text(60).optional(),
      /** Required to refuse. */
      reason: text(200).optional(),
    }),
    output: HallAuthorisation,
    errors: ['AUTHORISATION_STATE', 'AUTHORISATION_PAPER_REQUIRED', 'REASON_REQUIRED'],
  }),
  registerAuthorisationAtDesk: endpoint(routes.people.registerAuthorisationAtDesk, {
    summary: '窗口登记授权（当场核验）',
    input: z.union([
      z.object({ ...Family, agentIdNumber: IdNumber, paper: requiredText(60) }),
      z.object({ ...Company, agentIdNumber: IdNumber, paper: requiredText(60) }),
    ]),
    output: HallAuthorisation,
    errors: [...declareErrors, 'AUTHORISATION_AGENT_UNKNOWN'],
  }),
  endAuthorisationAtDesk: endpoint(routes.people.endAuthorisationAtDesk, {
    summary: '应本人要求在窗口结束授权',
    input: OfAuthorisation.extend({ reason: requiredText(200) }),
    output: HallAuthorisation,
    errors: ['AUTHORISATION_STATE'],
  }),
  listGreenToCheck: endpoint(routes.people.listGreenToCheck, {
    summary: '待核对的绿色通道登记',
    input: z.object(Search),
    output: page(HallGreenEvidence),
    errors: [],
  }),
  checkGreen: endpoint(routes.people.checkGreen, {
    summary: '核对绿色通道证件',
    input: z.object({
      evidenceId: Id,
      result: z.enum(['verified', 'refused']),
      reason: text(200).optional(),
      /** As the paper says, where it differs from what was declared. */
      validUntil: Day.optional(),
    }),
    output: HallGreenEvidence,
    errors: ['GREEN_STATE', 'REASON_REQUIRED', 'GREEN_DATE_INVALID'],
  }),
  listHallAppeals: endpoint(routes.people.listHallAppeals, {
    summary: '本中心的爽约申诉',
    input: z.object({ ...PageQuery, state: AppealState.optional() }),
    output: page(HallAppeal),
    errors: [],
  }),
  decideAppeal: endpoint(routes.people.decideAppeal, {
    summary: '处理爽约申诉',
    input: z.object({
      appealId: Id,
      result: z.enum(['granted', 'refused']),
      reason: text(200).optional(),
    }),
    output: HallAppeal,
    errors: ['APPEAL_STATE', 'REASON_REQUIRED'],
  }),
};
