import type { HallDelivery } from '@haoban/contracts';
import { formatWaybill, isWaybill, normaliseWaybill } from '@haoban/domain';

/** The course of one parcel over the desk: waybill, then certificate, then it belongs to EMS. */
export type Scan =
  | { readonly step: 'waybill' }
  | { readonly step: 'certificate'; readonly parcel: HallDelivery; readonly waybillNo: string };

export type Verdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'good'; readonly title: string; readonly text: string }
  | { readonly kind: 'bad'; readonly title: string; readonly text: string };

export const idle: Scan = { step: 'waybill' };
export const silent: Verdict = { kind: 'none' };

/** What a scanner or a hand typed, as a waybill number; undefined where it can't be one. */
export function readWaybill(typed: string): string | undefined {
  const number = normaliseWaybill(typed);
  return isWaybill(number) ? number : undefined;
}

export function refusedWaybill(typed: string): Verdict {
  return {
    kind: 'bad',
    title: '不是邮件号',
    text: `扫到的是“${typed.trim().slice(0, 40)}”。请扫面单上的 13 位邮件号。`,
  };
}

/** A known waybill: on to the certificate, or why this parcel is not to be handed over now. */
export function found(parcel: HallDelivery, waybillNo: string): { scan: Scan; verdict: Verdict } {
  if (parcel.actions.includes('hand_over')) {
    return { scan: { step: 'certificate', parcel, waybillNo }, verdict: silent };
  }
  return {
    scan: idle,
    verdict: {
      kind: 'bad',
      title: `这件${parcel.stateText}`,
      text: `${parcel.caseNo} 现在不用交寄。请放到一边核对。`,
    },
  };
}

export function mismatch(scan: Scan, code: string, message: string): Verdict {
  const parcel = scan.step === 'certificate' ? scan.parcel : undefined;
  if (code !== 'WAYBILL_MISMATCH' || !parcel) return { kind: 'bad', title: '没有交寄', text: message };
  return {
    kind: 'bad',
    title: '证照与面单不是一件',
    text: `邮件 ${formatWaybill(parcel.waybillNo ?? '')} 应装 ${parcel.contents}（${parcel.certificateNo}）。没有交寄，请换对的证照再扫。`,
  };
}

export function handedOver(parcel: HallDelivery): Verdict {
  return {
    kind: 'good',
    title: '配对一致，已交 EMS',
    text: `${formatWaybill(parcel.waybillNo ?? '')} · ${parcel.contents} · ${parcel.receiverMasked}`,
  };
}
