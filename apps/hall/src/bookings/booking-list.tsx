import type { HallBooking } from '@haoban/contracts';
import { Alert } from 'antd';
import { useEffect } from 'react';
import { ActionButton } from '../common/action-button.js';
import { clockOf } from '../common/format.js';
import { PagedTable } from '../common/paged-table.js';
import { EmptyView, ProblemView, StateTag } from '../common/views.js';
import { bookingStateName, isInHall } from '@haoban/domain';
import { bookingTones } from '../common/words.js';
import { useBookingList, type BookingFilter } from './use-booking-list.js';

interface Props extends BookingFilter {
  /** The desk's own queues: others are left out of the list. */
  readonly queueIds?: readonly string[];
  /** Read again each time that it grows. */
  readonly acts?: number;
  readonly open: (booking: HallBooking) => void;
}

export function BookingList({ queueIds, open, acts = 0, ...filter }: Props) {
  const { pages, busy, outcome, checkIn } = useBookingList({
    ...filter,
    ...(queueIds?.length === 1 && { queueId: queueIds[0] }),
  });
  const { reload } = pages;
  useEffect(() => {
    if (acts > 0) reload();
  }, [acts, reload]);
  return (
    <>
      {outcome && 'text' in outcome && <Alert type="success" showIcon role="status" title={outcome.text} />}
      {outcome && 'problem' in outcome && <ProblemView problem={outcome.problem} />}
      <PagedTable
        pages={pages}
        label="今天的预约"
        onOpen={open}
        empty={
          <EmptyView title="没有预约">{filter.q ? '换个预约码或姓名再找' : '今天还没有人预约'}</EmptyView>
        }
        columns={[
          {
            title: '时段',
            key: 'time',
            className: 'number',
            render: (_, { start, end }) => `${clockOf(start)}–${clockOf(end)}`,
          },
          { title: '预约码', dataIndex: 'code', className: 'number' },
          { title: '姓名', dataIndex: 'citizenName' },
          { title: '事项', dataIndex: 'itemName' },
          { title: '队列', dataIndex: 'queueName' },
          {
            title: '状态',
            key: 'state',
            render: (_, { state, kind }) => (
              <StateTag tone={bookingTones[state]}>{bookingStateName(state, kind)}</StateTag>
            ),
          },
          {
            title: '操作',
            key: 'act',
            render: (_, booking) =>
              booking.state === 'confirmed' &&
              isInHall(booking.kind) && (
                <ActionButton
                  size="small"
                  loading={busy === booking.id}
                  onClick={(event) => {
                    event.stopPropagation();
                    checkIn(booking);
                  }}
                  aria-label={`为 ${booking.code} 签到`}
                >
                  签到
                </ActionButton>
              ),
          },
        ]}
      />
    </>
  );
}
