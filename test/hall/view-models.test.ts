import type { DeskTicket, DeskView, HallCase, HallDelivery } from '@haoban/contracts';
import { staffRoles } from '@haoban/domain';
import { describe, expect, it } from '@jest/globals';
import { auditWord, subjectWord } from '../../apps/hall/src/accounts/audit-words.js';
import { caseButtons } from '../../apps/hall/src/cases/case-actions.js';
import { punctuality, runningOf, whenOf } from '../../apps/hall/src/common/format.js';
import { newer } from '../../apps/hall/src/common/use-live.js';
import { possibleActs } from '../../apps/hall/src/desk/desk-model.js';
import { addPoint, polyline, type Point } from '../../apps/hall/src/overview/trend.js';
import { found, mismatch, readWaybill } from '../../apps/hall/src/parcels/scan-model.js';
import {
  mayOpen,
  navigationFor,
  pageNames,
  startPageOf,
  type PageKey,
} from '../../apps/hall/src/session/pages.js';

const NOW = new Date('2026-07-14T01:30:00Z');

describe('the audit trail', () => {
  it('is told in words, and by the own name where this page does not know it yet', () => {
    expect([auditWord('calendar.close'), subjectWord('queue')]).toEqual(['停办', '队列']);
    expect([auditWord('moon.land'), subjectWord('moon')]).toEqual(['其他操作', 'moon']);
  });
});

describe('the desk', () => {
  const ticket = (state: DeskTicket['state']) => ({ state }) as DeskTicket;
  const view = (over: Partial<DeskView>, status: DeskView['desk']['status'] = 'open') =>
    ({ desk: { status }, current: null, waiting: [], ...over }) as unknown as DeskView;
  const acts = (...args: Parameters<typeof view>) => [...possibleActs(view(...args))].sort();

  it('calls only while it is free, open and somebody waits', () => {
    expect(acts({ waiting: [ticket('waiting')] })).toEqual(['callNext', 'callTicket', 'close', 'pause']);
    expect(acts({})).not.toContain('callNext');
    expect(acts({ waiting: [ticket('waiting')] }, 'paused')).toEqual(['close', 'resume']);
  });

  it('offers for whom it has what the ticket table allows', () => {
    expect(acts({ current: ticket('called') })).toEqual(['noShow', 'pause', 'recall', 'start']);
    expect(acts({ current: ticket('serving') })).toEqual(['finish', 'openCase', 'pause']);
  });
});

describe('a case', () => {
  const found = (actions: HallCase['actions']) =>
    ({
      itemName: '换证',
      applicantMasked: '李*',
      stages: [],
      certificateName: null,
      actions,
    }) as unknown as HallCase;

  it('has a button for each allowed action, but refusals for the manager only', () => {
    const ids = (role: 'clerk' | 'manager') =>
      caseButtons(found(['decide', 'suspend', 'notAccept']), role).map(({ id }) => id);
    expect(ids('clerk')).toEqual(['grant', 'suspend']);
    expect(ids('manager')).toEqual(['grant', 'suspend', 'refuse', 'notAccept']);
  });

  it('never has the same key on two buttons that can stand together', () => {
    const together: HallCase['actions'][] = [
      ['advance', 'askCorrection', 'suspend', 'notAccept'],
      ['decide', 'suspend'],
      ['issueCertificate', 'close', 'handOverCertificate'],
      ['resume'],
      ['receiveCorrection', 'notAccept'],
    ];
    for (const actions of together) {
      const keys = caseButtons(found(actions), 'manager').map(({ hotkey }) => hotkey);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('scanning', () => {
  const parcel = {
    actions: ['hand_over'],
    waybillNo: 'EA834378487CN',
    contents: '不动产权证书',
    certificateNo: 'Z1',
  };

  it('reads a waybill in whatever width and spacing it was typed', () => {
    expect(readWaybill(' 1234 5678 90123 ')).toBe('1234567890123');
    expect(readWaybill('ＥＡ834378487cn')).toBe('EA834378487CN');
    expect(readWaybill('12345')).toBeUndefined();
  });

  it('asks for the certificate only of a parcel that is to be handed over', () => {
    expect(found(parcel as unknown as HallDelivery, 'EA834378487CN').scan.step).toBe('certificate');
    const gone = { ...parcel, actions: [], stateText: '已交给邮政', caseNo: 'X' } as unknown as HallDelivery;
    expect(found(gone, 'EA834378487CN')).toMatchObject({
      scan: { step: 'waybill' },
      verdict: { kind: 'bad' },
    });
  });

  it('says what belongs into the parcel where another certificate was scanned', () => {
    const { scan } = found(parcel as unknown as HallDelivery, 'EA834378487CN');
    expect(mismatch(scan, 'WAYBILL_MISMATCH', '')).toMatchObject({
      kind: 'bad',
      title: '证照与面单不是一件',
    });
    expect(mismatch(scan, 'BUSY', '请稍后')).toMatchObject({ kind: 'bad', text: '请稍后' });
  });
});

describe('times', () => {
  it('are told by day as people say it', () => {
    expect(whenOf('2026-07-14T01:42:00Z', NOW)).toBe('今天 09:42');
    expect(whenOf('2026-07-13T07:10:00Z', NOW)).toBe('昨天 15:10');
    expect(whenOf('2025-12-31T01:00:00Z', NOW)).toBe('2025年12月31日 周三 09:00');
  });

  it('run in minutes and seconds, and never backwards', () => {
    expect(runningOf('2026-07-14T01:23:48Z', NOW)).toBe('6:12');
    expect(runningOf('2026-07-14T00:27:51Z', NOW)).toBe('1:02:09');
    expect(runningOf('2026-07-14T01:31:00Z', NOW)).toBe('0:00');
  });

  it('say whether a booking was kept, as the server found by the hall’s rules', () => {
    expect(punctuality('on_time', '2026-07-14T01:30:00Z', '2026-07-14T01:25:00Z')).toBe('准时');
    expect(punctuality('early', '2026-07-14T01:30:00Z', '2026-07-14T01:00:00Z')).toBe('提前 30 分钟');
    expect(punctuality('late', '2026-07-14T01:30:00Z', '2026-07-14T01:42:00Z')).toBe('迟到 12 分钟');
    expect(punctuality('late', '2026-07-14T01:30:00Z', '2026-07-14T01:30:10Z')).toBe('迟到 1 分钟');
  });
});

describe('live states', () => {
  it('never go back to an older version, and take an equal one, for waits move with the clock', () => {
    const shown = { version: 5, at: 'shown' };
    expect(newer(shown, { version: 4, at: 'late' })).toBe(shown);
    expect(newer(shown, { version: 5, at: 'same' }).at).toBe('same');
    expect(newer(undefined, shown)).toBe(shown);
  });
});

describe('the trend', () => {
  it('keeps two hours in steps, with the latest figure at its end', () => {
    let points: readonly Point[] = [];
    for (let minute = 0; minute < 180; minute++)
      points = addPoint(points, { at: minute * 60_000, waiting: minute % 7 });
    expect(points.length).toBeLessThanOrEqual(121);
    expect(points.at(-1)).toEqual({ at: 179 * 60_000, waiting: 179 % 7 });
    expect(polyline(points, 300, 52).split(' ')).toHaveLength(points.length);
  });
});

describe('pages', () => {
  it('start where the role works, and open no other role’s', () => {
    expect(startPageOf({ role: 'clerk', hallId: 'h' })).toBe('/desk');
    expect(startPageOf({ role: 'courier_desk', hallId: 'h' })).toBe('/parcels');
    expect(startPageOf({ role: 'manager', hallId: 'h' })).toBe('/overview');
    expect(startPageOf({ role: 'admin', hallId: null })).toBe('/staff');
    expect(startPageOf({ role: 'display', hallId: 'h' })).toBe('/display/h');
    expect(mayOpen('clerk', 'payments')).toBe(false);
    expect(mayOpen('courier_desk', 'desk')).toBe(false);
  });

  it('are each reached by one entry of the navigation', () => {
    for (const role of staffRoles) {
      const reached = navigationFor(role).flatMap(({ pages }) => pages);
      expect(new Set(reached).size).toBe(reached.length);
      expect(reached.every((page) => mayOpen(role, page))).toBe(true);
      expect(Object.keys(pageNames).filter((page) => mayOpen(role, page as PageKey)).length).toBe(
        reached.length,
      );
    }
  });
});
