import '../styles/contact.css';
import type { BookingContact } from '@haoban/contracts';
import { useId } from 'react';
import { ActionButton } from '../common/action-button.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { LoadView, StateTag } from '../common/views.js';
import { useContact } from './use-contact.js';

interface RevealProps {
  readonly bookingId: string;
  /** Somebody goes there: the address counts, too. */
  readonly home?: boolean;
  readonly hotkey?: string | undefined;
  /** Where there are several on a page: whose. */
  readonly whose?: string;
  /** Whether the key works now. */
  readonly enabled?: boolean;
}

/** Whom to ring and where to go, hidden until it is asked for. */
export function ContactReveal({ bookingId, home = false, hotkey, whose, enabled = true }: RevealProps) {
  const { shown, toggle, state, retry } = useContact(bookingId);
  const id = useId();
  useShortcuts(hotkey ? { [hotkey]: toggle } : {}, enabled);
  const act = shown ? '收起' : '查看';
  return (
    <div className="contact">
      {home && !shown && <p>上门地址已登记，按「查看联系方式」显示</p>}
      <ActionButton
        hotkey={hotkey}
        size={whose ? 'small' : 'middle'}
        aria-expanded={shown}
        aria-controls={id}
        onClick={toggle}
      >
        {act}联系方式
        {whose && <span className="visually-hidden"> {whose}</span>}
      </ActionButton>
      <div id={id} role="status">
        {shown && (
          <LoadView state={state} retry={retry} rows={1}>
            {(contact) => <ContactFacts contact={contact} home={home} />}
          </LoadView>
        )}
      </div>
    </div>
  );
}

function ContactFacts({ contact, home }: { contact: BookingContact; home: boolean }) {
  const { name, phone, agentName, address } = contact;
  return (
    <>
      <dl className="facts">
        <dt>姓名</dt>
        <dd>{name ?? '没有登记'}</dd>
        <dt>电话</dt>
        <dd>
          <b className="number">{phone === null ? '没有留电话' : spaced(phone)}</b>
          {agentName && ` 是代办人 ${agentName} 的电话`}
        </dd>
        {home && (
          <>
            <dt>上门地址</dt>
            <dd>
              <b>{address ?? '没有登记，请打电话问清楚再去'}</b>
            </dd>
          </>
        )}
      </dl>
      <p className="muted">这次查看已记录，收起或关闭后重新隐藏。</p>
    </>
  );
}

/** As a number is read from a screen while it is dialled. */
function spaced(phone: string): string {
  return phone.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3');
}

/** For somebody whom no message reaches. */
export function ToRing({ bookingId, name }: { bookingId: string; name: string }) {
  return (
    <>
      <StateTag tone="warn">要打电话告知</StateTag>
      <ContactReveal bookingId={bookingId} whose={name} />
    </>
  );
}
