export { errorCatalogue, isErrorCode } from './errors.js';
export type { ErrorCode } from './errors.js';
export {
  bookingChannels,
  bookingStates,
  caseResults,
  caseStates,
  contingents,
  deliveryStates,
  paymentStates,
  staffRoles,
  stagePlans,
  ticketStates,
  visitKinds,
} from './states.js';
export type {
  ActorRole,
  BookingChannel,
  BookingState,
  Contingent,
  CaseResult,
  CaseState,
  DeliveryState,
  PaymentState,
  StaffRole,
  StagePlan,
  TicketState,
  VisitKind,
} from './states.js';
export {
  actionsFrom,
  decideStep,
  finalStates,
  permit,
  refuse,
  tableFaults,
  targetsOf,
} from './transitions.js';
export type { Decision, Step, Transitions } from './transitions.js';
export {
  availableBookingActions,
  bookingActions,
  bookingStateNames,
  bookingTransitions,
  decideBooking,
} from './booking-state.js';
export type { BookingAction } from './booking-state.js';
export {
  bookingStateName,
  heldFrom,
  isInHall,
  isRemote,
  mayRecord,
  notReachedNames,
  remoteKinds,
} from './remote-visits.js';
export type { RemoteKind } from './remote-visits.js';
export {
  availableTicketActions,
  decideTicket,
  openTicketStates,
  ticketActions,
  ticketTransitions,
} from './ticket-state.js';
export type { TicketAction } from './ticket-state.js';
export {
  availableCaseActions,
  caseActions,
  caseTransitions,
  clockStopped,
  decideCase,
  stagesOf,
} from './case-state.js';
export type { CaseAction, CaseCommand, CaseFacts } from './case-state.js';
export {
  availablePaymentActions,
  decidePayment,
  paymentActions,
  paymentTransitions,
} from './payment-state.js';
export type { PaymentAction, PaymentFacts } from './payment-state.js';
export {
  availableDeliveryActions,
  decideDelivery,
  deliveryActions,
  deliveryTransitions,
} from './delivery-state.js';
export type { DeliveryAction } from './delivery-state.js';
export {
  applyTrace,
  deliveredToSomeoneElse,
  deliveryStateFromTraces,
  effectiveTraces,
} from './delivery-traces.js';
export type { TraceEvent } from './delivery-traces.js';
export {
  addDays,
  addMinutes,
  dayMinutes,
  dayOf,
  daysBetween,
  durationUnits,
  formatClock,
  formatDay,
  formatLongDay,
  formatDuration,
  formatInstant,
  instantAt,
  isLocalDay,
  minutesOfDay,
  parseClock,
  startOfDay,
  startOfWeek,
  weekdayOf,
} from './time.js';
export type { Duration, DurationUnit, LocalDay, Weekday } from './time.js';
export { openingLines } from './opening-lines.js';
export { addWorkingTime, remainingTime, workingTimeBetween } from './working-time.js';
export type { ClockPause, Opening, RemainingTime, WorkCalendar } from './working-time.js';
export {
  conflictingRules,
  defaultWindow,
  inBookingWindow,
  noExceptions,
  openingsOfDay,
  reducedSlots,
  ruleApplies,
  runFrom,
  slotsOfDay,
} from './slots.js';
export type {
  BookingWindow,
  Closure,
  DayExceptions,
  DayOverride,
  OfferedSlot,
  OpeningOffer,
  OpeningRule,
  Places,
  Slot,
} from './slots.js';
export {
  arrivalOf,
  arrivals,
  bookingBar,
  bookingPresets,
  cancelDeadline,
  decideCheckIn,
  limitRules,
  limitUses,
  mayBook,
  mayCancel,
  noShowFrom,
  noShowsCounting,
  suspendedUntil,
} from './booking-rules.js';
export type {
  Arrival,
  BookingBar,
  BookingHistory,
  BookingSettings,
  CheckInWindow,
  DripRelease,
  LimitRule,
  LimitUse,
  NoShowRule,
  ReopenDelay,
} from './booking-rules.js';
export { distanceMetres, formatDistance } from './geo.js';
export type { GeoPlace } from './geo.js';
export {
  authorisationActions,
  authorisationCodeHours,
  authorisationDays,
  authorisationEnd,
  authorisationKinds,
  authorisationLimits,
  authorisationStateOn,
  authorisationStates,
  authorisationStateTexts,
  authorisationTransitions,
  availableAuthorisationActions,
  companyRoles,
  companyRoleTexts,
  decideAuthorisation,
  familyRelations,
  familyRelationTexts,
  isAuthorised,
} from './authorisation-state.js';
export type {
  AuthorisationAction,
  AuthorisationFacts,
  AuthorisationKind,
  AuthorisationState,
  CompanyRole,
  FamilyRelation,
} from './authorisation-state.js';
export {
  availableGreenActions,
  decideGreen,
  greenActions,
  greenAge,
  greenDays,
  greenDistrustDays,
  greenEnd,
  greenReasons,
  greenReasonTexts,
  greenStates,
  greenStateTexts,
  greenTransitions,
  isElderly,
  isGreenInForce,
  isTrusted,
  mayUseGreen,
} from './green-channel.js';
export type { GreenAction, GreenFacts, GreenReason, GreenState } from './green-channel.js';
export {
  appealActions,
  appealDays,
  appealStates,
  appealStateTexts,
  appealTransitions,
  appealUntil,
  availableAppealActions,
  decideAppeal,
  mayAppeal,
} from './appeal-state.js';
export type { AppealAction, AppealState, MissedBooking } from './appeal-state.js';
export { barText, standing, suspensionBy } from './booking-standing.js';
export type { PersonStanding } from './booking-standing.js';
export {
  claimPlaces,
  freeByContingent,
  noLoad,
  placesFree,
  reopenPlaces,
  returnPlaces,
  visitsFree,
  withoutVisits,
} from './places.js';
export type { Claimed, FreePlaces, PlaceCapacity, PlaceClaim, PlaceLoad } from './places.js';
export { releaseMoments, releasedPlaces } from './drip-release.js';
export type { DripQuestion, ReleaseMoment } from './drip-release.js';
export {
  availableWaitlistActions,
  decideWaitlist,
  delayBefore,
  inPartOfDay,
  openWaitlistStates,
  partsMeet,
  reopenAt,
  waitlistActions,
  waitlistOrder,
  waitlistParts,
  waitlistStates,
  waitlistTransitions,
} from './waitlist.js';
export { rebookings, scalpingKinds, scalpingLimits, suspiciousRebookings } from './scalping.js';
export type { BookingAct, CancelAct, Rebooking, ScalpingKind, ScalpingLimits } from './scalping.js';
export type { WaitlistAction, WaitlistPart, WaitlistPlace, WaitlistState } from './waitlist.js';
export {
  calendarSlots,
  mostDaysAhead,
  ruleIdOf,
  serviceHours,
  shownDayCount,
  toOpeningRule,
  wholeDay,
  without,
} from './calendar.js';
export type { BookingRule, CalendarDay, CalendarStretch } from './calendar.js';
export { byMonth, monthsInView } from './months.js';
export type { MonthOfDays, MonthsInView } from './months.js';
export {
  answerUntil,
  bookingFate,
  compareSlots,
  idleRules,
  overlappingRules,
  ruleFaults,
  stretchFaults,
} from './calendar-check.js';
export type { CalendarFault, SlotChange, SlotFate } from './calendar-check.js';
export {
  closureInWords,
  ruleInWords,
  stretchInWords,
  visitKindNames,
  weekdaysInWords,
} from './calendar-words.js';
export { policyFaults, policyInWords, policyPresets } from './booking-policy.js';
export type { PolicyFault, PolicyPreset, PolicyPresetKey } from './booking-policy.js';
export { holdUntil, isHeld } from './holds.js';
export { planVisit } from './visit-plan.js';
export { slotHints } from './slot-hints.js';
export type { HintSlot, SlotHints } from './slot-hints.js';
export type { PlannedItem, VisitLimits, VisitPlan } from './visit-plan.js';
export {
  ageOn,
  birthdayOf,
  isIdNumber,
  isMobile,
  isPersonName,
  maskAddress,
  maskIdNumber,
  maskName,
  maskPhone,
  normaliseIdNumber,
  normaliseMobile,
} from './people.js';
export { creditCodeCheck, mod11Radix2, mod37And36, s10CheckDigit } from './check-digits.js';
export { formatWaybill, isWaybill, normaliseWaybill } from './waybill.js';
export { isCreditCode, isItemCode, parseItemCode } from './item-code.js';
export type { ItemCodeParts } from './item-code.js';
export {
  formatTicketNumber,
  isCaseNumber,
  makeCaseNumber,
  normaliseCaseNumber,
  parseTicketNumber,
} from './numbers.js';
export {
  aheadCount,
  defaultQueueSettings,
  elderAge,
  orderQueue,
  priorityEvidence,
  queueLanes,
  queueReasons,
  queueReasonTexts,
} from './queue-order.js';
export type {
  LateTier,
  PriorityEvidence,
  QueueLane,
  QueuePlace,
  QueueReason,
  QueueSettings,
  RecentCall,
  WaitingTicket,
} from './queue-order.js';
export { defaultEstimateSettings, estimateWait, formatWait } from './wait-estimate.js';
export type {
  EstimateDesk,
  EstimateSettings,
  ServiceTime,
  WaitQuestion,
  WaitRange,
} from './wait-estimate.js';
export {
  deliveryZones,
  formatFen,
  quoteFeeFen,
  refundCauses,
  refundDueFen,
  sampleTariff,
  zoneBetween,
} from './fees.js';
export type { DeliveryZone, PlaceInCountry, RefundCause, RefundFacts, Tariff, ZoneTariff } from './fees.js';
export {
  isNegative,
  mayRate,
  ratingClosesAt,
  ratingIndicators,
  ratingLevels,
  ratingName,
  ratingNames,
  ratingTags,
  ratingText,
  ratingTexts,
  ratingWindowDays,
} from './rating-rules.js';
export type { RatingAnswer, RatingFacts, RatingIndicators, RatingLevel, RatingName } from './rating-rules.js';
export {
  decideGivingUp,
  mayMove,
  nearestTimes,
  remindedAfterMove,
  reminderAt,
  reminderDue,
  reminderKinds,
} from './booking-moves.js';
export type { MoveFacts, ReminderFacts, ReminderKind } from './booking-moves.js';
export { bookingAlarms, calendarFile, calendarFileName } from './calendar-file.js';
export type { CalendarAlarm, CalendarEvent } from './calendar-file.js';
export { auditActionNames, auditActions, auditSubjectNames, auditSubjects } from './audit-names.js';
export type { AuditAction, AuditSubject } from './audit-names.js';
