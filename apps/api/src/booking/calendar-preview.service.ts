import {
  addDays,
  compareSlots,
  dayOf,
  formatClock,
  formatDay,
  idleRules,
  instantAt,
  overlappingRules,
  ruleFaults,
  ruleInWords,
  stretchFaults,
  wholeDay,
  type BookingRule,
  type LocalDay,
  type Slot,
  type SlotChange,
} from '@haoban/domain';
import type {
  CalendarRule as WireRule,
  CalendarStretch as WireStretch,
  CalendarWarning,
  PreviewDay,
} from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import type { StaffActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { CalendarService, type ExceptionFacts, type QueueCalendar } from '../guide/calendar.service.js';
import { GuideService } from '../guide/guide.service.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import { CalendarAffected, type Draft, type Hit } from './calendar-affected.service.js';
import { checkSpan, draftClosure, draftOverride, type SpanDraft } from './calendar-drafts.js';
import { refuseFaults, toRule, toStretch } from './calendar-mapper.js';
import { daysInRange, requireAhead, requireOwn } from './calendar-scope.js';
import { keyOf } from './slot-plan.js';
import { SlotEntity } from './slot.entity.js';

interface PreviewInput {
  readonly queueId: string;
  readonly rules?: readonly WireRule[] | undefined;
  readonly closures: readonly (SpanDraft & { readonly queueId: string | null; readonly day: LocalDay })[];
  readonly overrides: readonly { readonly day: LocalDay; readonly plan: readonly WireStretch[] }[];
  readonly without: readonly string[];
  readonly from: LocalDay;
  readonly to: LocalDay;
}

interface DayDraft {
  readonly day: LocalDay;
  readonly changes: readonly (SlotChange & { readonly row: SlotEntity | undefined })[];
}

const takenIn = (row: SlotEntity | undefined): number =>
  row ? row.taken + row.greenTaken + row.internalTaken : 0;

/** What a calendar would be like: nothing is written. */
@Injectable()
export class CalendarPreview {
  constructor(
    @InjectRepository(SlotEntity) private readonly slots: Repository<SlotEntity>,
    private readonly guide: GuideService,
    private readonly calendars: CalendarService,
    private readonly queues: QueueCalendarService,
    private readonly affected: CalendarAffected,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError QUEUE_NOT_FOUND, FORBIDDEN, CALENDAR_INVALID, CALENDAR_RANGE_TOO_LONG, CALENDAR_DAY_PAST */
  async preview(actor: StaffActor, input: PreviewInput) {
    const queue = await this.guide.getQueue(input.queueId);
    requireOwn(actor, queue);
    const days = daysInRange(input.from, input.to);
    const exceptions = await this.exceptions(input, queue.hallId);
    const now = await this.calendars.forQueue(queue.id);
    const rules = input.rules?.map(toRule);
    if (rules) refuseFaults(ruleFaults(rules), 'rules');
    const draft: Draft = { calendar: await this.calendars.forQueue(queue.id, exceptions), rules };
    const drafts = await this.dayDrafts(now, draft, days);
    const hits = await this.hits(input, now, draft, exceptions);
    const count = (slots: readonly Slot[]) => ({
      slots: slots.length,
      places: slots.reduce((sum, { places }) => sum + places.internal, 0),
    });
    return {
      days: drafts.map((each) => toPreviewDay(each, draft)),
      warnings: warningsOf(drafts, draft, rules ?? queue.bookingRules),
      now: count(days.flatMap((day) => now.slots(day))),
      then: count(days.flatMap((day) => draft.calendar.slots(day, rules))),
      ...(await this.affected.show(hits)),
    };
  }

  /** Those in force with the draft's, and without those that would be removed. */
  private async exceptions(input: PreviewInput, hallId: string): Promise<ExceptionFacts[]> {
    const { closures, overrides, without } = input;
    requireAhead(
      [...closures, ...overrides].map(({ day }) => day),
      this.clock.now(),
    );
    closures.forEach((closure) => checkSpan(closure));
    const today = dayOf(this.clock.now());
    const inForce = await this.queues.exceptionsOf(hallId, input.from < today ? input.from : today);
    return [
      ...inForce.filter(({ id }) => !without.includes(id)),
      ...closures.map((closure) => draftClosure(closure)),
      ...overrides.map(({ day, plan }) => {
        const stretches = plan.map(toStretch);
        refuseFaults(stretchFaults(stretches), 'plan');
        return draftOverride(input.queueId, day, stretches);
      }),
    ];
  }

  private async dayDrafts(now: QueueCalendar, draft: Draft, days: readonly LocalDay[]): Promise<DayDraft[]> {
    const rows = await this.slots.findBy({ queueId: now.queue.id, day: In([...days]) });
    const byKey = new Map(rows.map((row) => [keyOf(row.startAt, row.kind), row]));
    const rowOf = (day: LocalDay, slot: Slot) =>
      byKey.get(keyOf(instantAt(day, slot.startMinute), slot.kind));
    return days.map((day) => ({
      day,
      changes: compareSlots(now.slots(day), draft.calendar.slots(day, draft.rules)).map((each) => ({
        ...each,
        row: rowOf(day, each.slot),
      })),
    }));
  }

  /** A draft closure of the hall reaches its other queues, too. */
  private async hits(
    input: PreviewInput,
    now: QueueCalendar,
    draft: Draft,
    exceptions: readonly ExceptionFacts[],
  ): Promise<Hit[]> {
    const own = await this.affected.hitBy(now, draft);
    const hallDays = input.closures.filter(({ queueId }) => queueId === null).map(({ day }) => day);
    if (hallDays.length === 0) return own;
    const queues = await this.guide.queuesOfHall(now.queue.hallId);
    const others = await Promise.all(
      queues
        .filter(({ id }) => id !== now.queue.id)
        .map(async ({ id }) => {
          const calendar = await this.calendars.forQueue(id, exceptions);
          return this.affected.hitBy(await this.calendars.forQueue(id), { calendar }, hallDays);
        }),
    );
    return [...own, ...others.flat()].sort(
      (a, b) => a.booking.startAt.getTime() - b.booking.startAt.getTime(),
    );
  }
}

function toPreviewDay({ day, changes }: DayDraft, { calendar }: Draft): PreviewDay {
  const { kind, openings } = calendar.plan(day);
  const stay = changes.filter(({ change }) => change !== 'gone');
  const idle = openings.length > 0 ? '没有规则在这一天放号' : '当日不对外服务';
  return {
    day,
    kind,
    note: calendar.note(day) ?? (stay.length === 0 ? idle : null),
    byHand: calendar.override(day) !== undefined,
    slots: changes.map(({ slot, change, row }) => ({
      start: formatClock(slot.startMinute),
      end: formatClock(slot.endMinute),
      kind: slot.kind ?? 'window',
      public: slot.places.public,
      green: slot.places.green ?? 0,
      internal: slot.places.internal,
      classPlaces: slot.places.perClass ? { ...slot.places.perClass } : null,
      taken: takenIn(row),
      change,
    })),
  };
}

/** Shown before saving; none of them forbids it. */
function warningsOf(
  drafts: readonly DayDraft[],
  { calendar }: Draft,
  rules: readonly BookingRule[],
): CalendarWarning[] {
  const days = drafts.map(({ day }) => day);
  const nameOf = (index: number) => {
    const rule = rules[index];
    return rule ? `“${rule.name ?? `规则 ${index + 1}`}”` : '';
  };
  const overlaps = overlappingRules(rules, days).map(({ rules: pair, days: both }): CalendarWarning => {
    const names = pair.map(nameOf).join('和');
    return {
      code: 'overlap',
      text: `${names}在${daysInWords(both)}的时间重叠，重叠的部分只按开始早的一条放号，请检查。`,
      rules: [...pair],
      days: both,
    };
  });
  const idle = idleRules(rules, days).map((index): CalendarWarning => ({
    code: 'no_slots',
    text: `${nameOf(index)}在所看的日期里没有一天适用：${ruleText(rules, index)}。`,
    rules: [index],
    days: [],
  }));
  const unknown = days.filter((day) => !calendar.announced(day));
  return [
    ...overlaps,
    ...belowTaken(drafts),
    ...slotsGone(drafts),
    ...outsideHours(calendar, rules, days, nameOf),
    ...idle,
    ...(unknown.length > 0
      ? [
          {
            code: 'not_announced' as const,
            text: `${daysInWords(unknown)}的节假日安排尚未公布，公布后请再检查一次。`,
            rules: [],
            days: unknown,
          },
        ]
      : []),
  ];
}

function belowTaken(drafts: readonly DayDraft[]): CalendarWarning[] {
  const short = drafts.flatMap(({ day, changes }) =>
    changes
      .filter(({ change, row }) => change !== 'gone' && row !== undefined)
      .filter(
        ({ slot, row }) => (row?.taken ?? 0) > slot.places.public || takenIn(row) > slot.places.internal,
      )
      .map(() => day),
  );
  if (short.length === 0) return [];
  const days = [...new Set(short)];
  const text = `${daysInWords(days)}有 ${short.length} 个时段的名额少于已约人数，已约的人不受影响，不再放新号。`;
  return [{ code: 'below_taken', text, rules: [], days }];
}

function slotsGone(drafts: readonly DayDraft[]): CalendarWarning[] {
  const gone = drafts.flatMap(({ day, changes }) =>
    changes
      .filter(({ change, row }) => change === 'gone' && takenIn(row) > 0)
      .map(({ row }) => ({ day, taken: takenIn(row) })),
  );
  if (gone.length === 0) return [];
  const days = [...new Set(gone.map(({ day }) => day))];
  const people = gone.reduce((sum, { taken }) => sum + taken, 0);
  const text = `${daysInWords(days)}有 ${gone.length} 个时段会取消，里面已约出 ${people} 个名额，受影响的预约见下方名单。`;
  return [{ code: 'slots_gone', text, rules: [], days }];
}

/** Rules a part of which lies in hours in which the hall is shut. */
function outsideHours(
  calendar: QueueCalendar,
  rules: readonly BookingRule[],
  days: readonly LocalDay[],
  nameOf: (index: number) => string,
): CalendarWarning[] {
  const open = days.filter((day) => calendar.plan(day).openings.length > 0);
  return rules.flatMap((rule, index): CalendarWarning[] => {
    if (rule.kind === 'after_hours') return [];
    const clipped = open.filter((day) => {
      const { openings } = calendar.plan(day);
      const around = calendar.slotsWithin(day, [rule], [wholeDay]).length;
      return calendar.slotsWithin(day, [rule], openings).length < around;
    });
    if (clipped.length === 0) return [];
    const text = `${nameOf(index)}有一部分在大厅开放时间之外，这部分不放号；要在下班后服务，请把方式选为“延时”。`;
    return [{ code: 'outside_hours', text, rules: [index], days: clipped }];
  });
}

function ruleText(rules: readonly BookingRule[], index: number): string {
  const rule = rules[index];
  return rule ? ruleInWords(rule) : '';
}

function daysInWords(days: readonly LocalDay[]): string {
  const [first, ...more] = days;
  if (first === undefined) return '';
  const inRow = more.every((day, index) => day === addDays(first, index + 1));
  if (more.length === 0) return `${formatDay(first)} `;
  const last = more.at(-1) ?? first;
  return inRow ? `${formatDay(first)}至 ${formatDay(last)} ` : `${formatDay(first)}等 ${days.length} 天`;
}
