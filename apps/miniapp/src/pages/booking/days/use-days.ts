import type { BookableDay, Slot } from '@haoban/contracts';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { open } from '../../../hooks/navigate';
import { useLoad } from '../../../hooks/use-load';

export function useDays() {
  const { itemId = '', hallId = '' } = useRouter().params;
  const [picked, setPicked] = useState<string>();
  const [slot, setSlot] = useState<Slot>();
  const item = useLoad(itemId, () => api.guide.getItem({ itemId }));
  const days = useLoad(`${itemId} ${hallId}`, () => api.booking.listDays({ itemId, hallId }));
  const all = days.kind === 'ready' ? days.data.items : [];
  const day = picked ?? soonest(all)?.day;
  const slots = useLoad(day && `${itemId} ${hallId} ${day}`, async () => {
    const { items } = await api.booking.listSlots({ itemId, hallId, day: day ?? '' });
    return { morning: items.filter(isMorning), afternoon: items.filter((each) => !isMorning(each)) };
  });
  return {
    item,
    days,
    day,
    slots,
    slot,
    soonest: soonest(all)?.day,
    emptiest: emptiest(all)?.day,
    pickDay: (next: string) => {
      setPicked(next);
      setSlot(undefined);
    },
    pickSlot: setSlot,
    goOn: () => {
      if (slot && day) {
        open(`pages/booking/confirm/index?itemId=${itemId}&hallId=${hallId}&day=${day}&slotId=${slot.id}`);
      }
    },
  };
}

function soonest(days: readonly BookableDay[]): BookableDay | undefined {
  return days.find(({ status }) => status === 'open');
}

function emptiest(days: readonly BookableDay[]): BookableDay | undefined {
  return [...days]
    .filter(({ status }) => status === 'open')
    .sort((a, b) => b.remaining / (b.capacity || 1) - a.remaining / (a.capacity || 1))[0];
}

function isMorning({ startTime }: Slot): boolean {
  return startTime < '12:30';
}
