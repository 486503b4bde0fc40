import {
  calendarSlots,
  formatClock,
  instantAt,
  serviceHours,
  weekdayOf,
  wholeDay,
  without,
  type BookingRule,
  type CalendarDay,
  type LocalDay,
  type Opening,
  type Slot,
  type VisitKind,
  type WorkCalendar,
} from '@haoban/domain';
import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '../common/app-error.js';
import {
  CatalogueService,
  hallDayKey,
  type CalendarException,
  type Catalogue,
  type Hall,
  type ServiceQueue,
} from './catalogue.service.js';
import { isAnnounced, publicDay, type PublicDayKind } from './holidays.js';

export interface HallDayPlan {
  readonly day: LocalDay;
  readonly kind: PublicDayKind;
  readonly openings: readonly Opening[];
  /** Why the day differs from the usual one, in Chinese. */
  readonly note: string | null;
}

/** The domain's calendar of one hall; `plan` adds the reason. Read at one moment: ask again for the next use case. */
export interface HallCalendar extends WorkCalendar {
  plan(day: LocalDay): HallDayPlan;
}

/** What an exception says, whether it stands in the database or is only a draft. */
export type ExceptionFacts = Pick<
  CalendarException,
  'id' | 'kind' | 'queueId' | 'day' | 'fromMinute' | 'toMinute' | 'reason' | 'plan'
>;

/** The calendar of one queue: the hall's, and what is special about the queue. */
export interface QueueCalendar {
  readonly queue: ServiceQueue;
  slots(day: LocalDay, rules?: readonly BookingRule[]): Slot[];
  /** Of these rules alone, were the hall open in these hours, without closures and days planned by hand. */
  slotsWithin(day: LocalDay, rules: readonly BookingRule[], periods: readonly Opening[]): Slot[];
  /** When people of this queue are served at desks, or in a visit of this kind: after hours and days planned by hand included. */
  hours(day: LocalDay, kind?: VisitKind): readonly Opening[];
  /** The hall's hours before closures, holidays and 调休 worked in. */
  plan(day: LocalDay): HallDayPlan;
  /** Why the day is shut or unlike others for this queue. */
  note(day: LocalDay): string | null;
  override(day: LocalDay): ExceptionFacts | undefined;
  /** False where the year's holidays are not known yet. */
  announced(day: LocalDay): boolean;
}

const NOT_ANNOUNCED = '节假日安排尚未公布，请以中心公告为准';

/**
 * When halls are open, and which days count for deadlines. A `hall_day` row beats the weekly plan and the holidays, a closure of the
 * whole hall beats that.
 */
@Injectable()
export class CalendarService {
  private readonly logger = new Logger(CalendarService.name);
  private readonly alarmed = new Set<string>();
  /** By catalogue: with the next one everything is worked out anew. */
  private readonly closings = new WeakMap<Catalogue, Map<string, Date | null>>();

  constructor(private readonly catalogue: CatalogueService) {}

  /** Synchronous once it is there. @throws AppError HALL_NOT_FOUND */
  async forHall(hallId: string): Promise<HallCalendar> {
    const catalogue = await this.catalogue.get();
    const hall = hallOf(catalogue, hallId);
    const plan = remember((day) => {
      const base = this.planDay(catalogue, hall, day);
      const exceptions = catalogue.exceptions.get(hallDayKey(hallId, day)) ?? [];
      return withClosures(
        base,
        exceptions.filter(({ queueId }) => queueId === null),
      );
    });
    return {
      plan,
      isWorkday: (day) => isWorkday(plan(day).kind),
      openings: (day) => plan(day).openings,
    };
  }

  /**
   * @param exceptions in place of those in force: of the queue and of its whole hall
   * @throws AppError QUEUE_NOT_FOUND, HALL_NOT_FOUND
   */
  async forQueue(queueId: string, exceptions?: readonly ExceptionFacts[]): Promise<QueueCalendar> {
    const catalogue = await this.catalogue.get();
    const queue = catalogue.queues.get(queueId);
    if (!queue) throw new AppError('QUEUE_NOT_FOUND');
    const hall = hallOf(catalogue, queue.hallId);
    const plan = remember((day) => this.planDay(catalogue, hall, day));
    const of = (day: LocalDay) =>
      (
        exceptions?.filter((each) => each.day === day) ??
        catalogue.exceptions.get(hallDayKey(hall.id, day)) ??
        []
      ).filter((each) => each.queueId === null || each.queueId === queueId);
    const facts = (day: LocalDay): CalendarDay => {
      const { openings, kind } = plan(day);
      const override = overrideOf(of(day));
      return {
        day,
        periods: openings,
        workedWeekend: kind === 'worked_weekend',
        closures: closuresOf(of(day)),
        override: override ? { id: override.id, plan: override.plan ?? [] } : null,
      };
    };
    return {
      queue,
      plan,
      override: (day) => overrideOf(of(day)),
      slots: (day, rules = queue.bookingRules) => calendarSlots(rules, facts(day)),
      slotsWithin: (day, rules, periods) =>
        calendarSlots(rules, { ...facts(day), periods, closures: [], override: null }),
      announced: (day) => isAnnounced(day.slice(0, 4)),
      hours: (day, kind) => serviceHours(queue.bookingRules, facts(day), kind),
      note: (day) => {
        const override = overrideOf(of(day));
        const base = override ? { ...plan(day), note: override.reason } : plan(day);
        return withClosures(base, of(day)).note;
      },
    };
  }

  /**
   * Minutes after local midnight, ascending; empty where the hall, or this queue of it, is shut.
   * @throws AppError HALL_NOT_FOUND
   */
  async openPeriods(hallId: string, day: LocalDay, queueId?: string): Promise<readonly Opening[]> {
    const { queues } = await this.catalogue.get();
    if (queueId !== undefined && queues.has(queueId)) return (await this.forQueue(queueId)).hours(day);
    return (await this.forHall(hallId)).openings(day);
  }

  /** When the business of that day ends, of the hall or of this queue; null where it is shut all day or no longer known. */
  async closesAt(hallId: string, day: LocalDay, queueId?: string): Promise<Date | null> {
    const catalogue = await this.catalogue.get();
    // Every booking that is shown asks for it.
    const known = this.closings.get(catalogue) ?? new Map<string, Date | null>();
    this.closings.set(catalogue, known);
    const key = `${hallId} ${day} ${queueId ?? ''}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const { halls } = catalogue;
    const last = halls.has(hallId) ? (await this.openPeriods(hallId, day, queueId)).at(-1) : undefined;
    const closesAt = last ? instantAt(day, last.to) : null;
    known.set(key, closesAt);
    return closesAt;
  }

  /** Whether visits of this kind are served at this minute; never at a hall that is no longer known. */
  async serves(
    hallId: string,
    visit: { queueId: string; kind: VisitKind; day: LocalDay; minute: number },
  ): Promise<boolean> {
    const { queueId, kind, day, minute } = visit;
    const { halls, queues } = await this.catalogue.get();
    if (!halls.has(hallId)) return false;
    const hours = queues.has(queueId)
      ? (await this.forQueue(queueId)).hours(day, kind)
      : (await this.forHall(hallId)).openings(day);
    return hours.some(({ from, to }) => from <= minute && minute < to);
  }

  private planDay(catalogue: Catalogue, hall: Hall, day: LocalDay): HallDayPlan {
    const { kind, festival, announced } = publicDay(day);
    const exception = catalogue.hallDays.get(hallDayKey(hall.id, day));
    if (exception) return { day, kind, openings: exception.periods, note: exception.note };
    if (!announced) this.alarm(day.slice(0, 4));
    switch (kind) {
      case 'holiday':
        return { day, kind, openings: [], note: `${festival ?? '法定节假日'}放假` };
      case 'worked_weekend':
        // A weekend that is worked in exchange for a holiday has the hours of a weekday.
        return { day, kind, openings: hall.week[0] ?? [], note: `${festival ?? '节假日'}调休，正常上班` };
      case 'weekend': {
        // Some weekends of a year are moved; as long as nobody has said which, none is promised.
        const openings = announced ? (hall.week[weekdayOf(day) - 1] ?? []) : [];
        return { day, kind, openings, note: weekendNote(openings, announced) };
      }
      case 'workday':
        return {
          day,
          kind,
          openings: hall.week[weekdayOf(day) - 1] ?? [],
          note: announced ? null : NOT_ANNOUNCED,
        };
    }
  }

  /** Once per year and process: someone has to update the package or write `hall_day` rows. */
  private alarm(year: string): void {
    if (this.alarmed.has(year)) return;
    this.alarmed.add(year);
    this.logger.error({
      year,
      alarm: 'holidays-unknown',
      msg: 'No holiday notice for this year: halls open on weekdays only and deadlines ignore moved days',
    });
  }
}

function hallOf(catalogue: Catalogue, hallId: string): Hall {
  const hall = catalogue.halls.get(hallId);
  if (!hall) throw new AppError('HALL_NOT_FOUND');
  return hall;
}

function remember(planOf: (day: LocalDay) => HallDayPlan): (day: LocalDay) => HallDayPlan {
  const days = new Map<LocalDay, HallDayPlan>();
  return (day) => {
    const known = days.get(day) ?? planOf(day);
    days.set(day, known);
    return known;
  };
}

/** The newest, where there are several. */
function overrideOf(exceptions: readonly ExceptionFacts[]): ExceptionFacts | undefined {
  return exceptions.filter(({ kind }) => kind === 'override').at(-1);
}

function closuresOf(exceptions: readonly ExceptionFacts[]): Opening[] {
  return exceptions
    .filter(({ kind }) => kind === 'closure')
    .map(({ fromMinute, toMinute }) => ({ from: fromMinute ?? wholeDay.from, to: toMinute ?? wholeDay.to }));
}

/** Without the closed times, and with what they say. */
function withClosures(plan: HallDayPlan, exceptions: readonly ExceptionFacts[]): HallDayPlan {
  const closures = exceptions.filter(({ kind }) => kind === 'closure');
  if (closures.length === 0) return plan;
  const note = closures.map(closureNote).join('；');
  return { ...plan, openings: without(plan.openings, closuresOf(closures)), note };
}

function closureNote({ fromMinute, toMinute, reason }: ExceptionFacts): string {
  const whole = fromMinute === null || toMinute === null;
  const when = whole ? '' : `${formatClock(fromMinute)}–${formatClock(toMinute)} `;
  return `${when}停办：${reason}`;
}

function isWorkday(kind: PublicDayKind): boolean {
  return kind === 'workday' || kind === 'worked_weekend';
}

function weekendNote(openings: readonly Opening[], announced: boolean): string {
  if (!announced) return NOT_ANNOUNCED;
  return openings.length > 0 ? '周末服务' : '周末不对外服务';
}
