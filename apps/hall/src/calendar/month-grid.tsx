import type { LocalDay } from '@haoban/domain';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { dayByKey, monthOf, weeksOf, type Month } from './month-model.js';

interface Props {
  readonly label: string;
  readonly month: Month;
  readonly today: LocalDay;
  readonly chosen: LocalDay;
  readonly choose: (day: LocalDay) => void;
  /** What a cell says in full, also to a screen reader. */
  readonly nameOf: (day: LocalDay) => string;
  /** The cell for the eye: `nameOf` says the same in full, so this is to be hidden from screen readers. */
  readonly children: (day: LocalDay) => ReactNode;
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/**
 * A month as a grid with one place in the tab order: arrows go by day and week, Home and End to the ends of the week, PageUp and
 * PageDown by month. The chosen day follows the focus, so that what stands beside the grid is always about the day in focus.
 */
export function MonthGrid({ label, month, today, chosen, choose, nameOf, children }: Props) {
  const grid = useRef<HTMLTableElement>(null);
  const follow = useRef(false);

  useEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${chosen}"]`)?.focus();
  }, [chosen, month]);

  const onKey = (event: KeyboardEvent, day: LocalDay) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = dayByKey(day, event.key);
    if (next === undefined) return;
    event.preventDefault();
    follow.current = true;
    choose(next);
  };
  return (
    <table className="month" role="grid" aria-label={label} ref={grid}>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col" abbr={`周${name}`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} role="gridcell" aria-selected={day === chosen}>
                <button
                  type="button"
                  data-day={day}
                  tabIndex={day === chosen ? 0 : -1}
                  className={`month-day${monthOf(day) === month ? '' : ' month-beside'}`}
                  aria-current={day === today ? 'date' : undefined}
                  onClick={() => choose(day)}
                  onKeyDown={(event) => onKey(event, day)}
                >
                  <span className="visually-hidden">{nameOf(day)}</span>
                  {children(day)}
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
