import type { HallBookingRow, HallSlot, ItemSummary } from '@haoban/contracts';
import {
  formatDay,
  isIdNumber,
  isMobile,
  isPersonName,
  normaliseIdNumber,
  normaliseMobile,
  type LocalDay,
  type VisitKind,
} from '@haoban/domain';
import { clockOf } from '../common/format.js';

/** What is done in one visit. */
export interface VisitChoice {
  readonly itemId: string;
  readonly files: number;
  readonly also: readonly { readonly itemId: string; readonly files: number }[];
  readonly persons: number;
  readonly kind: VisitKind;
}

export interface PersonFields {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string;
}

export interface BookForm extends PersonFields {
  readonly item: Pick<ItemSummary, 'id' | 'name'> | undefined;
  readonly slotId: string | undefined;
  readonly kind: VisitKind;
  /** The account of this ID number has a phone of its own. */
  readonly reachable: boolean;
}

export type BookFaults = Partial<Record<keyof PersonFields | 'item' | 'slot', string>>;

const CALLED: readonly VisitKind[] = ['phone', 'video', 'home'];

/** What has to be put right before the server is asked, by field; empty where nothing has. */
export function faultsOf(form: BookForm, today: LocalDay): BookFaults {
  const phone = normaliseMobile(form.phone);
  const called = CALLED.includes(form.kind) && !form.reachable;
  return {
    ...(!isIdNumber(normaliseIdNumber(form.idNumber), today) && {
      idNumber: form.idNumber ? '身份证号有误，请对照身份证检查' : '请输入身份证号',
    }),
    ...(!isPersonName(form.name.trim()) && {
      name: form.name ? '姓名有误，请与身份证上一致' : '请输入姓名',
    }),
    ...(phone
      ? !isMobile(phone) && { phone: '手机号有误，应为 11 位' }
      : called && { phone: '这种办理方式要能打通电话，请填写手机号' }),
    ...(form.kind === 'home' && !form.address.trim() && { address: '请填写上门的详细地址' }),
    ...(!form.item && { item: '请选择要办的事项' }),
    ...(form.item && !form.slotId && { slot: '请选择日期和时间' }),
  };
}

/** As the API reads it in a query string. */
export function visitQuery({ also, ...visit }: VisitChoice) {
  return {
    ...visit,
    ...(also.length > 0 && {
      also: also.map(({ itemId, files }) => (files > 1 ? `${itemId}*${files}` : itemId)).join(','),
    }),
  };
}

/** The visit that a booking is for, to look for another time of the same. */
export function visitOf({ items, itemId, persons, kind }: HallBookingRow): VisitChoice {
  const [main] = items;
  return {
    itemId,
    files: main?.files ?? 1,
    also: items.slice(1).map(({ itemId: id, files }) => ({ itemId: id, files })),
    persons,
    kind,
  };
}

/** '不动产转移登记 ×2、居住证办理' */
export function itemsText(items: HallBookingRow['items']): string {
  return items.map(({ itemName, files }) => (files > 1 ? `${itemName} ×${files}` : itemName)).join('、');
}

/** '7月15日 周三 10:00–10:30' */
export function timeOf({
  day,
  start,
  end,
}: Pick<HallBookingRow, 'day'> & Pick<HallSlot, 'start' | 'end'>): string {
  return `${formatDay(day)} ${clockOf(start)}–${clockOf(end)}`;
}

/** A code as it is read aloud, one sign after the other. */
export function spelled(code: string): string {
  return [...code].join(' ');
}
