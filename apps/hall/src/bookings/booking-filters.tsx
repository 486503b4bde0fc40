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
import type { KeyboardEvent } from 'react';
import { rangeWith, type BookingsPageModel } from './use-bookings-page.js';

const kinds = Object.keys(visitKindNames) as VisitKind[];

export function BookingFilters({ model }: { model: BookingsPageModel }) {
  const { filter, change, queues, today, days } = model;
  const oneDay = (day: LocalDay) => change({ days: { from: day, to: day } });
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
        onKeyDown={intoRows}
      />
      <Space.Compact>
        <Input
          type="date"
          aria-label="从哪天"
          value={days.from}
          style={{ width: 144 }}
          onChange={({ target }) => target.value && change({ days: rangeWith(days, { from: target.value }) })}
        />
        <Input
          type="date"
          aria-label="到哪天"
          value={days.to ?? ''}
          style={{ width: 144 }}
          onChange={({ target }) =>
            change({
              days: target.value ? rangeWith(days, { to: target.value }) : { from: days.from },
            })
          }
        />
        <Button onClick={() => oneDay(today)}>今天</Button>
        <Button onClick={() => oneDay(addDays(today, 1))}>明天</Button>
        <Button onClick={() => change({ days: undefined })}>今后全部</Button>
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
