import { describe, expect, it } from '@jest/globals';
import { isItemCode } from '@haoban/domain';
import { demoCity } from '../../apps/api/src/db/demo/index.js';
import type { DemoDuration } from '../../apps/api/src/db/demo/types.js';
import { hasValidCreditCode } from './check-codes.js';

const { items, departments, queues } = demoCity;
const distinct = (values: readonly unknown[]) => new Set(values).size === values.length;

/** A workday of the shorter hall: 6.5 hours. */
const unitMinutes: Record<DemoDuration['unit'], number> = { minute: 1, hour: 60, workday: 390 };
const minutesOf = ({ value, unit }: DemoDuration) => value * unitMinutes[unit];

describe('the service items', () => {
  it('are at least sixty, each with slug, name, code and rank of its own', () => {
    expect(items.length).toBeGreaterThanOrEqual(60);
    for (const field of ['slug', 'name', 'code', 'popularRank'] as const) {
      expect(distinct(items.map((item) => item[field]))).toBe(true);
    }
  });

  it.each(items.map((item) => [item.slug, item] as const))(
    '%s has a valid code of its department',
    (_, item) => {
      const body = departments.find((department) => department.code === item.department);
      expect(item.code).toHaveLength(31);
      expect(item.code.slice(0, 18)).toBe(body?.uscc);
      expect(hasValidCreditCode(item.code.slice(0, 18))).toBe(true);
      expect(item.code.slice(18)).toMatch(/^3\d{2}(01|05|07|10|20)\d{8}$/);
      expect(isItemCode(item.code)).toBe(true);
    },
  );

  it.each(items.map((item) => [item.slug, item] as const))(
    '%s promises no more than the law allows',
    (_, item) => {
      expect(item.promised.value).toBeGreaterThan(0);
      expect(minutesOf(item.promised)).toBeLessThanOrEqual(minutesOf(item.statutory));
      if (item.kind === 'instant') expect(item.promised.unit).not.toBe('workday');
    },
  );

  it('are partly promised in minutes and in hours, partly 即办 and partly 承诺, with 1+1, 2+1 and 3+1 steps', () => {
    expect(items.filter((item) => item.promised.unit === 'minute').length).toBeGreaterThanOrEqual(10);
    expect(items.filter((item) => item.promised.unit === 'hour').length).toBeGreaterThanOrEqual(5);
    expect(items.filter((item) => item.kind === 'instant').length).toBeGreaterThanOrEqual(20);
    expect(items.filter((item) => item.kind === 'promised').length).toBeGreaterThanOrEqual(20);
    for (const steps of ['1+1', '2+1', '3+1'] as const) {
      expect(items.filter((item) => item.steps === steps).length).toBeGreaterThanOrEqual(8);
    }
    for (const audience of ['person', 'company', 'both'] as const) {
      expect(items.some((item) => item.audience === audience)).toBe(true);
    }
  });

  it.each(items.map((item) => [item.slug, item] as const))(
    '%s is handled at queues that exist',
    (_, item) => {
      expect(item.places.map((place) => place.queue)).toEqual(item.queues);
      expect(item.places.length).toBeGreaterThanOrEqual(1);
      expect(distinct(item.places.map((place) => place.hall))).toBe(true);
      for (const place of item.places) {
        const queue = queues.find((candidate) => candidate.code === place.queue);
        expect([place.hall, place.floor, place.zone]).toEqual([queue?.hall, queue?.floor, queue?.zone]);
      }
    },
  );

  it.each(items.map((item) => [item.slug, item] as const))(
    '%s fits into the slots that it books',
    (_, item) => {
      const { p50, p80 } = item.serviceMinutes;
      expect(p50).toBeGreaterThan(0);
      expect(p80).toBeGreaterThan(p50);
      for (const code of item.queues) {
        const rules = queues.find((queue) => queue.code === code)?.booking ?? [];
        for (const rule of rules) expect(item.slotsNeeded * rule.slotMinutes).toBeGreaterThanOrEqual(p80);
      }
    },
  );

  it.each(items.map((item) => [item.slug, item] as const))(
    '%s tells what to bring and what is asked',
    (_, item) => {
      expect(item.materials.length).toBeGreaterThanOrEqual(2);
      expect(item.materials.length).toBeLessThanOrEqual(6);
      expect(item.materials.some((material) => material.required)).toBe(true);
      expect(distinct(item.materials.map((material) => material.name))).toBe(true);
      for (const material of item.materials) {
        expect(material.originals + material.copies).toBeGreaterThanOrEqual(1);
        expect(material.sample.title).not.toBe('');
        expect(material.sample.fields.length).toBeGreaterThanOrEqual(2);
        expect(distinct(material.sample.fields.map((field) => field.label))).toBe(true);
      }
      expect(item.conditions.length).toBeGreaterThanOrEqual(1);
      expect(item.process.length).toBeGreaterThanOrEqual(2);
      expect(item.legalBasis.length).toBeGreaterThanOrEqual(1);
      for (const basis of item.legalBasis) {
        expect(basis.law).toMatch(/^《.+》/);
        if (basis.article !== null) expect(basis.article).toMatch(/^第[零一二三四五六七八九十百千]+条$/);
      }
      expect(item.faq.length).toBeGreaterThanOrEqual(1);
      expect(item.faq.length).toBeLessThanOrEqual(3);
      expect(item.keywords.length).toBeGreaterThanOrEqual(3);
      for (const fee of item.fees) expect(Number.isInteger(fee.fen) && fee.fen > 0).toBe(true);
    },
  );

  it('are sent by courier only where there is something to send', () => {
    for (const item of items.filter((candidate) => candidate.courierAllowed)) {
      expect([item.slug, item.certificateName === null]).toEqual([item.slug, false]);
    }
    expect(items.filter((item) => item.courierAllowed).length).toBeGreaterThanOrEqual(20);
    expect(items.filter((item) => item.zeroVisit).length).toBeGreaterThanOrEqual(10);
    expect(items.filter((item) => !item.bookable).length).toBeGreaterThanOrEqual(1);
  });

  it('need at most 2+1 steps where they are a public service (type 20)', () => {
    const services = items.filter((item) => item.baseCode.slice(2, 4) === '20');
    expect(services.length).toBeGreaterThan(5);
    for (const item of services) expect([item.slug, item.steps === '3+1']).toEqual([item.slug, false]);
  });

  it('include every hot one', () => {
    const slugs = items.map((item) => item.slug);
    expect(distinct(demoCity.hotItems)).toBe(true);
    for (const slug of demoCity.hotItems) expect(slugs).toContain(slug);
  });
});
