import { instantAt, weekdayOf, type LocalDay, type Opening, type WorkCalendar } from '@haoban/domain';
import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '../common/app-error.js';
import { CatalogueService, hallDayKey, type Catalogue, type Hall } from './catalogue.service.js';
import { publicDay, type PublicDayKind } from './holidays.js';

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

const NOT_ANNOUNCED = '节假日安排尚未公布，请以中心公告为准';

/** When halls are open, and which days count for deadlines. A `hall_day` row beats the weekly plan and the holidays. */
@Injectable()
export class CalendarService {
  private readonly logger = new Logger(CalendarService.name);
  private readonly alarmed = new Set<string>();

  constructor(private readonly catalogue: CatalogueService) {}

  /** Synchronous once it is there. @throws AppError HALL_NOT_FOUND */
  async forHall(hallId: string): Promise<HallCalendar> {
    const catalogue = await this.catalogue.get();
    const hall = catalogue.halls.get(hallId);
    if (!hall) throw new AppError('HALL_NOT_FOUND');
    const days = new Map<LocalDay, HallDayPlan>();
    const plan = (day: LocalDay): HallDayPlan => {
      const known = days.get(day) ?? this.planDay(catalogue, hall, day);
      days.set(day, known);
      return known;
    };
    return {
      plan,
      isWorkday: (day) => isWorkday(plan(day).kind),
      openings: (day) => plan(day).openings,
    };
  }

  /** Minutes after local midnight, ascending; empty where the hall is shut. @throws AppError HALL_NOT_FOUND */
  async openPeriods(hallId: string, day: LocalDay): Promise<readonly Opening[]> {
    return (await this.forHall(hallId)).openings(day);
  }

  /** When the hall's business of that day ends; null where it is shut all day or no longer known. */
  async closesAt(hallId: string, day: LocalDay): Promise<Date | null> {
    const { halls } = await this.catalogue.get();
    const last = halls.has(hallId) ? (await this.openPeriods(hallId, day)).at(-1) : undefined;
    return last ? instantAt(day, last.to) : null;
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

function isWorkday(kind: PublicDayKind): boolean {
  return kind === 'workday' || kind === 'worked_weekend';
}

function weekendNote(openings: readonly Opening[], announced: boolean): string {
  if (!announced) return NOT_ANNOUNCED;
  return openings.length > 0 ? '周末服务' : '周末不对外服务';
}
