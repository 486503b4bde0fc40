/**
 * The state words and roles. The wire, the database and the screens use exactly these; the tables that say which step may
 * follow which live in `*-state.ts`.
 */

/** 预约: a promised place at a hall on a day. `held`: kept for a few minutes while a form is filled; `expired`: a hold that ended. */
export const bookingStates = ['held', 'confirmed', 'cancelled', 'checked_in', 'no_show', 'expired'] as const;
export type BookingState = (typeof bookingStates)[number];

/** How a person is served: 窗口, 电话, 视频, 上门, 延时 (after hours, at the window), 代办. */
export const visitKinds = ['window', 'phone', 'video', 'home', 'after_hours', 'agent'] as const;
export type VisitKind = (typeof visitKinds)[number];

/** Whose part of the places a booking took: the public's, the green channel's (绿色通道), or the hall's own. */
export const contingents = ['public', 'green', 'internal'] as const;
export type Contingent = (typeof contingents)[number];

/** How a booking was made: on the phone app, at the desk, or by telephone. */
export const bookingChannels = ['app', 'desk', 'call'] as const;
export type BookingChannel = (typeof bookingChannels)[number];

/** 排队号: one person's turn in one queue on one day. */
export const ticketStates = ['waiting', 'called', 'serving', 'done', 'missed', 'left'] as const;
export type TicketState = (typeof ticketStates)[number];

/** 办件: 受理, 审核, 决定, 已决定, 办结, 特别程序, 补正, 不予受理, 撤回. */
export const caseStates = [
  'accepted',
  'reviewing',
  'deciding',
  'decided',
  'closed',
  'suspended',
  'correction',
  'not_accepted',
  'withdrawn',
] as const;
export type CaseState = (typeof caseStates)[number];

/** 办理结果: 准予 or 不予. */
export const caseResults = ['granted', 'refused'] as const;
export type CaseResult = (typeof caseResults)[number];

/** 流程: 一审一核 (1+1), 受理—审核—决定 (2+1), and the same with 技术审查 or 现场察勘 (3+1). */
export const stagePlans = ['1+1', '2+1', '3+1'] as const;
export type StagePlan = (typeof stagePlans)[number];

export const paymentStates = ['unpaid', 'paid', 'closed', 'refunding', 'refunded'] as const;
export type PaymentState = (typeof paymentStates)[number];

export const deliveryStates = [
  'awaiting_payment',
  'paid',
  'ordered',
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'attempt_failed',
  'returning',
  'returned',
  'exception',
  'cancelled',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** 窗口人员, 寄递专员, 大厅经理, 系统管理员, 大屏. */
export const staffRoles = ['clerk', 'courier_desk', 'manager', 'admin', 'display'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Who acts on a record: a member of staff by role, the citizen concerned, or the system (jobs and providers' notices). */
export type ActorRole = StaffRole | 'citizen' | 'system';
