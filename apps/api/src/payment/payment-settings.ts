/** While an order is open we ask WeChat Pay ourselves, since a notice may never come: after 30 s, 1, 3, 10 minutes, and so on. */
const POLL_AFTER_MS = [30_000, 60_000, 180_000];
const POLL_LATER_MS = 600_000;
/** So that the last question comes after the expiry and not a moment before it. */
const EXPIRY_MARGIN_MS = 2_000;

/** How long after `now` the poll of this step is due, at the latest just after the expiry. */
export function pollDelayMs(step: number, expiresAt: Date, now: Date): number {
  const untilExpiry = expiresAt.getTime() - now.getTime() + EXPIRY_MARGIN_MS;
  return Math.max(1, Math.min(POLL_AFTER_MS[step] ?? POLL_LATER_MS, untilExpiry));
}

/** An order that is still open so long after its expiry lost its poll: the sweep takes it. */
export const SWEEP_AFTER_MS = 120_000;
/** A refund is asked after when no notice came for so long. */
export const CHASE_AFTER_MS = 600_000;
/** The bill of a day is ready after ten the next morning. */
export const BILL_READY_MINUTE = 10 * 60;
/** Bills that were missed, while we or WeChat Pay were away, are caught up for so many days. */
export const BILL_DAYS_BACK = 3;
