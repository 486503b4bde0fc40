import { formatInstant } from '@haoban/domain';
import { FAMILY_PAGE } from '../identity/authorisation-tell.js';
import type { PrincipalAccount } from '../identity/authorisations.service.js';
import type { Tell } from '../outbox/topics.js';
import { visitWords } from './booking-act-tell.js';
import type { BookingEntity } from './booking.entity.js';
import type { BookingNames } from './booking.mapper.js';

type Known = Pick<BookingNames, 'itemName' | 'hallName' | 'place'>;

/**
 * What an agent's message becomes for the one whose matter it is: the same fields, words of its own with the agent's masked name, and a page
 * that this person can open, for the booking is on the agent's phone only.
 */
export function forPrincipal(
  agents: Tell,
  to: PrincipalAccount,
  text: { title: string; body: string },
): Tell {
  return {
    ...agents,
    ...text,
    citizenId: to.citizenId,
    dedupeKey: `${agents.dedupeKey}:principal`,
    page: FAMILY_PAGE,
  };
}

/** @param agents what the agent is told, here and below */
export function principalBookedTell(
  agents: Tell,
  to: PrincipalAccount,
  booking: BookingEntity,
  names: Known,
): Tell {
  return forPrincipal(agents, to, {
    title: '有人替您预约了',
    body: `${to.agentName}替您预约了 ${formatInstant(booking.startAt)} ${visitWords(booking.kind, names)}“${names.itemName}”，预约码 ${booking.code}。要改时间或取消，请告诉${to.agentName}。如果不是您的意思，可以点开这条消息结束授权。`,
  });
}

/** @param why of the hall, where it was not the agent who cancelled */
export function principalCancelledTell(
  agents: Tell,
  to: PrincipalAccount,
  { startAt }: Pick<BookingEntity, 'startAt'>,
  { itemName, hallName }: Pick<Known, 'itemName' | 'hallName'>,
  why: string | null,
): Tell {
  const what = `${formatInstant(startAt)} 在${hallName}办理“${itemName}”的预约`;
  return forPrincipal(agents, to, {
    title: '替您约的预约已取消',
    body:
      why === null
        ? `${to.agentName}取消了替您约的 ${what}，请不要再按这个时间去。还需要办理的，请您自己重新预约，或请${to.agentName}再约。`
        : `${to.agentName}替您约的 ${what}已由大厅取消，原因：${why}。这次取消不计入您的记录，还需要办理的，请重新预约。`,
  });
}

export function principalMovedTell(
  agents: Tell,
  to: PrincipalAccount,
  booking: BookingEntity,
  names: Known,
  { from, reason }: { from: Date; reason: string | null },
): Tell {
  const mover = reason === null ? to.agentName : '大厅';
  const why = reason === null ? '' : `原因：${reason}。`;
  const data = { ...agents.data, thing5: reason ?? '代办人申请了改期' };
  return forPrincipal({ ...agents, data }, to, {
    title: '替您约的预约已改期',
    body: `${to.agentName}替您约的 ${formatInstant(from)} 办理“${names.itemName}”的预约，已由${mover}改到 ${formatInstant(booking.startAt)} ${visitWords(booking.kind, names)}，预约码 ${booking.code}。${why}新时间不方便的，请告诉${to.agentName}。`,
  });
}
