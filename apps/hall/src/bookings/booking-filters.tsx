import {
  addDays,
  bookingStateNames,
  bookingStates,
  visitKindNames,
  type BookingState,
  type LocalDay,
  type VisitKind,
} from '@haoban/domain';
import { Button, Input, Select, Space } from 'antd';
import { useId, type ChangeEvent, type FocusEvent, type KeyboardEvent } from 'react';
import type { BookingsPageModel } from './use-bookings-page.js';
import { useDayRange, type DayRange } from './use-day-range.js';

const kinds = Object.keys(visitKindNames) as VisitKind[];

export function BookingFilters({ model }: { model: BookingsPageModel }) {
  const { filter, change, queues, today, days } = model;
  const range = useDayRange(days, (chosen) => change({ days: chosen }));
  const fault = useId();
  const choose = (chosen: DayRange | undefined) => {
    range.forget();
    change({ days: chosen });
  };
  const oneDay = (day: LocalDay) => choose({ from: day, to: day });
  const dayField = (end: keyof DayRange) => ({
    status: range.fault ? ('error' as const) : ('' as const),
    'aria-invalid': range.fault !== undefined,
    'aria-describedby': range.fault ? fault : undefined,
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) =>
      range.type({ [end]: target.value }, target.validity.badInput),
    onBlur: ({ currentTarget }: FocusEvent<HTMLInputElement>) => range.leave(currentTarget.validity.badInput),
    onPressEnter: ({ currentTarget }: KeyboardEvent<HTMLInputElement>) =>
      range.leave(currentTarget.validity.badInput),
  });
  return (
    <div className="booking-filters" role="search" aria-label="查找预约">
      <Input.Search
        ref={model.searchField}
        aria-label="查找预约"
        aria-keyshortcuts="/"
        suffix={<kbd aria-hidden="true">/</kbd>}
        autoFocus
        allowClear
        placeholder="预约码、姓名、手机后四位"
        maxLength={30}
        style={{ width: 300 }}
        onSearch={(value) => change({ q: value.trim() })}
        onKeyDown={(event) => {
          // Its own key leads here also from here: it is no part of a code, a name or a number.
          if (event.key === '/') {
            event.preventDefault();
            model.toSearch();
          }
          intoRows(event);
        }}
      />
      <Space.Compact>
        <Input
          type="date"
          aria-label="从哪天"
          value={range.shown.from}
          style={{ width: 144 }}
          {...dayField('from')}
        />
        <Input
          type="date"
          aria-label="到哪天"
          value={range.shown.to ?? ''}
          style={{ width: 144 }}
          {...dayField('to')}
        />
        <Button onClick={() => oneDay(today)}>今天</Button>
        <Button onClick={() => oneDay(addDays(today, 1))}>明天</Button>
        <Button onClick={() => choose(undefined)}>今后全部</Button>
      </Space.Compact>
      <Select
        aria-label="队列"
        allowClear
        placeholder="全部队列"
        style={{ width: 160 }}
        value={filter.queueId}
        onChange={(queueId: string | undefined) => change({ queueId })}
        options={queues.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select<BookingState>
        aria-label="状态"
        allowClear
        placeholder="全部状态"
        style={{ width: 120 }}
        value={filter.state}
        onChange={(state: BookingState | undefined) => change({ state })}
        options={bookingStates.map((value) => ({ value, label: bookingStateNames[value] }))}
      />
      <Select<VisitKind>
        aria-label="办理方式"
        allowClear
        placeholder="全部方式"
        style={{ width: 120 }}
        value={filter.kind}
        onChange={(kind: VisitKind | undefined) => change({ kind })}
        options={kinds.map((value) => ({ value, label: visitKindNames[value] }))}
      />
      {range.fault && (
        <small id={fault} role="alert" className="field-fault">
          {range.fault}
        </small>
      )}
    </div>
  );
}

/** From the search straight into what was found. */
function intoRows(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'ArrowDown') return;
  const row = document.querySelector('.row-open');
  if (!(row instanceof HTMLElement)) return;
  event.preventDefault();
  row.focus();
}
