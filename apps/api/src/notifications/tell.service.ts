import { Injectable } from '@nestjs/common';
import { WechatClient, type SubscribeResult } from '@haoban/wechat';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { CitizensService } from '../identity/citizens.service.js';
import type { JobInfo } from '../outbox/job.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { Tell } from '../outbox/topics.js';
import { GrantsService } from './grants.service.js';
import { InboxMessageEntity } from './notification.entity.js';
import { fieldFaults, templates } from './templates.js';

type Settled = Pick<InboxMessageEntity, 'sendState' | 'sendNote' | 'sentAt'>;

/** Tells citizens: a copy in the inbox always, a subscribe message where one is allowed. */
@Injectable()
export class TellService {
  constructor(
    @InjectRepository(InboxMessageEntity) private readonly messages: Repository<InboxMessageEntity>,
    private readonly transactions: Transactions,
    private readonly grants: GrantsService,
    private readonly citizens: CitizensService,
    private readonly wechat: WechatClient,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Told twice is one message: the dedupe key has the last word. */
  async receive(tell: Tell): Promise<void> {
    const { citizenId, template } = tell;
    await this.transactions.run(async (em) => {
      const id = newId();
      if (!(await this.insert(em, id, tell))) return;
      const faults = fieldFaults(template, tell.data);
      if (faults.length > 0) {
        const sendNote = `fields: ${faults.join(' ')}`.slice(0, 120);
        await em.update(InboxMessageEntity, { id }, { sendState: 'invalid', sendNote });
        return;
      }
      if (!(await this.grants.take(em, citizenId, template))) return;
      await em.update(InboxMessageEntity, { id }, { sendState: 'pending' });
      await this.outbox.add(em, 'notifications.send', { messageId: id });
    });
  }

  /** One try at WeChat. @throws Error where another try may succeed */
  async send(messageId: string, job: JobInfo): Promise<void> {
    const message = await this.messages.findOneBy({ id: messageId });
    if (message?.sendState !== 'pending') return;
    const { openid } = await this.citizens.get(message.citizenId);
    const result = await this.wechat.sendSubscribeMessage({
      openid,
      templateId: templates[message.template].templateId,
      data: message.data,
      ...(message.page ? { page: message.page } : {}),
    });
    if (result.outcome === 'retry' && !job.lastAttempt) throw new Error(`WeChat: ${result.code}, try again`);
    await this.settle(message, result);
  }

  private async insert(em: EntityManager, id: string, tell: Tell): Promise<boolean> {
    try {
      await em.insert(InboxMessageEntity, {
        id,
        citizenId: tell.citizenId,
        dedupeKey: tell.dedupeKey,
        template: tell.template,
        title: cut(tell.title, 60),
        body: cut(tell.body, 300),
        page: tell.page,
        data: tell.data,
        sendState: 'none',
        sendNote: null,
        sentAt: null,
        readAt: null,
        createdAt: this.clock.now(),
      });
      return true;
    } catch (error) {
      if (violatedIndex(error) === 'ux_inbox_dedupe') return false;
      throw error;
    }
  }

  private async settle(
    { id, citizenId, template }: InboxMessageEntity,
    result: SubscribeResult,
  ): Promise<void> {
    await this.transactions.run(async (em) => {
      const { affected } = await em.update(
        InboxMessageEntity,
        { id, sendState: 'pending' },
        settledAs(result, this.clock.now()),
      );
      // Another run of the same job was faster.
      if (affected !== 1) return;
      if (noGrantLeft(result)) await this.grants.clear(em, citizenId, template);
      else if (!mayBeSent(result)) await this.grants.putBack(em, citizenId, template);
    });
  }
}

/** 43101: refused or nothing left; 43107: the person bars our messages. 40003 is about the address, not the grant. */
function noGrantLeft(result: SubscribeResult): boolean {
  return result.outcome === 'refused' && result.code !== '40003';
}

function mayBeSent(result: SubscribeResult): boolean {
  return result.outcome === 'sent' || (result.outcome === 'retry' && result.maybeSent);
}

/** Notes hold codes and field names, never values. */
function settledAs(result: SubscribeResult, now: Date): Settled {
  switch (result.outcome) {
    case 'sent':
      return { sendState: 'sent', sendNote: null, sentAt: now };
    case 'refused':
      return {
        sendState: noGrantLeft(result) ? 'refused' : 'invalid',
        sendNote: result.code,
        sentAt: null,
      };
    case 'invalid':
      return { sendState: 'invalid', sendNote: `${result.code} ${result.field ?? ''}`.trim(), sentAt: null };
    case 'retry':
      return { sendState: 'invalid', sendNote: `gave up: ${result.code}`, sentAt: null };
  }
}

function cut(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}
