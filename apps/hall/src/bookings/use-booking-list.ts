import type { HallBooking } from '@haoban/contracts';
import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { usePages } from '../common/use-pages.js';

export interface BookingFilter {
  readonly q?: string;
  readonly queueId?: string;
}

export function useBookingList({ q, queueId }: BookingFilter) {
  const pages = usePages(JSON.stringify([q, queueId]), (cursor) =>
    client.booking.listOfDay({ ...(q && { q }), ...(queueId && { queueId }), ...(cursor && { cursor }) }),
  );
  const [busy, setBusy] = useState<string>();
  const [outcome, setOutcome] = useState<{ text: string } | { problem: Problem }>();

  const checkIn = async (booking: HallBooking) => {
    setBusy(booking.id);
    setOutcome(undefined);
    try {
      const ticket = await client.queue.checkInAtDesk({ code: booking.code });
      pages.replace({ ...booking, state: 'checked_in', ticketId: ticket.id });
      setOutcome({ text: `${booking.citizenName} 已签到，排队号 ${ticket.label}。` });
    } catch (error) {
      setOutcome({ problem: toProblem(error) });
    } finally {
      setBusy(undefined);
    }
  };
  return { pages, busy, outcome, checkIn: (booking: HallBooking) => void checkIn(booking) };
}
