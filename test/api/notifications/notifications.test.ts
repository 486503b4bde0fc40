import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TemplateKey } from '@haoban/contracts';
import { templates } from '../../../apps/api/src/notifications/templates.js';
import { openCase, toClosed } from '../../support/builders/cases.js';
import { newCitizen, type TestCitizen } from '../../support/builders/citizen.js';
import { seedCity } from '../../support/builders/city.js';
import {
  inboxRows,
  newTellingWorld,
  tell,
  tellOf,
  type TellingWorld,
} from '../../support/builders/notifications.js';
import type { World } from '../../support/world.js';

let telling: TellingWorld;
let world: World;
beforeAll(async () => {
  telling = await newTellingWorld();
  ({ world } = telling);
});
afterAll(() => telling.close());

const remaining = async ({ client }: TestCitizen, key: TemplateKey = 'case_progress') => {
  const { items } = await client.notifications.recordGrants({ results: [{ key, result: 'reject' }] });
  return items[0]?.remaining;
};

describe('the ledger of grants', () => {
  it('adds up accepts, ignores a refusal, and forgets all on a ban', async () => {
    const { client } = await newCitizen(world);
    const record = async (...results: ('accept' | 'reject' | 'ban' | 'filter')[]) => {
      const answer = await client.notifications.recordGrants({
        results: results.map((result) => ({ key: 'ticket_called', result })),
      });
      return answer.items;
    };
    expect(await record('accept', 'accept')).toEqual([{ key: 'ticket_called', remaining: 2 }]);
    expect(await record('reject', 'filter', 'accept')).toEqual([{ key: 'ticket_called', remaining: 3 }]);
    expect(await record('ban')).toEqual([{ key: 'ticket_called', remaining: 0 }]);
    expect((await client.notifications.recordGrants({ results: [] })).items).toEqual([]);
  });

  it('counts each template and each person for itself', async () => {
    const { client } = await newCitizen(world);
    const results = [
      { key: 'ticket_soon', result: 'accept' },
      { key: 'case_closed', result: 'reject' },
    ] as const;
    expect((await client.notifications.recordGrants({ results: [...results] })).items).toEqual([
      { key: 'case_closed', remaining: 0 },
      { key: 'ticket_soon', remaining: 1 },
    ]);
    expect(await remaining(await newCitizen(world), 'ticket_soon')).toBe(0);
  });

  it('refuses a template that does not exist', async () => {
    const { client } = await newCitizen(world);
    const wrong = [{ key: 'lottery', result: 'accept' }] as never;
    await expect(client.notifications.recordGrants({ results: wrong })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('telling', () => {
  it('leaves a copy in the inbox and sends nothing without a grant', async () => {
    const citizen = await telling.citizen();
    await tell(world, tellOf(citizen.id));
    await world.drain();
    expect(await telling.messages(citizen)).toEqual([]);
    const { items, unread } = await citizen.client.notifications.listInbox({});
    expect(unread).toBe(1);
    expect(items[0]).toMatchObject({ template: 'case_progress', title: '办件进度：审核中', readAt: null });
  });

  it('sends where one is allowed, and uses it up', async () => {
    const citizen = await telling.citizen();
    await telling.grant(citizen, 'case_progress', 2);
    await tell(world, tellOf(citizen.id));
    await world.drain();
    const [message] = await telling.messages(citizen);
    expect(message).toMatchObject({
      templateId: templates.case_progress.templateId,
      page: 'pages/cases/detail/index?id=1',
    });
    expect(await inboxRows(world, citizen.id)).toMatchObject([{ sendState: 'sent', sentAt: world.now }]);
    expect(await remaining(citizen)).toBe(1);
  });

  it('takes 43101 as the end of all grants', async () => {
    const citizen = await telling.citizen();
    const accept = { key: 'case_progress', result: 'accept' } as const;
    await citizen.client.notifications.recordGrants({ results: [accept, accept, accept] });
    await tell(world, tellOf(citizen.id));
    await world.drain();
    expect(await inboxRows(world, citizen.id)).toMatchObject([{ sendState: 'refused', sendNote: '43101' }]);
    expect(await remaining(citizen)).toBe(0);
  });

  it('gives up at once on an openid that WeChat does not know, and keeps the grant', async () => {
    const citizen = await newCitizen(world);
    await citizen.client.notifications.recordGrants({
      results: [{ key: 'case_progress', result: 'accept' }],
    });
    await tell(world, tellOf(citizen.id));
    await world.drain();
    expect(await inboxRows(world, citizen.id)).toMatchObject([{ sendState: 'invalid', sendNote: '40003' }]);
    expect(await remaining(citizen)).toBe(1);
  });

  it('gives up at once on a value or field that does not fit, and names the field only', async () => {
    const citizen = await telling.citizen();
    await telling.grant(citizen, 'case_progress', 2);
    const { data } = tellOf(citizen.id);
    await tell(world, tellOf(citizen.id, { data: { ...data, phrase3: 'reviewing!' } }));
    await world.drain();
    await tell(world, tellOf(citizen.id, { data: { thing1: '事项', name9: '陈秀梅' } }));
    await world.drain();
    const [second, first] = await inboxRows(world, citizen.id);
    expect(first).toMatchObject({ sendState: 'invalid', sendNote: 'INVALID_INPUT phrase3' });
    expect(second).toMatchObject({
      sendState: 'invalid',
      sendNote: 'fields: character_string2 phrase3 time4 name9',
    });
    expect(await remaining(citizen)).toBe(2);
    expect(await telling.messages(citizen)).toEqual([]);
  });

  it('tries again where WeChat is busy or silent', async () => {
    const citizen = await telling.citizen();
    await telling.grant(citizen, 'case_progress');
    await telling.act('fault', { mode: 'fail', route: '/cgi-bin/message/subscribe/send', count: 2 });
    await tell(world, tellOf(citizen.id));
    await world.drain({ retries: true });
    expect(await telling.messages(citizen)).toHaveLength(1);
    expect(await inboxRows(world, citizen.id)).toMatchObject([{ sendState: 'sent' }]);
    expect(await remaining(citizen)).toBe(0);
  });

  it('gives up after the last try, and keeps the grant', async () => {
    const citizen = await telling.citizen();
    await telling.grant(citizen, 'case_progress');
    await telling.act('fault', { mode: 'fail', route: '/cgi-bin/message/subscribe/send', count: 6 });
    await tell(world, tellOf(citizen.id));
    await world.drain({ retries: true });
    const [row] = await inboxRows(world, citizen.id);
    expect(row?.sendState).toBe('invalid');
    expect(row?.sendNote).toMatch(/^gave up: /);
    expect(await remaining(citizen)).toBe(1);
  });

  it('cuts what is too long for the inbox', async () => {
    const citizen = await telling.citizen();
    await tell(world, tellOf(citizen.id, { title: '长'.repeat(80), body: '文'.repeat(400) }));
    await world.drain();
    const [message] = (await citizen.client.notifications.listInbox({})).items;
    expect(message?.title).toHaveLength(60);
    expect(message?.body).toHaveLength(300);
  });
});

describe('many at once', () => {
  it('keeps one message where the same thing is told ten times', async () => {
    const citizen = await telling.citizen();
    await telling.grant(citizen, 'case_progress', 3);
    const message = tellOf(citizen.id);
    await Promise.all(Array.from({ length: 10 }, () => tell(world, message)));
    await world.drain();
    expect(await inboxRows(world, citizen.id)).toHaveLength(1);
    expect(await telling.messages(citizen)).toHaveLength(1);
    expect(await remaining(citizen)).toBe(2);
  });

  it('sends one of five messages where one is allowed, and keeps all five', async () => {
    const citizen = await telling.citizen();
    await telling.grant(citizen, 'case_progress');
    await Promise.all(Array.from({ length: 5 }, () => tell(world, tellOf(citizen.id))));
    await world.drain();
    expect(await telling.messages(citizen)).toHaveLength(1);
    const states = (await inboxRows(world, citizen.id)).map(({ sendState }) => sendState).sort();
    expect(states).toEqual(['none', 'none', 'none', 'none', 'sent']);
    expect(await remaining(citizen)).toBe(0);
  });

  it('counts accepts that arrive together', async () => {
    const citizen = await telling.citizen();
    const results = [{ key: 'case_closed', result: 'accept' }] as const;
    const record = () => citizen.client.notifications.recordGrants({ results: [...results] });
    await Promise.all(Array.from({ length: 10 }, record));
    expect(await remaining(citizen, 'case_closed')).toBe(10);
  });
});

describe('the inbox', () => {
  it('pages, counts what is unread, and marks some or all as read', async () => {
    const citizen = await newCitizen(world);
    const { notifications } = citizen.client;
    for (let n = 1; n <= 3; n++) {
      await tell(world, tellOf(citizen.id, { title: `消息${n}` }));
      await world.drain();
    }
    const first = await notifications.listInbox({ limit: 2 });
    expect(first.items.map(({ title }) => title)).toEqual(['消息3', '消息2']);
    const second = await notifications.listInbox({ limit: 2, cursor: first.nextCursor ?? undefined });
    expect(second).toMatchObject({ nextCursor: null, unread: 3, items: [{ title: '消息1' }] });
    const ids = first.items.slice(0, 1).map(({ id }) => id);
    expect(await notifications.markRead({ ids })).toEqual({ unread: 2 });
    expect((await notifications.listInbox({})).items[0]?.readAt).toBe(world.now.toISOString());
    expect(await notifications.markRead({})).toEqual({ unread: 0 });
  });

  it('is nobody else’s to read or mark', async () => {
    const [owner, other] = [await newCitizen(world), await newCitizen(world)];
    await tell(world, tellOf(owner.id));
    await world.drain();
    const [message] = (await owner.client.notifications.listInbox({})).items;
    expect((await other.client.notifications.listInbox({})).items).toEqual([]);
    await other.client.notifications.markRead({ ids: [message?.id ?? ''] });
    await other.client.notifications.markRead({});
    expect((await owner.client.notifications.listInbox({})).unread).toBe(1);
  });
});

describe('what the features tell', () => {
  it('fits its template field by field, all along the thread, and names nobody', async () => {
    await seedCity(world);
    const opened = await openCase(world, { steps: '2+1', certificate: true });
    const { citizen, desk } = opened;
    await desk.finish();
    await toClosed(opened);
    await world.drain();
    const rows = await inboxRows(world, citizen.id);
    const told = new Set(rows.map(({ template }) => template));
    expect([...told].sort()).toEqual(['case_closed', 'case_progress', 'rating_invited', 'ticket_called']);
    for (const { sendState, sendNote } of rows) expect([sendState, sendNote]).toEqual(['none', null]);
    const text = JSON.stringify(rows);
    for (const secret of [citizen.name, citizen.idNumber, citizen.phone]) expect(text).not.toContain(secret);
  });

  it('reaches the phone: every message of a case is accepted by WeChat', async () => {
    const citizen = await telling.citizen();
    for (const key of ['case_progress', 'case_closed', 'rating_invited', 'ticket_called'] as const) {
      await telling.grant(citizen, key, 6);
    }
    const opened = await openCase(world, { steps: '2+1', certificate: true }, citizen);
    await opened.desk.finish();
    await toClosed(opened);
    await world.drain();
    const rows = await inboxRows(world, citizen.id);
    expect(
      rows
        .filter(({ sendState }) => sendState !== 'sent')
        .map(({ template, sendNote }) => [template, sendNote]),
    ).toEqual([]);
    expect(await telling.messages(citizen)).toHaveLength(rows.length);
  });
});

describe('the templates', () => {
  it('are listed for the phone, each id once', async () => {
    const { items } = await world.client().notifications.templates();
    expect(items.map(({ key }) => key)).toEqual(TemplateKey.options);
    expect(new Set(items.map(({ templateId }) => templateId)).size).toBe(items.length);
  });

  it('ask for no name and no ID number', () => {
    const fields = Object.values(templates).flatMap((each) => Object.keys(each.fields));
    expect(fields.filter((field) => /^(name|car_number|phone_number)/.test(field))).toEqual([]);
  });
});
