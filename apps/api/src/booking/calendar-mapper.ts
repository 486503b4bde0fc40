import {
  formatClock,
  parseClock,
  type BookingRule,
  type BookingSettings,
  type CalendarFault,
  type CalendarStretch,
} from '@haoban/domain';
import type {
  CalendarRule as WireRule,
  CalendarStretch as WireStretch,
  PolicySettings as WireSettings,
} from '@haoban/contracts';
import { AppError } from '../common/app-error.js';
import type { FieldProblem } from '../common/validation.js';

/** On the wire times are text and what is absent is null; in the domain they are minutes, and absent. */
export function toStretch(wire: WireStretch): CalendarStretch {
  const { kind, slotMinutes, desksPublic, desksGreen, desksInternal, classPlaces } = wire;
  return {
    kind,
    from: parseClock(wire.from),
    to: parseClock(wire.to),
    slotMinutes,
    desksPublic,
    desksGreen,
    desksInternal,
    ...(classPlaces && Object.keys(classPlaces).length > 0 && { classPlaces }),
  };
}

export function fromStretch(stretch: CalendarStretch): WireStretch {
  const { kind = 'window', slotMinutes, desksPublic, desksGreen = 0, desksInternal, classPlaces } = stretch;
  return {
    kind,
    from: formatClock(stretch.from),
    to: formatClock(stretch.to),
    slotMinutes,
    desksPublic,
    desksGreen,
    desksInternal,
    classPlaces: classPlaces ? { ...classPlaces } : null,
  };
}

export function toRule(wire: WireRule): BookingRule {
  const { id, name, weekdays, everyWeeks, weekOfMonth, firstDay, lastDay, noticeMinutes } = wire;
  return {
    ...toStretch(wire),
    ...(id !== undefined && { id }),
    ...(name !== '' && { name }),
    weekdays: [...weekdays].sort((a, b) => a - b),
    ...(everyWeeks > 1 && { everyWeeks }),
    ...(weekOfMonth !== null && { weekOfMonth }),
    ...(firstDay !== null && { firstDay }),
    ...(lastDay !== null && { lastDay }),
    windowFromDays: wire.windowFromDays,
    windowToDays: wire.windowToDays,
    ...(noticeMinutes !== null && { noticeMinutes }),
  };
}

export function fromRule(rule: BookingRule, index: number): WireRule {
  return {
    id: rule.id ?? String(index),
    name: rule.name ?? '',
    ...fromStretch(rule),
    weekdays: [...rule.weekdays],
    everyWeeks: rule.everyWeeks ?? 1,
    weekOfMonth: rule.weekOfMonth ?? null,
    firstDay: rule.firstDay ?? null,
    lastDay: rule.lastDay ?? null,
    windowFromDays: rule.windowFromDays,
    windowToDays: rule.windowToDays,
    noticeMinutes: rule.noticeMinutes ?? null,
  };
}

export function toSettings({ cancelBy, noShow, ...settings }: WireSettings): BookingSettings {
  const { calendarMonth, ...counted } = noShow;
  return {
    ...settings,
    noShow: { ...counted, ...(calendarMonth && { calendarMonth }) },
    ...(cancelBy && { cancelBy: { daysBefore: cancelBy.daysBefore, minute: parseClock(cancelBy.at) } }),
  };
}

export function fromSettings({ cancelBy, noShow, ...settings }: BookingSettings): WireSettings {
  return {
    ...settings,
    checkIn: { ...settings.checkIn },
    reopen: { ...settings.reopen },
    drip: { ...settings.drip },
    noShow: { ...noShow, calendarMonth: noShow.calendarMonth ?? false },
    cancelBy: cancelBy ? { daysBefore: cancelBy.daysBefore, at: formatClock(cancelBy.minute) } : null,
  };
}

/** @throws AppError CALENDAR_INVALID, with the same details as VALIDATION_FAILED has */
export function refuseFaults(faults: readonly CalendarFault[], list: 'rules' | 'plan'): void {
  if (faults.length === 0) return;
  const details: FieldProblem[] = faults.map(({ rule, field, text }) => ({
    path: `${list}.${rule}.${field}`,
    message: text,
  }));
  throw new AppError('CALENDAR_INVALID', details);
}
