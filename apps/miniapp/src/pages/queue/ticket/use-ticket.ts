import type { Ticket } from '@haoban/contracts';
import { useRouter, useShareAppMessage } from '@tarojs/taro';
import { useEffect, useRef } from 'react';
import { api } from '../../../api/api';
import { live } from '../../../api/live';
import { confirmed, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';
import { speech } from '../../../platform/speech';
import { vibrate } from '../../../platform/vibrate';
import { preferencesStore } from '../../../state/preferences';

/** Asked so often where the live line is down. */
const POLL_MS = 10_000;

export function useTicket() {
  const ticketId = useRouter().params.id ?? '';
  const citizen = useCitizen();
  const ticket = useLoad(citizen && ticketId, () => api.queue.getMine({ ticketId }));
  const item = useLoad(ticket.kind === 'ready' ? ticket.data.itemId : undefined, () =>
    api.guide.getItem({ itemId: ticket.kind === 'ready' ? ticket.data.itemId : '' }),
  );
  const shown = ticket.kind === 'ready' ? ticket.data : undefined;
  const latest = useRef<Ticket | undefined>(undefined);
  latest.current = shown;

  const { replace } = ticket;
  const citizenId = citizen?.id;
  useEffect(() => {
    if (!citizenId) return;
    // Whatever comes late, by either way, must not show an older state than is on the screen.
    const take = (next: Ticket) => {
      if (next.version >= (latest.current?.version ?? 0)) replace(next);
    };
    const stop = live.watch(`ticket:${ticketId}`, (data) => take(data as Ticket));
    const timer = setInterval(() => {
      if (live.connected || isOver(latest.current)) return;
      api.queue.getMine({ ticketId }).then(take, () => undefined);
    }, POLL_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [citizenId, ticketId, replace]);

  // Each call and each recall is felt once.
  const call = shown?.state === 'called' ? `${shown.deskLabel} ${shown.calledCount}` : undefined;
  useEffect(() => {
    if (call === undefined) return;
    vibrate();
    const { label, deskLabel } = latest.current ?? {};
    if (preferencesStore.get().elder) void speech.say(`请 ${label ?? ''} 号到${deskLabel ?? '窗口'}`);
  }, [call]);

  const leave = useAction(async () => {
    if (!shown) return;
    const agreed = await confirmed(`放弃 ${shown.label} 号`, '放弃后要重新取号，从队尾排起。', '放弃排队');
    if (!agreed) return;
    ticket.replace(await api.queue.leave({ ticketId }));
    say('已放弃排队');
  });
  const rejoin = useAction(async () => {
    ticket.replace(await api.queue.rejoin({ ticketId }));
    say('已重新排队');
  });
  useShareAppMessage(() => ({
    title: shown ? `我在${shown.hallName}排队，${shown.label} 号` : '好办',
    path: '/pages/home/index',
  }));
  return { citizen, ticket, materials: item.kind === 'ready' ? item.data.materials : [], leave, rejoin };
}

function isOver(ticket: Ticket | undefined): boolean {
  return ticket?.state === 'done' || ticket?.state === 'left';
}
