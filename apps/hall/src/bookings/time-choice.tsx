import type { BookableDay, HallSlot } from '@haoban/contracts';
import { dayOf, formatDay, monthsInView, type LocalDay } from '@haoban/domain';
import { Segmented } from 'antd';
import { useState } from 'react';
import { serverNow } from '../api/server-clock.js';
import { RadioGrid } from '../common/radio-grid.js';
import { EmptyView, LoadView } from '../common/views.js';
import type { Times } from './use-times.js';

interface Props {
  readonly times: Times;
  readonly ready: boolean;
  /** The time that the booking has now. */
  readonly current?: string;
  readonly fault?: string | undefined;
}

/** The days that can be booked, and the times of its chosen day with what is left of all places. */
export function TimeChoice({ times, ready, current, fault }: Props) {
  if (!ready) {
    return (
      <div className="times">
        <EmptyView title="选好事项后，这里显示可约的时间">包括留给窗口和电话的内部名额</EmptyView>
      </div>
    );
  }
  const { days, day, slots } = times;
  return (
    <div className="times">
      <h3 id="times-day">日期</h3>
      <LoadView state={days.state} retry={days.reload} rows={3}>
        {({ items }) => <DayChoice items={items} day={day} onChange={times.setDay} />}
      </LoadView>
      <div className="times-head">
        <h3>时间{day && `：${formatDay(day)}`}</h3>
        {fault && (
          <span className="field-fault" role="alert">
            {fault}
          </span>
        )}
      </div>
      {days.state.status === 'ready' && !day && (
        <EmptyView title="能约的日子都约满了">可以请群众到现场取号，或换一种办理方式</EmptyView>
      )}
      {day && (
        <LoadView state={slots.state} retry={slots.reload} rows={5}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyView title="这一天没有可约的时间">请换一天</EmptyView>
            ) : (
              <>
                <RadioGrid
                  label={`${formatDay(day)} 的时间`}
                  name="times-slot"
                  columns={4}
                  value={times.slot?.id}
                  choices={items.map((slot) => slotChoice(slot, slot.id === current))}
                  onChange={times.setSlot}
                />
                <p className="muted times-legend">
                  “内部”是手机上已约满、留给窗口和电话的名额；“退回”是刚取消、还没放到手机上的名额。
                </p>
              </>
            )
          }
        </LoadView>
      )}
    </div>
  );
}

interface DayChoiceProps {
  readonly items: readonly BookableDay[];
  readonly day: LocalDay | undefined;
  readonly onChange: (day: LocalDay) => void;
}

/** A week a row; where the days are many, a month at a time. */
function DayChoice({ items, day, onChange }: DayChoiceProps) {
  const [turned, setTurned] = useState<{ of: LocalDay | undefined; month: string }>();
  const { pages, shown } = monthsInView(items, day, turned && turned.of === day ? turned.month : undefined);
  return (
    <>
      {pages.length > 0 && (
        <Segmented
          aria-label="月份"
          name="times-month"
          value={shown[0]?.month ?? ''}
          options={pages.map(({ month, name }) => ({ value: month, label: name }))}
          onChange={(month) => setTurned({ of: day, month })}
        />
      )}
      <RadioGrid
        label="日期"
        name="times-day"
        columns={7}
        value={day}
        choices={shown.flatMap(({ days }) => days).map(dayChoice)}
        onChange={onChange}
      />
    </>
  );
}

function dayChoice({ day, status, remaining, note }: BookableDay) {
  const open = status === 'open';
  const [date = '', weekday = ''] = formatDay(day).split(' ');
  const left = open ? `余 ${remaining}` : status === 'full' ? '约满' : '不可约';
  const name = day === dayOf(serverNow()) ? '今天' : weekday;
  return {
    value: day,
    disabled: !open,
    className: `times-${status}`,
    spoken: `${formatDay(day)}，${open ? left : (note ?? left)}`,
    face: (
      <>
        <small>{name}</small>
        <b>{date}</b>
        <small>{left}</small>
      </>
    ),
  };
}

function slotChoice(slot: HallSlot, current: boolean) {
  const { id, startTime, endTime, remaining, publicRemaining, heldBack } = slot;
  const free = remaining > 0;
  const more = [
    free && publicRemaining <= 0 && '内部',
    free && heldBack > 0 && `退回 ${heldBack}`,
    current && '现在的时间',
  ].filter((word) => word !== false);
  const left = free ? `余 ${remaining}` : '约满';
  return {
    value: id,
    disabled: !free || current,
    className: free ? '' : 'times-full',
    spoken: [`${startTime} 到 ${endTime}`, left, ...more].join('，'),
    face: (
      <>
        <b>{startTime}</b>
        <small>{[current ? '' : left, ...more].filter(Boolean).join(' · ')}</small>
      </>
    ),
  };
}
