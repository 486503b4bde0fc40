import type { StaffAccount } from '@haoban/contracts';
import type { StaffRole } from '@haoban/domain';

export type PageKey =
  | 'desk'
  | 'bookings'
  | 'calendar'
  | 'policy'
  | 'use'
  | 'codes'
  | 'waitlist'
  | 'releases'
  | 'signals'
  | 'checks'
  | 'appeals'
  | 'cases'
  | 'parcels'
  | 'overview'
  | 'ratings'
  | 'payments'
  | 'staff'
  | 'audit';

export const pageNames: Record<PageKey, string> = {
  overview: '概览',
  desk: '窗口',
  bookings: '预约单',
  calendar: '日历',
  policy: '预约规则',
  use: '用量',
  codes: '预约码',
  waitlist: '候补',
  releases: '放号',
  signals: '防倒号',
  checks: '核验',
  appeals: '申诉',
  cases: '办件',
  parcels: '寄递',
  ratings: '评价',
  payments: '支付',
  staff: '账号',
  audit: '审计',
};

/** Pages that stand side by side under one word of the navigation, which would else grow longer than the bar. */
const groups: readonly { readonly name: string; readonly pages: readonly PageKey[] }[] = [
  {
    name: '预约',
    pages: [
      'bookings',
      'waitlist',
      'calendar',
      'policy',
      'releases',
      'use',
      'signals',
      'appeals',
      'checks',
      'codes',
    ],
  },
];

/** In the order of the navigation; the first is where the role starts. */
const pagesOf: Record<StaffRole, readonly PageKey[]> = {
  clerk: ['desk', 'bookings', 'checks', 'cases'],
  courier_desk: ['parcels'],
  manager: [
    'overview',
    'desk',
    'bookings',
    'waitlist',
    'calendar',
    'policy',
    'releases',
    'use',
    'signals',
    'appeals',
    'checks',
    'codes',
    'cases',
    'parcels',
    'ratings',
    'payments',
  ],
  admin: ['staff', 'audit'],
  display: [],
};

export interface NavigationEntry {
  readonly name: string;
  /** The first is where the entry leads; more than one make a second row below the bar. */
  readonly pages: readonly PageKey[];
}

export function navigationFor(role: StaffRole): NavigationEntry[] {
  const entries = new Map<string, NavigationEntry>();
  for (const page of pagesOf[role]) {
    const group = groups.find(({ pages }) => pages.includes(page));
    const key = group?.name ?? page;
    const together = [...(entries.get(key)?.pages ?? []), page];
    const name = group && together.length > 1 ? group.name : pageNames[page];
    entries.set(key, { name, pages: together });
  }
  return [...entries.values()];
}

export function mayOpen(role: StaffRole, page: PageKey): boolean {
  return pagesOf[role].includes(page);
}

export function startPageOf({ role, hallId }: Pick<StaffAccount, 'role' | 'hallId'>): string {
  const first = pagesOf[role][0];
  return first ? `/${first}` : hallId ? `/display/${hallId}` : '/display';
}
