import type { HallDelivery } from '@haoban/contracts';
import { formatWaybill } from '@haoban/domain';
import { Drawer } from 'antd';
import { ActionButton } from '../common/action-button.js';
import { whenOf, yuan } from '../common/format.js';
import { useNow } from '../common/use-now.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { EmptyView, LoadView, ProblemView, StateTag } from '../common/views.js';
import { deliveryTones, paymentWords } from '../common/words.js';
import { useParcel } from './use-parcel.js';

interface Props {
  readonly deliveryId: string;
  readonly close: () => void;
  readonly changed: (parcel: HallDelivery) => void;
}

export function ParcelDrawer({ deliveryId, close, changed }: Props) {
  const model = useParcel(deliveryId, changed);
  return (
    <Drawer open size={600} title="寄递单" onClose={close}>
      <LoadView state={model.state} retry={model.reload} rows={10}>
        {(parcel) => <ParcelView parcel={parcel} model={model} />}
      </LoadView>
    </Drawer>
  );
}

function ParcelView({ parcel, model }: { parcel: HallDelivery; model: ReturnType<typeof useParcel> }) {
  const now = useNow(30_000);
  const { receiver, payment } = parcel;
  const may = (action: HallDelivery['actions'][number]) => parcel.actions.includes(action);
  useShortcuts({
    P: may('print_label') ? model.label : undefined,
    R: may('retry_order') ? model.retry : undefined,
  });
  return (
    <div className="case">
      <div className="case-head">
        <h2 className="number">{parcel.waybillNo ? formatWaybill(parcel.waybillNo) : '还没有邮件号'}</h2>
        <StateTag tone={deliveryTones[parcel.state]}>{parcel.stateText}</StateTag>
      </div>
      {parcel.problem && <p className="overdue">{parcel.problem}</p>}
      <dl className="facts">
        <dt>内装</dt>
        <dd>
          {parcel.contents} <span className="number">{parcel.certificateNo}</span>
        </dd>
        <dt>办件</dt>
        <dd className="number">{parcel.caseNo}</dd>
        <dt>收件</dt>
        <dd>
          {receiver.name} {receiver.phone}
          <br />
          {receiver.province}
          {receiver.city}
          {receiver.county}
          {receiver.detail}
        </dd>
        <dt>运费</dt>
        <dd>
          {yuan(parcel.feeFen)}
          {payment && `（${paymentWords[payment.state]}）`}
        </dd>
        <dt>下单</dt>
        <dd className="number">
          {whenOf(parcel.createdAt, now)} · 单号 {parcel.logisticsOrderNo}
        </dd>
        {parcel.signedBy && (
          <>
            <dt>签收</dt>
            <dd>{parcel.signedBy}</dd>
          </>
        )}
      </dl>
      <div className="desk-actions">
        {may('print_label') && (
          <ActionButton hotkey="P" type="primary" loading={model.busy === 'label'} onClick={model.label}>
            打印面单
          </ActionButton>
        )}
        {may('retry_order') && (
          <ActionButton hotkey="R" loading={model.busy === 'retry'} onClick={model.retry}>
            重新向 EMS 下单
          </ActionButton>
        )}
        {model.labelUrl && (
          <a href={model.labelUrl} target="_blank" rel="noreferrer">
            面单没有打开？点这里
          </a>
        )}
      </div>
      {model.problem && <ProblemView problem={model.problem} />}
      <h3>轨迹</h3>
      {parcel.traces.length === 0 ? (
        <EmptyView title="还没有轨迹">交给 EMS 后，每次扫描都会显示在这里</EmptyView>
      ) : (
        <ol className="timeline">
          {parcel.traces.map((trace) => (
            <li key={`${trace.at}${trace.opCode}${trace.text}`}>
              <span className="muted number">{whenOf(trace.at, now)}</span>
              <span>
                <b>{trace.text}</b>
                {trace.place && <small>{trace.place}</small>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
