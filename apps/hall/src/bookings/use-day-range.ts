import { isLocalDay, type LocalDay } from '@haoban/domain';
import { useState } from 'react';

export interface DayRange {
  readonly from: LocalDay;
  /** Without an end: how far one can book is each queue's own. */
  readonly to?: LocalDay;
}

/**
 * Two days that are typed one after the other. A browser's date field changes with every digit: 2026 comes by way of 0002, 0020 and
 * 0202. So what is typed takes effect only once both days are days and in order, neither day is ever changed by the other one's, and
 * what is wrong is said when the field is left.
 */
export function useDayRange(days: DayRange, choose: (days: DayRange) => void) {
  const [typed, setTyped] = useState<DayRange>();
  /** A field has some of a day, which the browser gives as nothing. */
  const [partial, setPartial] = useState(false);
  const [left, setLeft] = useState(false);
  const shown = typed ?? days;
  const forget = () => {
    setTyped(undefined);
    setPartial(false);
    setLeft(false);
  };
  return {
    shown,
    fault: left ? dayRangeFault(shown, partial) : undefined,
    type: (part: Partial<DayRange>, isPartial: boolean) => {
      const next = { ...shown, ...part };
      if (dayRangeFault(next, isPartial)) {
        setTyped(next);
        setPartial(isPartial);
        return setLeft(false);
      }
      forget();
      choose(next.to ? next : { from: next.from });
    },
    leave: (isPartial: boolean) => {
      setPartial(isPartial);
      setLeft(true);
    },
    forget,
  };
}

/** Nobody looks for bookings of another century, but a year that is being typed looks like one. */
const FIRST_DAY = '2000-01-01';
const isKnown = (day: string) => isLocalDay(day) && day >= FIRST_DAY;

function dayRangeFault({ from, to }: DayRange, partial: boolean): string | undefined {
  if (partial || !isKnown(from) || (to && !isKnown(to))) return '请把日期填完整';
  return to && to < from ? '“到哪天”不能早于“从哪天”，名单还是原来的日期' : undefined;
}
