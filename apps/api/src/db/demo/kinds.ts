import type { VisitKind } from '@haoban/domain';
import type { DemoQueue } from './types.js';

/** Items that can be dealt with otherwise than at the window, and how; everything can be done at the window too. */
const otherwise: Readonly<Record<string, readonly VisitKind[]>> = {
  // 社保医保: advice from afar, and the card brought to people who can't come.
  'flexible-insurance': ['phone', 'video'],
  'medical-elsewhere': ['phone', 'video'],
  'pension-transfer': ['phone', 'video'],
  retirement: ['phone', 'video', 'home'],
  'social-security-card': ['home'],
  'work-injury': ['phone'],
  // 住房公积金
  'fund-loan': ['phone'],
  'fund-purchase': ['phone'],
  'fund-rent': ['phone'],
  // 税务
  'income-tax-annual': ['phone', 'video'],
  'new-taxpayer': ['phone', 'video'],
  'tax-clearance': ['phone', 'video'],
  // 残联 and 民政: assessors come to the home.
  'assistive-device': ['home'],
  'disability-card': ['home'],
  'disability-subsidy': ['home'],
  'elder-allowance': ['home'],
  // 工程建设: 代办
  'building-planning-permit': ['agent'],
  'construction-permit': ['agent'],
  'fire-acceptance': ['agent'],
  'land-planning-permit': ['agent'],
};

/** What both the item and the queue of that hall allow; null where that is the window only. */
export function kindsOf(slug: string, { booking }: DemoQueue): readonly VisitKind[] | null {
  const offered = new Set(booking.map(({ kind }) => kind));
  const more = (otherwise[slug] ?? []).filter((kind) => offered.has(kind));
  return more.length > 0 ? ['window', 'after_hours', ...more] : null;
}
