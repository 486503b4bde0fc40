import type { CitizenSession } from '@haoban/contracts';
import { WechatClient, WechatError, type WechatSession } from '@haoban/wechat';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Transactions } from '../db/transactions.js';
import { CitizenEntity } from './citizen.entity.js';
import { toCitizen } from './identity.mapper.js';
import { PersonCipher } from './person-cipher.js';
import { SessionsService } from './sessions.service.js';

/** 40029 invalid or old, 40163 used before, 41008 missing: developers.weixin.qq.com, 小程序登录, 错误码. */
const BAD_CODE = new Set(['40029', '40163', '41008']);
/** 高风险等级用户，小程序登录拦截 */
const BLOCKED = '40226';

/** Signs a phone in by the code of `wx.login`; whoever comes for the first time gets a record. */
@Injectable()
export class CitizenLoginService {
  constructor(
    private readonly wechat: WechatClient,
    private readonly transactions: Transactions,
    private readonly sessions: SessionsService,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError WECHAT_CODE_INVALID, WECHAT_USER_BLOCKED, DEPENDENCY_UNAVAILABLE */
  async login(code: string): Promise<CitizenSession> {
    return this.signIn(await this.ask(code));
  }

  /** For a person that an outside party has vouched for. */
  signIn(person: WechatSession): Promise<CitizenSession> {
    return this.transactions.run(async (em) => {
      const citizen = await this.findOrAdd(em, person);
      const session = await this.sessions.open(em, { kind: 'citizen', citizenId: citizen.id });
      return { session, citizen: toCitizen(citizen, this.cipher, this.clock.now()) };
    });
  }

  private async ask(code: string): Promise<WechatSession> {
    try {
      return await this.wechat.code2Session(code);
    } catch (error) {
      if (!(error instanceof WechatError)) throw error;
      if (BAD_CODE.has(error.code)) throw new AppError('WECHAT_CODE_INVALID', undefined, { cause: error });
      if (error.code === BLOCKED) throw new AppError('WECHAT_USER_BLOCKED', undefined, { cause: error });
      throw new AppError('DEPENDENCY_UNAVAILABLE', undefined, { cause: error });
    }
  }

  private async findOrAdd(em: EntityManager, { openid, unionid }: WechatSession): Promise<CitizenEntity> {
    const known = await em.findOneBy(CitizenEntity, { openid });
    if (known) {
      if (unionid !== undefined && known.unionid !== unionid) {
        await em.update(CitizenEntity, { id: known.id }, { unionid });
      }
      return known;
    }
    const row = { id: newId(), openid, unionid: unionid ?? null, createdAt: this.clock.now() };
    // Two sign-ins of one phone may meet here: ux_citizen_openid lets one in, and both read that one.
    await em
      .createQueryBuilder()
      .insert()
      .into(CitizenEntity)
      .values(row)
      .orIgnore()
      .updateEntity(false)
      .execute();
    return em.findOneByOrFail(CitizenEntity, { openid });
  }
}
