import { pinyin } from 'pinyin-pro';
import type { ItemPlace, Material, ServiceItem } from '../../guide/catalogue.service.js';
import type { DemoItem } from '../demo/types.js';
import { demoId } from './demo-id.js';

/** What people type who skip the input method: 身份证 → sfz; letters and digits stay, other signs go. */
export function initialsOf(text: string): string {
  const letters = pinyin(text.normalize('NFKC'), { pattern: 'first', toneType: 'none', type: 'array' });
  return letters
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

export function itemRow(item: DemoItem): ServiceItem {
  const { promised, statutory, serviceMinutes } = item;
  const initials = [item.name, ...item.keywords].map(initialsOf).filter((text) => text !== '');
  return {
    id: demoId('item', item.slug),
    code: item.code,
    name: item.name,
    initials: [...new Set(initials)].join(' '),
    keywords: item.keywords.join(' '),
    departmentId: demoId('department', item.department),
    kind: item.kind,
    audience: item.audience,
    promisedValue: promised.value,
    promisedUnit: promised.unit,
    statutoryValue: statutory.value,
    statutoryUnit: statutory.unit,
    steps: item.steps,
    zeroVisit: item.zeroVisit,
    courierAllowed: item.courierAllowed,
    bookable: item.bookable,
    // A later fee applies only in the case that its name states.
    feeFen: item.fees[0]?.fen ?? 0,
    certificateName: item.certificateName,
    rank: item.popularRank,
    p50Minutes: serviceMinutes.p50,
    p80Minutes: serviceMinutes.p80,
    conditions: [...item.conditions],
    process: item.process.map(({ name, text }) => ({ name, text })),
    fees: item.fees.map(({ name, fen, basis }) => ({ name, fen, basis })),
    legalBasis: item.legalBasis.map(({ law, article, text }) => ({ law, article, text })),
    faq: item.faq.map(({ question, answer }) => ({ question, answer })),
  };
}

export function materialRows(item: DemoItem): Material[] {
  return item.materials.map(({ name, originals, copies, form, required, note, sample }, index) => ({
    id: demoId('material', `${item.slug} ${index + 1}`),
    itemId: demoId('item', item.slug),
    position: index + 1,
    name,
    originals,
    copies,
    form,
    required,
    note,
    sample: { title: sample.title, fields: sample.fields.map(({ label, value }) => ({ label, value })) },
  }));
}

/** Counted against `classPlaces`: at most so many long matters at once. */
export const LONG = 'long';
/** Both partners, a notary, or a whole project take part: nothing else fits into such a visit. */
const alone = new Set(['marriage', 'divorce', 'notarised-will', 'construction-permit']);

export function placeRows(item: DemoItem): ItemPlace[] {
  return item.places.map(({ hall, floor, zone, queue, kinds }) => ({
    id: demoId('place', `${item.slug} ${hall}`),
    itemId: demoId('item', item.slug),
    hallId: demoId('hall', hall),
    queueId: demoId('queue', queue),
    floor,
    zone,
    slotsNeeded: item.slotsNeeded,
    kinds: kinds && [...kinds],
    itemClass: item.slotsNeeded > 1 ? LONG : null,
    alone: alone.has(item.slug),
  }));
}
