export { errorCatalogue, isErrorCode } from './errors.js';
export type { ErrorCode } from './errors.js';
export {
  bookingStates,
  caseResults,
  caseStates,
  deliveryStates,
  paymentStates,
  staffRoles,
  stagePlans,
  ticketStates,
} from './states.js';
export type {
  ActorRole,
  BookingState,
  CaseResult,
  CaseState,
  DeliveryState,
  PaymentState,
  StaffRole,
  StagePlan,
  TicketState,
} from './states.js';
