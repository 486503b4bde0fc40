import { deliveryStates, formatWaybill, type DeliveryState } from '@haoban/domain';
import { Input, Select } from 'antd';
import { ActionButton } from '../common/action-button.js';
import { PagedTable } from '../common/paged-table.js';
import { EmptyView, StateTag } from '../common/views.js';
import { deliveryTones, deliveryWords } from '../common/words.js';
import { ParcelDrawer } from './parcel-drawer.js';
import { ScanPanel } from './scan-panel.js';
import { useParcelsPage } from './use-parcels-page.js';

export default function ParcelsPage() {
  const { state, setState, q, setQ, opened, setOpened, pages, scan, changed } = useParcelsPage();
  return (
    <div className="page">
      <ScanPanel model={scan} />
      <div className="page-head">
        <h1>寄递单</h1>
        <Select<DeliveryState | 'all'>
          aria-label="状态"
          style={{ width: 150 }}
          value={state ?? 'all'}
          onChange={(value) => setState(value === 'all' ? undefined : value)}
          options={[
            { value: 'all', label: '全部状态' },
            ...deliveryStates.map((value) => ({ value, label: deliveryWords[value] })),
          ]}
        />
        <Input.Search
          aria-label="查找寄递单"
          allowClear
          placeholder="邮件号、办件编号"
          maxLength={64}
          style={{ width: 280 }}
          onSearch={(value) => setQ(value.trim())}
        />
      </div>
      <PagedTable
        pages={pages}
        label="寄递单"
        onOpen={({ id }) => setOpened(id)}
        empty={
          <EmptyView title={state === 'ordered' && !q ? '没有待交寄的证照' : '没有这样的寄递单'}>
            {state === 'ordered' && !q ? '市民付款、EMS 下单后会出现在这里' : '换个状态或邮件号再找'}
          </EmptyView>
        }
        columns={[
          {
            title: '邮件号',
            key: 'waybillNo',
            className: 'number',
            render: (_, { waybillNo }) =>
              waybillNo ? formatWaybill(waybillNo) : <span className="muted">还没有</span>,
          },
          { title: '办件编号', dataIndex: 'caseNo', className: 'number' },
          { title: '内装', dataIndex: 'contents' },
          { title: '收件人', dataIndex: 'receiverMasked' },
          {
            title: '状态',
            key: 'state',
            render: (_, parcel) => (
              <>
                <StateTag tone={deliveryTones[parcel.state]}>{parcel.stateText}</StateTag>
                {parcel.problem && <small className="overdue"> {parcel.problem}</small>}
              </>
            ),
          },
          {
            title: '操作',
            key: 'act',
            render: (_, parcel) =>
              parcel.actions.includes('hand_over') && (
                <ActionButton
                  size="small"
                  onClick={(event) => {
                    event.stopPropagation();
                    scan.pick(parcel);
                  }}
                >
                  交寄
                </ActionButton>
              ),
          },
        ]}
      />
      {opened && <ParcelDrawer deliveryId={opened} close={() => setOpened(undefined)} changed={changed} />}
    </div>
  );
}
