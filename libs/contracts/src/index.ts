export { endpoints, type Endpoints } from './endpoints.js';
export { commonErrors, endpoint, type Audience, type Endpoint, type Method, type Route } from './endpoint.js';
export { routes, type Routes } from './routes.js';
export {
  BookingState,
  BookableDay,
  Slot,
  SlotHint,
  Booking,
  BookingAction,
  BookingItem,
  HallBooking,
  BookingReserve,
} from './booking.js';
export {
  CalendarRule,
  CalendarStretch,
  CalendarException,
  CalendarWarning,
  CalendarChange,
  PublicDay,
  PlannedSlot,
  PreviewDay,
  AffectedBooking,
  BookingPolicy,
  PolicySettings,
  PolicyPreset,
  PolicyPresetKey,
  CapacityUse,
} from './calendar.js';
export {
  CaseState,
  CaseResult,
  CaseAction,
  CaseEvent,
  Certificate,
  Deadline,
  StageMark,
  CaseSummary,
  CaseDetail,
  PublicCase,
  HallCase,
  CaseOpen,
} from './cases.js';
export {
  Id,
  Instant,
  Day,
  TimeOfDay,
  RequestId,
  Fen,
  Duration,
  text,
  requiredText,
  PageQuery,
  page,
  Flag,
  Empty,
  Done,
  StaffRole,
} from './common.js';
export { DeliveryState, Address, Trace, Quote, Delivery, HallDelivery } from './delivery.js';
export { EntryKind, EntryCode, EntryItem, EntryTarget } from './entry-codes.js';
export {
  OpeningPeriod,
  Hall,
  HallDetail,
  Department,
  ItemKind,
  ItemSummary,
  Material,
  ItemPlace,
  Item,
  ItemFilter,
} from './guide.js';
export {
  Session,
  Citizen,
  StaffAccount,
  WechatLogin,
  CitizenSession,
  StaffLogin,
  StaffSession,
  RefreshToken,
  RealName,
  PhoneUpdate,
  Preferences,
  PasswordChange,
} from './identity.js';
export {
  HallBookingRow,
  HallBookingPerson,
  HallBookingReserve,
  HallSlot,
  BookingHistoryEntry,
} from './hall-bookings.js';
export { Liveness, Readiness } from './meta.js';
export { TemplateKey, InboxMessage } from './notifications.js';
export { PaymentState, Payment, PayParams, HallPayment } from './payment.js';
export {
  Authorisation,
  AuthorisationCode,
  AuthorisationDeclare,
  AuthorisationKind,
  AuthorisationState,
  CompanyRole,
  FamilyRelation,
  HallAuthorisation,
  GreenEvidence,
  GreenProfile,
  GreenReason,
  GreenState,
  HallGreenEvidence,
  Appeal,
  AppealState,
  HallAppeal,
  LimitRule,
  LimitUse,
  NoShow,
  Standing,
} from './people.js';
export {
  TicketState,
  TicketSource,
  WaitRange,
  QueueStatus,
  Ticket,
  DeskTicket,
  Desk,
  DeskView,
  Display,
  TicketTake,
  TicketIssue,
} from './queue.js';
export {
  RatingLevel,
  RatingSubject,
  RatingInvitation,
  Rating,
  HallRating,
  Indicators,
  RatingGive,
} from './ratings.js';
export { AuditEntry } from './supervision.js';
export {
  HallWaitlistEntry,
  ScalpingAct,
  ScalpingKind,
  ScalpingSignal,
  SlotRelease,
  SlotReturn,
  WaitlistAction,
  WaitlistEntry,
  WaitlistJoin,
  WaitlistOffer,
  WaitlistPart,
  WaitlistSkip,
  WaitlistState,
} from './waitlist.js';
