import { startSimulators } from '@haoban/simulators';
import { newId } from '../../../apps/api/src/common/id.js';
import { Transactions } from '../../../apps/api/src/db/transactions.js';
import { InboxMessageEntity } from '../../../apps/api/src/notifications/notification.entity.js';
import { templates } from '../../../apps/api/src/notifications/templates.js';
import { Outbox } from '../../../apps/api/src/outbox/outbox.service.js';
import type { Tell } from '../../../apps/api/src/outbox/topics.js';
import { testServices } from '../services.js';
import { simulatorsConfig, testEnvironment } from '../test-config.js';
import { newWorld, type World } from '../world.js';
import { newCitizen, type TestCitizen } from './citizen.js';

type TemplateKey = Tell['template'];

export interface PhoneMessage {
  readonly templateId: string;
  readonly page: string | null;
  readonly lines: readonly { key: string; value: string }[];
}

/** A world whose WeChat knows our templates and no others, field by field, as the real account does. */
export interface TellingWorld {
  readonly world: World;
  /** Somebody with a phone in this WeChat. */
  citizen(): Promise<TestCitizen>;
  /** The person says yes: to WeChat, and to us. */
  grant(citizen: TestCitizen, key: TemplateKey, count?: number): Promise<void>;
  /** What arrived on the phone. */
  messages(citizen: TestCitizen): Promise<PhoneMessage[]>;
  act(path: string, body: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function newTellingWorld(): Promise<TellingWorld> {
  const config = simulatorsConfig(testEnvironment(await testServices(), 0));
  const known = Object.values(templates).map(({ templateId, ...rest }) => [templateId, rest] as const);
  const wechat = {
    ...config.wechat,
    templates: Object.fromEntries(
      known.map(([id, { title, fields }]) => [id, { title, fields: { ...fields } }]),
    ),
  };
  const simulators = await startSimulators({ ...config, wechat });
  const { url } = simulators.wechat;
  const world = await newWorld({ env: { WECHAT_BASE_URL: url } });
  const act = async (path: string, body: object) => {
    const answer = await fetch(`${url}/_sim/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    world,
    act,
    async citizen() {
      const { openid } = await act('login', { user: newId() });
      return newCitizen(world, { openid: String(openid) });
    },
    async grant({ client, openid }, key, count = 1) {
      await act('grant', { openid, templateId: templates[key].templateId, count });
      for (let n = 0; n < count; n++) {
        await client.notifications.recordGrants({ results: [{ key, result: 'accept' }] });
      }
    },
    async messages({ openid }) {
      const answer = await fetch(`${url}/_sim/messages?openid=${openid}`);
      return ((await answer.json()) as { messages: PhoneMessage[] }).messages;
    },
    async close() {
      await world.close();
      await simulators.close();
    },
  };
}

/** Something to tell, valid for its template. */
export function tellOf(citizenId: string, change: Partial<Tell> = {}): Tell {
  return {
    template: 'case_progress',
    citizenId,
    dedupeKey: `test:${newId()}`,
    title: '办件进度：审核中',
    body: '您的办件有了新的进度。',
    page: 'pages/cases/detail/index?id=1',
    data: {
      thing1: '不动产转移登记',
      character_string2: 'RCSM20260714000001X',
      phrase3: '审核中',
      time4: '2026-07-14 09:30',
    },
    ...change,
  };
}

/** As a feature tells: through the outbox. */
export async function tell(world: World, message: Tell): Promise<void> {
  await world.get(Transactions).run((em) => world.get(Outbox).add(em, 'notifications.tell', message));
}

/** Newest first, with what became of it at WeChat. */
export function inboxRows(world: World, citizenId: string): Promise<InboxMessageEntity[]> {
  return world.dataSource
    .getRepository(InboxMessageEntity)
    .find({ where: { citizenId }, order: { id: 'DESC' } });
}
