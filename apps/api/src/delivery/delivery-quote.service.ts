import { quoteFeeFen, zoneBetween, type DeliveryZone } from '@haoban/domain';
import type { Address, Quote } from '@haoban/contracts';
import { EmsClient, EmsError } from '@haoban/ems';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { CasesService } from '../cases/cases.service.js';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { GuideService } from '../guide/guide.service.js';
import { DeliveryEntity } from './delivery.entity.js';
import { decideSend } from './delivery-rules.js';
import { deliverySettings, isInRange, weightGrams } from './delivery-settings.js';
import { QuoteTokens } from './quote-token.js';
import { wholeAddress } from './receiver-cipher.js';

const ZONE_NAMES: Readonly<Record<DeliveryZone, string>> = {
  city: '市内',
  province: '省内',
  country: '省外',
};
/** EMS publishes no codes: that it means the address is told by its words. */
const ADDRESS_REFUSED = /地址|省份|识别|范围|超区|不通达|不可达/;

@Injectable()
export class DeliveryQuoteService {
  private readonly logger = new Logger(DeliveryQuoteService.name);

  constructor(
    @InjectRepository(DeliveryEntity) private readonly deliveries: Repository<DeliveryEntity>,
    private readonly cases: CasesService,
    private readonly guide: GuideService,
    private readonly ems: EmsClient,
    private readonly tokens: QuoteTokens,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * What sending this case's certificate there costs, good for a quarter of an hour.
   * @throws AppError NOT_FOUND, DELIVERY_NOT_ALLOWED, DELIVERY_ALREADY_EXISTS, CERTIFICATE_NOT_ISSUED, DELIVERY_OUT_OF_RANGE,
   * EMS_UNAVAILABLE
   */
  async quote(
    { citizenId }: CitizenActor,
    { caseId, address }: { caseId: string; address: Address },
  ): Promise<Quote> {
    const file = await this.transactions.run((em) => this.cases.lockForDelivery(em, caseId, citizenId));
    const hasOpen = await this.deliveries.existsBy({ openCaseId: caseId });
    const decision = decideSend(file, hasOpen);
    if (!decision.ok) throw new AppError(decision.code);
    if (!isInRange(address)) throw new AppError('DELIVERY_OUT_OF_RANGE');
    const { name, courierAddress } = await this.guide.getHall(file.hallId);
    const grams = weightGrams(decision.next.copies);
    const { feeFen, basis } = await this.price(courierAddress, address, grams);
    const zone = ZONE_NAMES[zoneBetween(courierAddress, address)];
    const expiresAt = new Date(this.clock.now().getTime() + deliverySettings.quoteMinutes * 60_000);
    return {
      caseId,
      feeFen,
      explanation: `${zone}特快专递，约 ${grams} 克，${basis}`,
      from: name,
      contents: contentsOf(decision.next),
      expiresAt: expiresAt.toISOString(),
      quoteToken: this.tokens.seal({ citizenId, caseId, address }, feeFen, expiresAt),
    };
  }

  /** EMS's own estimate; the contract's tariff where EMS doesn't answer, so that nobody waits for it. */
  private async price(from: Address, to: Address, grams: number): Promise<{ feeFen: number; basis: string }> {
    try {
      const { realFen, totalFen } = await this.ems.estimate({
        productCode: deliverySettings.estimateProduct,
        weightGrams: grams,
        from: wholeAddress(from),
        to: wholeAddress(to),
      });
      const feeFen = realFen ?? totalFen;
      if (feeFen > 0) return { feeFen, basis: '按邮政报价' };
    } catch (error) {
      if (!(error instanceof EmsError)) throw error;
      if (error.kind === 'refused' && ADDRESS_REFUSED.test(error.detail ?? '')) {
        throw new AppError('DELIVERY_OUT_OF_RANGE', undefined, { cause: error });
      }
      this.logger.warn({ err: error, msg: 'EMS gave no estimate, the contract tariff is used' });
    }
    return { feeFen: tariffFee(from, to, grams), basis: '按合同价目表' };
  }
}

export function contentsOf({ name, copies }: { name: string; copies: number }): string {
  return `${name}（${copies} 份）`;
}

/** @throws AppError EMS_UNAVAILABLE where the tariff has no price either */
function tariffFee(from: Address, to: Address, grams: number): number {
  try {
    return quoteFeeFen(zoneBetween(from, to), grams);
  } catch (error) {
    throw new AppError('EMS_UNAVAILABLE', undefined, { cause: error });
  }
}
