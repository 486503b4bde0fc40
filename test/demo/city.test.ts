import { describe, expect, it } from '@jest/globals';
import { demoCity, demoPassword } from '../../apps/api/src/db/demo/index.js';
import { hasValidCreditCode, hasValidIdNumber, hasValidOrganisationCode } from './check-codes.js';

const { halls, departments, queues, desks, staff, residents, items } = demoCity;
const hallCodes = halls.map((hall) => hall.code);
const queueCodes = queues.map((queue) => queue.code);
const distinct = (values: readonly unknown[]) => new Set(values).size === values.length;
/** Advice by telephone and visits at home need no desk and no ticket. */
const atDesk = ({ kind }: { kind: string }) => kind === 'window' || kind === 'after_hours';
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('the halls', () => {
  it('are the residents’ hall, open seven days, and the companies’ hall, open five', () => {
    expect(halls.map(({ code, serves }) => [code, serves])).toEqual([
      ['RC-SM', 'residents'],
      ['RC-XZ', 'companies'],
    ]);
    const daysOf = (code: string) =>
      new Set(halls.find((hall) => hall.code === code)?.opening.flatMap((period) => period.weekdays)).size;
    expect(daysOf('RC-SM')).toBe(7);
    expect(daysOf('RC-XZ')).toBe(5);
  });

  it('have opening periods that are well formed and do not overlap on a weekday', () => {
    for (const hall of halls) {
      for (const weekday of [1, 2, 3, 4, 5, 6, 7] as const) {
        const periods = hall.opening.filter((period) => period.weekdays.includes(weekday));
        const times = periods.flatMap(({ from, to }) => [minuteOf(from), minuteOf(to)]);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(distinct(times)).toBe(true);
      }
    }
  });

  it('lie within China and tell how to get there and what is on the spot', () => {
    for (const hall of halls) {
      expect(hall.latitude).toBeGreaterThan(18);
      expect(hall.latitude).toBeLessThan(54);
      expect(hall.longitude).toBeGreaterThan(73);
      expect(hall.longitude).toBeLessThan(136);
      expect(hall.address.startsWith(demoCity.province)).toBe(true);
      expect(hall.transport).not.toBe('');
      for (const word of ['无障碍', '母婴室', '24 小时']) expect(hall.facilities.join('；')).toContain(word);
    }
    const notices = halls.flatMap((hall) => hall.notices);
    expect(notices.length).toBeGreaterThanOrEqual(3);
    expect(notices.length).toBeLessThanOrEqual(5);
  });
});

describe('the departments', () => {
  it('are at least twelve, each with a valid code of its own and at least one item', () => {
    expect(departments.length).toBeGreaterThanOrEqual(12);
    expect(distinct(departments.map((department) => department.code))).toBe(true);
    expect(distinct(departments.map((department) => department.uscc))).toBe(true);
    for (const department of departments) {
      expect([department.name, hasValidCreditCode(department.uscc)]).toEqual([department.name, true]);
      expect([department.name, hasValidOrganisationCode(department.uscc)]).toEqual([department.name, true]);
      expect(items.some((item) => item.department === department.code)).toBe(true);
    }
  });
});

describe('the queues', () => {
  it('are at least five at each hall, with prefixes that are unique in the city', () => {
    for (const hall of hallCodes) {
      expect(queues.filter((queue) => queue.hall === hall).length).toBeGreaterThanOrEqual(5);
    }
    expect(distinct(queueCodes)).toBe(true);
    expect(distinct(queues.map((queue) => queue.prefix))).toBe(true);
    for (const queue of queues) {
      expect(hallCodes).toContain(queue.hall);
      // I and O are read as 1 and 0.
      expect(queue.prefix).toMatch(/^[A-HJ-NP-Z]$/);
      expect(queue.dailyCap).toBeLessThanOrEqual(queue.lastNumber - queue.firstNumber + 1);
    }
  });

  it('are each served by a desk and wanted by an item', () => {
    for (const code of queueCodes) {
      expect([code, desks.some((desk) => desk.queues.includes(code))]).toEqual([code, true]);
      expect([code, items.some((item) => item.queues.includes(code))]).toEqual([code, true]);
    }
  });

  it('can be booked only while the hall is open, but for what is after hours by its name', () => {
    for (const queue of queues) {
      const opening = halls.find((hall) => hall.code === queue.hall)?.opening ?? [];
      expect(queue.booking.length).toBeGreaterThan(0);
      for (const rule of queue.booking.filter(({ kind }) => kind !== 'after_hours')) {
        for (const weekday of rule.weekdays) {
          const within = opening.some(
            (period) =>
              period.weekdays.includes(weekday) &&
              minuteOf(period.from) <= minuteOf(rule.from) &&
              minuteOf(rule.to) <= minuteOf(period.to),
          );
          expect([queue.code, weekday, within]).toEqual([queue.code, weekday, true]);
        }
        expect(minuteOf(rule.to) - minuteOf(rule.from)).toBeGreaterThanOrEqual(rule.slotMinutes);
        expect(rule.bookFromDays).toBeLessThan(rule.bookToDays);
      }
    }
  });

  it('promise no more places at a time than there are desks, and the public ones are part of all', () => {
    for (const queue of queues) {
      const able = desks.filter(
        (desk) => desk.hall === queue.hall && desk.queues.includes(queue.code),
      ).length;
      for (const rule of queue.booking) {
        expect(rule.desksPublic).toBeGreaterThanOrEqual(1);
        expect(rule.desksInternal).toBeGreaterThanOrEqual(rule.desksPublic + rule.desksGreen);
        if (atDesk(rule)) expect([queue.code, rule.desksInternal <= able]).toEqual([queue.code, true]);
      }
    }
  });
});

describe('the kinds of service', () => {
  const kindsAt = (hall: string) =>
    new Set(
      queues.filter((queue) => queue.hall === hall).flatMap(({ booking }) => booking.map(({ kind }) => kind)),
    );

  it('are all to be met: at the window, by phone and video, at home, after hours, by an agent', () => {
    expect([...kindsAt('RC-SM')].sort()).toEqual(['after_hours', 'home', 'phone', 'video', 'window']);
    expect([...kindsAt('RC-XZ')].sort()).toEqual(['agent', 'phone', 'video', 'window']);
  });

  it('of an item at a hall are only such as its queue there offers, and each that a queue offers is wanted', () => {
    for (const { slug, places } of items) {
      for (const { kinds, queue: code } of places) {
        const offered = queues.find((queue) => queue.code === code)?.booking.map(({ kind }) => kind) ?? [];
        const more = (kinds ?? []).filter((kind) => kind !== 'window' && kind !== 'after_hours');
        expect([slug, more.filter((kind) => !offered.includes(kind))]).toEqual([slug, []]);
      }
    }
    for (const { code, booking } of queues) {
      const wanted = items.flatMap(({ places }) => places.filter(({ queue }) => queue === code));
      for (const { kind } of booking.filter((rule) => !atDesk(rule))) {
        expect([code, kind, wanted.some(({ kinds }) => kinds?.includes(kind))]).toEqual([code, kind, true]);
      }
    }
  });

  it('leave the green channel a place at the busy queues, and let some items be done in either hall', () => {
    const green = queues.filter(({ booking }) => booking.some(({ desksGreen }) => desksGreen > 0));
    expect(green.map(({ code }) => code)).toEqual(['SM-A', 'SM-B', 'SM-C', 'SM-F']);
    const anywhere = items.filter(({ places, bookable }) => bookable && places.length > 1);
    expect(anywhere.length).toBeGreaterThanOrEqual(3);
  });

  it('never ask for more at once than a long visit may have', () => {
    for (const { booking } of queues)
      for (const { longPlaces } of booking) expect([1, 2]).toContain(longPlaces);
  });
});

describe('the daily cap', () => {
  it('leaves room for walk-ins beside every place that can be booked', () => {
    for (const queue of queues) {
      for (const weekday of [1, 2, 3, 4, 5, 6, 7] as const) {
        const bookable = queue.booking
          .filter((rule) => atDesk(rule) && rule.weekdays.includes(weekday))
          .reduce((sum, { from, to, slotMinutes, desksInternal }) => {
            return sum + Math.floor((minuteOf(to) - minuteOf(from)) / slotMinutes) * desksInternal;
          }, 0);
        expect([queue.code, bookable < queue.dailyCap]).toEqual([queue.code, true]);
      }
    }
  });
});

describe('the desks', () => {
  it('are twenty and ten, numbered from 1, some of them for several queues', () => {
    const numbersAt = (hall: string) => desks.filter((desk) => desk.hall === hall).map((desk) => desk.number);
    expect(numbersAt('RC-SM')).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(numbersAt('RC-XZ')).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
    expect(desks.filter((desk) => desk.queues.length > 1).length).toBeGreaterThanOrEqual(5);
  });

  it('serve queues of their own hall only and carry their number in the label', () => {
    for (const desk of desks) {
      expect(desk.queues.length).toBeGreaterThan(0);
      expect(distinct(desk.queues)).toBe(true);
      expect(desk.label.startsWith(`${desk.number} 号`)).toBe(true);
      for (const code of desk.queues) {
        expect(queues.find((queue) => queue.code === code)?.hall).toBe(desk.hall);
      }
    }
  });
});

describe('the staff', () => {
  it('fill every role at each hall, with at least four clerks, and one administrator for the city', () => {
    for (const hall of hallCodes) {
      const rolesHere = staff.filter((member) => member.hall === hall).map((member) => member.role);
      expect(rolesHere.filter((role) => role === 'clerk').length).toBeGreaterThanOrEqual(4);
      for (const role of ['courier_desk', 'manager', 'display'] as const) expect(rolesHere).toContain(role);
    }
    expect(staff.filter((member) => member.role === 'admin').map((member) => member.hall)).toEqual([null]);
  });

  it('have user names of their own, and clerks sit at desks that exist, one each', () => {
    expect(distinct(staff.map((member) => member.username))).toBe(true);
    const clerks = staff.filter((member) => member.role === 'clerk');
    expect(distinct(clerks.map((clerk) => `${clerk.hall} ${clerk.deskNumber}`))).toBe(true);
    for (const clerk of clerks) {
      expect(desks.some((desk) => desk.hall === clerk.hall && desk.number === clerk.deskNumber)).toBe(true);
    }
    expect(demoPassword).toBe('Haoban@2026');
  });
});

describe('the residents', () => {
  it('are ten, with valid ID numbers from a region code that nobody has', () => {
    expect(residents).toHaveLength(10);
    for (const field of ['key', 'name', 'idNumber', 'mobile'] as const) {
      expect(distinct(residents.map((resident) => resident[field]))).toBe(true);
    }
    for (const resident of residents) {
      expect([resident.name, hasValidIdNumber(resident.idNumber)]).toEqual([resident.name, true]);
      expect(resident.idNumber).toMatch(/^35990[1-3]/);
      expect(resident.mobile).toMatch(/^154\d{8}$/);
      expect(resident.key).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(resident.address.city).toBe(demoCity.name);
    }
  });

  it('include the people a hall must be able to serve', () => {
    const bornBefore = (year: number) => residents.filter((r) => Number(r.idNumber.slice(6, 10)) < year);
    expect(bornBefore(1956).length).toBeGreaterThanOrEqual(2);
    for (const elder of bornBefore(1956))
      expect([elder.elderMode, elder.priority]).toEqual([true, 'elderly']);
    expect(residents.some((resident) => resident.idNumber.slice(6, 10) === '2006')).toBe(true);
    for (const priority of ['disabled', 'pregnant'] as const) {
      expect(residents.some((resident) => resident.priority === priority)).toBe(true);
    }
    const pregnant = residents.find((resident) => resident.priority === 'pregnant');
    expect(Number(pregnant?.idNumber[16]) % 2).toBe(0);
    const companies = residents.flatMap((resident) => (resident.company ? [resident.company] : []));
    expect(companies).toHaveLength(1);
    for (const company of companies) expect(hasValidCreditCode(company.uscc)).toBe(true);
  });
});

describe('the rating levels', () => {
  it('are the five official ones, each with tags', () => {
    expect(demoCity.ratingLevels.map(({ level, name }) => [level, name])).toEqual([
      [5, '非常满意'],
      [4, '满意'],
      [3, '基本满意'],
      [2, '不满意'],
      [1, '非常不满意'],
    ]);
    for (const { tags } of demoCity.ratingLevels) {
      expect(tags.length).toBeGreaterThanOrEqual(3);
      expect(distinct(tags)).toBe(true);
    }
  });
});
