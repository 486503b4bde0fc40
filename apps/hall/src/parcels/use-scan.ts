import type { HallDelivery } from '@haoban/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../api/client.js';
import { toProblem } from '../common/problem.js';
import { beep } from './beep.js';
import {
  found,
  handedOver,
  idle,
  mismatch,
  readWaybill,
  refusedWaybill,
  silent,
  type Scan,
  type Verdict,
} from './scan-model.js';

/** The scanner's desk. @param enabled false while a dialog has the keyboard */
export function useScan(enabled: boolean, changed: (parcel: HallDelivery) => void) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [scan, setScan] = useState<Scan>(idle);
  const [verdict, setVerdict] = useState<Verdict>(silent);
  const [busy, setBusy] = useState(false);
  useScannerFocus(input, enabled);

  const show = (next: Verdict) => {
    setVerdict(next);
    if (next.kind !== 'none') beep(next.kind === 'good');
  };

  const lookUp = async (text: string) => {
    const waybillNo = readWaybill(text);
    if (!waybillNo) return show(refusedWaybill(text));
    const answer = found(await client.delivery.findByWaybill({ waybillNo }), waybillNo);
    setScan(answer.scan);
    show(answer.verdict);
  };

  const handOver = async ({ parcel, waybillNo }: Scan & { step: 'certificate' }, certificateNo: string) => {
    const after = await client.delivery.handOver({ deliveryId: parcel.id, waybillNo, certificateNo });
    setScan(idle);
    show(handedOver(after));
    changed(after);
  };

  const submit = async () => {
    const text = typed.trim();
    if (!text || busy) return;
    setTyped('');
    setBusy(true);
    setVerdict(silent);
    try {
      await (scan.step === 'waybill' ? lookUp(text) : handOver(scan, text));
    } catch (error) {
      const { code, text: message } = toProblem(error);
      show(mismatch(scan, code, message));
    } finally {
      setBusy(false);
    }
  };

  const reset = () => {
    setTyped('');
    setScan(idle);
    setVerdict(silent);
    input.current?.focus();
  };
  /** From the list, without the scanner's first step. */
  const pick = (parcel: HallDelivery) => {
    if (!parcel.waybillNo) return;
    const answer = found(parcel, parcel.waybillNo);
    setScan(answer.scan);
    show(answer.verdict);
    input.current?.focus();
  };
  return { input, typed, setTyped, scan, verdict, busy, submit: () => void submit(), reset, pick };
}

/**
 * A scanner types like a keyboard into whatever has the focus. So the first character typed outside of an input moves the focus
 * here before it is inserted; Tab still leads everywhere.
 */
function useScannerFocus(input: React.RefObject<HTMLInputElement | null>, enabled: boolean): void {
  const take = useCallback(() => input.current?.focus(), [input]);
  useEffect(() => {
    if (!enabled) return undefined;
    take();
    const onKey = (event: KeyboardEvent) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
      const printable = event.key.length === 1 && event.key !== ' ';
      if (printable && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) take();
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('focus', take);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('focus', take);
    };
  }, [enabled, take]);
}
