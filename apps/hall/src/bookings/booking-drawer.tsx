import '../styles/bookings.css';
import '../styles/forms.css';
import type { BookingHistoryEntry, HallBookingRow } from '@haoban/contracts';
import { bookingStateName, isRemote, notReachedNames, visitKindNames } from '@haoban/domain';
import { Drawer } from 'antd';
import { ActionButton } from '../common/action-button.js';
import { AskModal } from '../common/ask-modal.js';
import { whenOf } from '../common/format.js';
import { OutcomeAlert } from '../common/outcome-alert.js';
import { useNow } from '../common/use-now.js';
import { useFocusBack } from '../common/use-return-focus.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { LoadView, ProblemView, StateTag } from '../common/views.js';
import { bookingTones, channelWords, contingentWords } from '../common/words.js';
import { itemsText, spelled, timeOf } from './book-model.js';
import { ContactReveal } from './booking-contact.js';
import { BookingSlip } from './booking-slip.js';
import { MoveBooking } from './move-booking.js';
import { reasonFault, reasonLabel, willTellWord } from './told-words.js';
import { mayCheckIn, useBooking, type BookingModel } from './use-booking.js';

interface Props {
  readonly bookingId: string;
  readonly close: () => void;
  readonly changed: (booking: HallBookingRow) => void;
}

export function BookingDrawer({ bookingId, close, changed }: Props) {
  const model = useBooking(bookingId, changed);
  useFocusBack();
  return (
    <Drawer open size={640} title="预约" onClose={close}>
      <LoadView state={model.state} retry={model.reload} rows={12}>
        {(booking) => <BookingView booking={booking} model={model} />}
      </LoadView>
    </Drawer>
  );
}

function BookingView({ booking, model }: { booking: HallBookingRow; model: BookingModel }) {
  const { outcome, cancelling, missing, checkIn, startMoving, askCancel } = model;
  const idle = !model.moving && !cancelling.asking && !missing.asking;
  const can = (act: HallBookingRow['actions'][number]) => booking.actions.includes(act);
  useShortcuts(
    {
      Q: mayCheckIn(booking) ? checkIn : undefined,
      B: can('serve') ? model.serve : undefined,
      W: can('not_reached') ? model.askMissing : undefined,
      G: can('move') ? startMoving : undefined,
      X: can('cancel') ? askCancel : undefined,
      P: () => window.print(),
    },
    idle,
  );
  return (
    <div className="case">
      <div className="case-head">
        <h2 className="number" aria-label={`预约码 ${spelled(booking.code)}`}>
          {booking.code}
        </h2>
        <StateTag tone={bookingTones[booking.state]}>
          {bookingStateName(booking.state, booking.kind)}
        </StateTag>
      </div>
      <Facts booking={booking} />
      <ContactReveal bookingId={booking.id} home={booking.kind === 'home'} hotkey="L" enabled={idle} />
      <div className="desk-actions case-actions">
        <Outcomes booking={booking} model={model} />
        <ActionButton hotkey="G" disabled={!can('move')} onClick={startMoving}>
          改时间
        </ActionButton>
        <ActionButton hotkey="X" danger disabled={!can('cancel')} onClick={askCancel}>
          取消预约
        </ActionButton>
        <ActionButton hotkey="P" onClick={() => window.print()}>
          打印小条
        </ActionButton>
      </div>
      {outcome && 'text' in outcome && (
        <OutcomeAlert type={outcome.toRing ? 'warning' : 'success'} title={outcome.text} />
      )}
      {outcome && 'problem' in outcome && <ProblemView problem={outcome.problem} />}
      {model.serving.problem && <ProblemView problem={model.serving.problem} />}
      <h3>变动记录</h3>
      <LoadView state={model.history.state} retry={model.history.reload} rows={3}>
        {({ items }) => <History items={items} />}
      </LoadView>
      {idle && <BookingSlip booking={booking} />}
      {model.moving && <MoveBooking booking={booking} close={model.stopMoving} moved={model.moved} />}
      {cancelling.asking && <Cancel booking={cancelling.asking} model={model} />}
      {missing.asking && <NotReached booking={missing.asking} model={model} />}
    </div>
  );
}

/** Whoever comes checks in; of a call or a visit at home staff say how it went. */
function Outcomes({ booking, model }: { booking: HallBookingRow; model: BookingModel }) {
  const { kind, actions } = booking;
  if (!isRemote(kind)) {
    return (
      <ActionButton
        hotkey="Q"
        type="primary"
        disabled={!mayCheckIn(booking)}
        loading={model.checkingIn}
        onClick={model.checkIn}
      >
        签到
      </ActionButton>
    );
  }
  return (
    <>
      <ActionButton
        hotkey="B"
        type="primary"
        disabled={!actions.includes('serve')}
        loading={model.serving.busy}
        onClick={model.serve}
      >
        已办理
      </ActionButton>
      <ActionButton hotkey="W" danger disabled={!actions.includes('not_reached')} onClick={model.askMissing}>
        {notReachedNames[kind]}
      </ActionButton>
    </>
  );
}

function Facts({ booking }: { booking: HallBookingRow }) {
  const now = useNow(30_000);
  const { kind, contingent, channel, place, queueName, phone, persons, reply, cancelReason } = booking;
  return (
    <dl className="facts">
      <dt>时间</dt>
      <dd className="number">
        <b>{timeOf(booking)}</b>
      </dd>
      <dt>事项</dt>
      <dd>
        {itemsText(booking.items)}
        {persons > 1 && `，${persons} 人`}
      </dd>
      <dt>姓名</dt>
      <dd>
        {booking.citizenName} <span className="number">{phone ?? '没有留电话'}</span>
      </dd>
      <dt>地点</dt>
      <dd>
        {[`${visitKindNames[kind]}办理`, !isRemote(kind) && place, queueName].filter(Boolean).join(' · ')}
      </dd>
      <dt>来源</dt>
      <dd>
        {channelWords[channel]}预约 · {contingentWords[contingent]}
      </dd>
      {reply === 'coming' && (
        <>
          <dt>回复</dt>
          <dd>已回复会来</dd>
        </>
      )}
      {booking.checkedInAt && (
        <>
          <dt>签到</dt>
          <dd className="number">{whenOf(booking.checkedInAt, now)}</dd>
        </>
      )}
      {cancelReason && (
        <>
          <dt>原因</dt>
          <dd>{cancelReason}</dd>
        </>
      )}
    </dl>
  );
}

const actors: Record<BookingHistoryEntry['by'], string> = {
  citizen: '群众',
  staff: '工作人员',
  system: '系统',
};

function History({ items }: { items: readonly BookingHistoryEntry[] }) {
  const now = useNow(30_000);
  return (
    <ol className="timeline">
      {[...items].reverse().map(({ at, action, by, name, text, reason }) => (
        <li key={`${at}${action}`}>
          <span className="muted number">{whenOf(at, now)}</span>
          <span>
            <b>{text}</b>
            <small>
              {name ?? actors[by]}
              {reason && `：${reason}`}
            </small>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Cancel({ booking, model }: { booking: HallBookingRow; model: BookingModel }) {
  const { cancelling, cancel } = model;
  return (
    <AskModal
      title={`取消 ${booking.citizenName} ${timeOf(booking)} 的预约？`}
      okText="取消这个预约"
      danger
      label={reasonLabel(booking)}
      requiredText={reasonFault(booking)}
      maxLength={100}
      busy={cancelling.busy}
      problem={cancelling.problem}
      onOk={(reason) => void cancel(reason)}
      onCancel={() => cancelling.ask(undefined)}
    >
      <p className="muted">
        {itemsText(booking.items)} · 预约码 {booking.code}。取消后不能恢复，名额让给别人，不算爽约。
        {willTellWord(booking)}
      </p>
    </AskModal>
  );
}

function NotReached({ booking, model }: { booking: HallBookingRow; model: BookingModel }) {
  const { missing, notReached } = model;
  const name = isRemote(booking.kind) ? notReachedNames[booking.kind] : '';
  return (
    <AskModal
      title={`${booking.citizenName} ${timeOf(booking)} ${name}？`}
      okText={`记录为${name}`}
      danger
      label="情况说明（选填，如几点打过几次）"
      maxLength={100}
      busy={missing.busy}
      problem={missing.problem}
      onOk={(note) => void notReached(note)}
      onCancel={() => missing.ask(undefined)}
    >
      <p className="muted">
        {itemsText(booking.items)} · 预约码 {booking.code}
        。记录后不能改，计为一次爽约，本人可以申诉。
        {willTellWord(booking)}
      </p>
    </AskModal>
  );
}
