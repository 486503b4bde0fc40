import {
  appealUntil,
  formatClock,
  formatDay,
  formatInstant,
  minutesOfDay,
  type LocalDay,
  type VisitKind,
} from '@haoban/domain';
import type { PrincipalAccount } from '../identity/authorisations.service.js';
import type { Tell } from '../outbox/topics.js';
import type { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';
import { forPrincipal } from './principal-tell.js';

type Known = Pick<BookingNames, 'itemName' | 'hallName' | 'forName'>;

/** Where it can be appealed: the standing of the one whom it counts against, which an agent sees by the authorisation. */
function standingPage({ id, hallId, authorisationId }: BookingEntity, agents: boolean): string {
  const whose = agents && authorisationId ? `&for=${authorisationId}` : '';
  return `pages/booking/standing/index?hallId=${hallId}&bookingId=${id}${whose}`;
}

/**
 * That a booking counts as missed, until when that can be appealed, and what it brings: no name and no ID number of the person.
 * @param suspended the first day on which one may book again, where this no-show suspends
 */
export function missedTell(
  booking: BookingEntity,
  citizenId: string,
  names: Known,
  suspended: LocalDay | undefined,
) {
  const { id, day, startAt, kind } = booking;
  const whose = names.forName === null ? '您' : '委托人';
  return {
    template: 'booking_closed',
    citizenId,
    dedupeKey: `booking_missed:${id}`,
    title: titleOf(suspended),
    body: `您 ${formatInstant(startAt)} 在${names.hallName}办理“${names.itemName}”的预约，${whatHappened(kind)}，已记为${whose}的一次爽约。${whatFollows(day, whose, suspended)}`,
    page: standingPage(booking, true),
    data: {
      thing1: names.itemName,
      time2: `${day} ${formatClock(minutesOfDay(startAt))}`,
      thing3: names.hallName,
      thing4: `记为爽约，最晚${dateOf(appealUntil(day))}申诉`,
    },
  } satisfies Tell;
}

/** The same for the one whose matter it is: it is this person whom it counts against. */
export function principalMissedTell(
  agents: Tell,
  to: PrincipalAccount,
  booking: BookingEntity,
  names: Known,
  suspended: LocalDay | undefined,
): Tell {
  const { day, startAt, kind } = booking;
  const what = `${formatInstant(startAt)} 在${names.hallName}办理“${names.itemName}”的预约`;
  return {
    ...forPrincipal(agents, to, {
      title: titleOf(suspended),
      body: `${to.agentName}替您约的 ${what}，${whatHappened(kind)}，已记为您的一次爽约。${whatFollows(day, '您', suspended)}`,
    }),
    page: standingPage(booking, false),
  };
}

/** Nobody could come: the hall turned out to be shut at the booked time. */
export function shutTell(booking: BookingEntity, citizenId: string, names: Known, reason: string) {
  const { id, day, startAt, code } = booking;
  return {
    template: 'booking_cancelled',
    citizenId,
    dedupeKey: `booking_cancelled:${id}`,
    title: '预约已代您取消',
    body: `很抱歉，您 ${formatInstant(startAt)} 在${names.hallName}办理“${names.itemName}”的预约没有办成，原因：${reason}。已代您取消，不算爽约，需要办理请重新选择时间。`,
    page: `pages/booking/detail/index?id=${id}`,
    data: {
      thing1: names.itemName,
      time2: `${day} ${formatClock(minutesOfDay(startAt))}`,
      thing3: names.hallName,
      character_string4: code,
    },
  } satisfies Tell;
}

function titleOf(suspended: LocalDay | undefined): string {
  return suspended === undefined ? '预约未到，记为爽约' : '预约未到，网上预约暂停';
}

function whatHappened(kind: VisitKind): string {
  switch (kind) {
    case 'phone':
    case 'video':
      return '工作人员没有联系上人';
    case 'home':
      return '工作人员上门时没有人在';
    case 'window':
    case 'after_hours':
    case 'agent':
      return '没有到场签到';
  }
}

function whatFollows(day: LocalDay, whose: string, suspended: LocalDay | undefined): string {
  const pause =
    suspended === undefined
      ? ''
      : `${whose}的网上预约现已暂停，${formatDay(suspended)}起恢复，这期间仍可到大厅现场取号。`;
  return `${pause}有特殊情况的，请点开本消息申诉，最晚 ${formatDay(appealUntil(day))}。`;
}

/** '8月14日' */
function dateOf(day: LocalDay): string {
  return formatDay(day).split(' ')[0] ?? '';
}
