import type { HallBookingRow } from '@haoban/contracts';

type Reach = Pick<HallBookingRow, 'reachable' | 'phone'>;

/** Whether the person has been told of what was done; without an account only a telephone call tells them. */
export function toldWord({ reachable, phone }: Reach): string {
  return reachable ? '已通知本人。' : `本人没有手机账号，${howToTell(phone)}`;
}

/** The same before it is done. */
export function willTellWord({ reachable, phone }: Reach): string {
  return reachable ? '本人会收到通知。' : `本人没有手机账号，收不到通知，${howToTell(phone)}`;
}

/** Above the field for the reason: who will read it. */
export function reasonLabel({ reachable }: Reach): string {
  return reachable ? '原因（群众会看到）' : '原因（记入变动记录）';
}

export function reasonFault({ reachable }: Reach): string {
  return reachable ? '请写明原因，群众会看到' : '请写明原因';
}

function howToTell(phone: string | null): string {
  return phone === null ? '也没有留电话，请设法当面告知。' : '请打电话告知。';
}
