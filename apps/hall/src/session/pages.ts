import type { StaffAccount } from '@haoban/contracts';
import type { StaffRole } from '@haoban/domain';

export type PageKey =
  'desk' | 'bookings' | 'cases' | 'parcels' | 'overview' | 'ratings' | 'payments' | 'staff' | 'audit';

export const pageNames: Record<PageKey, string> = {
  overview: '概览',
  desk: '窗口',
  bookings: '今日预约',
  cases: '办件',
  parcels: '寄递',
  ratings: '评价',
  payments: '支付',
  staff: '账号',
  audit: '审计',
};

/** In the order of the navigation; the first is where the role starts. */
const pagesOf: Record<StaffRole, readonly PageKey[]> = {
  clerk: ['desk', 'bookings', 'cases'],
  courier_desk: ['parcels'],
  manager: ['overview', 'desk', 'bookings', 'cases', 'parcels', 'ratings', 'payments'],
  admin: ['staff', 'audit'],
  display: [],
};

export function pagesFor(role: StaffRole): readonly PageKey[] {
  return pagesOf[role];
}

export function mayOpen(role: StaffRole, page: PageKey): boolean {
  return pagesOf[role].includes(page);
}

export function startPageOf({ role, hallId }: Pick<StaffAccount, 'role' | 'hallId'>): string {
  const first = pagesOf[role][0];
  return first ? `/${first}` : hallId ? `/display/${hallId}` : '/display';
}
