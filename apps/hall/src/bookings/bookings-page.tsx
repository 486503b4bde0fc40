import '../styles/bookings.css';
import { bookingStateName, visitKindNames } from '@haoban/domain';
import { Alert } from 'antd';
import { serverNow } from '../api/server-clock.js';
import { ActionButton } from '../common/action-button.js';
import { clockOf, dayWord } from '../common/format.js';
import { PagedTable } from '../common/paged-table.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { EmptyView, ProblemView, StateTag } from '../common/views.js';
import { bookingTones, channelWords } from '../common/words.js';
import { BookDrawer } from './book-drawer.js';
import { itemsText } from './book-model.js';
import { BookingDrawer } from './booking-drawer.js';
import { BookingFilters } from './booking-filters.js';
import { useBookingsPage, type BookingsPageModel } from './use-bookings-page.js';

export default function BookingsPage() {
  const model = useBookingsPage();
  const { dialog, setDialog, exporting } = model;
  const close = () => setDialog(undefined);
  const book = () => setDialog({ kind: 'book' });
  useShortcuts({ F3: book, '/': model.toSearch }, dialog === undefined);
  return (
    <div className="page">
      <div className="page-head">
        <h1>预约单</h1>
        {model.mayExport && (
          <ActionButton loading={exporting.busy} onClick={model.exportAll}>
            {exporting.busy ? '正在导出' : '导出表格'}
          </ActionButton>
        )}
        <ActionButton hotkey="F3" type="primary" onClick={book}>
          代约
        </ActionButton>
      </div>
      <BookingFilters model={model} />
      {exporting.saved && (
        <Alert
          className="outcome"
          type="success"
          showIcon
          role="status"
          title={`已导出 ${exporting.saved.rows} 条到“${exporting.saved.fileName}”，在浏览器的下载里。姓名和手机号已隐去。`}
        />
      )}
      {exporting.problem && <ProblemView problem={exporting.problem} retry={model.exportAll} />}
      <Bookings model={model} />
      {dialog?.kind === 'book' && <BookDrawer channel="call" close={close} booked={model.booked} />}
      {dialog?.kind === 'booking' && (
        <BookingDrawer bookingId={dialog.id} close={close} changed={model.changed} />
      )}
    </div>
  );
}

function Bookings({ model }: { model: BookingsPageModel }) {
  const now = serverNow();
  const { pages, setDialog, filter } = model;
  return (
    <PagedTable
      pages={pages}
      label="预约"
      onOpen={({ id }) => setDialog({ kind: 'booking', id })}
      empty={
        <EmptyView title="没有这样的预约">
          {filter.q ? '姓名从姓开始输，手机号输最后四位；或放宽日期再找' : '放宽日期或去掉筛选再找'}
        </EmptyView>
      }
      columns={[
        {
          title: '时间',
          key: 'time',
          className: 'number',
          render: (_, { day, start, end }) => (
            <>
              {dayWord(day, now)} <b>{clockOf(start)}</b>–{clockOf(end)}
            </>
          ),
        },
        { title: '预约码', dataIndex: 'code', className: 'number' },
        { title: '姓名', dataIndex: 'citizenName', className: 'number' },
        { title: '手机', key: 'phone', className: 'number', render: (_, { phone }) => phone ?? '—' },
        {
          title: '事项',
          key: 'items',
          render: (_, { items, persons }) => itemsText(items) + (persons > 1 ? `，${persons} 人` : ''),
        },
        { title: '队列', dataIndex: 'queueName', className: 'number' },
        { title: '方式', key: 'kind', className: 'number', render: (_, { kind }) => visitKindNames[kind] },
        {
          title: '来源',
          key: 'channel',
          className: 'number',
          render: (_, { channel }) => channelWords[channel],
        },
        {
          title: '状态',
          key: 'state',
          render: (_, { state, kind }) => (
            <StateTag tone={bookingTones[state]}>{bookingStateName(state, kind)}</StateTag>
          ),
        },
      ]}
    />
  );
}
