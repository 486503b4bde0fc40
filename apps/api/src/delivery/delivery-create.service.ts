import type { Address, Delivery } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CasesService, type CaseFile, type CertificateFacts } from '../cases/cases.service.js';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { PaymentService } from '../payment/payment.service.js';
import { DeliveryEntity } from './delivery.entity.js';
import { contentsOf } from './delivery-quote.service.js';
import { decideSend } from './delivery-rules.js';
import { DeliveryService } from './delivery.service.js';
import { deliverySettings } from './delivery-settings.js';
import { eventTitle } from './delivery-texts.js';
import { QuoteTokens } from './quote-token.js';
import { canonical, maskedLine, ReceiverCipher } from './receiver-cipher.js';

interface CreateInput {
  readonly requestId: string;
  readonly caseId: string;
  readonly address: Address;
  readonly quoteToken: string;
}

@Injectable()
export class DeliveryCreateService {
  constructor(
    private readonly transactions: Transactions,
    private readonly cases: CasesService,
    private readonly payments: PaymentService,
    private readonly deliveries: DeliveryService,
    private readonly tokens: QuoteTokens,
    private readonly receivers: ReceiverCipher,
    private readonly clock: Clock,
  ) {}

  /**
   * Orders the courier for a case's certificate and opens its payment. The same `requestId` again gives the first answer.
   * @throws AppError NOT_FOUND, DELIVERY_NOT_ALLOWED, DELIVERY_ALREADY_EXISTS, CERTIFICATE_NOT_ISSUED, QUOTE_EXPIRED,
   * REQUEST_ID_REUSED, BUSY
   */
  async create(actor: CitizenActor, input: CreateInput): Promise<Delivery> {
    try {
      const row = await this.transactions.run((em) => this.make(em, actor, input));
      return await this.deliveries.toMine(row);
    } catch (error) {
      return onUnique(error, {
        ux_delivery_request: 'REQUEST_ID_REUSED',
        ux_delivery_open_case: 'DELIVERY_ALREADY_EXISTS',
      });
    }
  }

  /** Lock order: case → payment → delivery. The case's row makes "one at a time" exact. */
  private async make(
    em: EntityManager,
    actor: CitizenActor,
    { requestId, caseId, address, quoteToken }: CreateInput,
  ): Promise<DeliveryEntity> {
    const { citizenId } = actor;
    const file = await this.cases.lockForDelivery(em, caseId, citizenId);
    const earlier = await em.findOneBy(DeliveryEntity, { citizenId, requestId });
    if (earlier) return this.sameAs(earlier, caseId, address);
    const hasOpen = await em.existsBy(DeliveryEntity, { openCaseId: caseId });
    const decision = decideSend(file, hasOpen);
    if (!decision.ok) throw new AppError(decision.code);
    const feeFen = this.tokens.open({ citizenId, caseId, address }, quoteToken, this.clock.now());
    if (feeFen === undefined) throw new AppError('QUOTE_EXPIRED');
    const row = this.draft(em, { citizenId, requestId, feeFen, address }, file, decision.next);
    const payment = await this.payments.create(em, {
      subjectKind: 'delivery',
      subjectId: row.id,
      citizenId,
      hallId: file.hallId,
      caseNo: file.caseNo,
      description: '证照寄递费',
      amountFen: feeFen,
      expiresAt: new Date(row.createdAt.getTime() + deliverySettings.payMinutes * 60_000),
    });
    row.paymentId = payment.id;
    await em.insert(DeliveryEntity, row);
    await this.cases.linkDelivery(em, caseId, { deliveryId: row.id, waybillNo: null });
    const title = eventTitle(row.state, null) ?? '';
    const event = { kind: 'delivery', action: 'create', title, at: row.createdAt } as const;
    await this.cases.addEvent(em, caseId, event, actor);
    return row;
  }

  private sameAs(earlier: DeliveryEntity, caseId: string, address: Address): DeliveryEntity {
    const same =
      earlier.caseId === caseId &&
      canonical(this.receivers.open(earlier.receiverCipher)) === canonical(address);
    if (!same) throw new AppError('REQUEST_ID_REUSED');
    return earlier;
  }

  private draft(
    em: EntityManager,
    asked: { citizenId: string; requestId: string; feeFen: number; address: Address },
    file: CaseFile,
    certificate: CertificateFacts,
  ): DeliveryEntity {
    const id = newId();
    const { address, ...rest } = asked;
    return em.create(DeliveryEntity, {
      id,
      ...rest,
      caseId: file.id,
      openCaseId: file.id,
      hallId: file.hallId,
      caseNo: file.caseNo,
      itemName: file.itemName,
      certificateNo: certificate.certificateNo,
      contents: contentsOf(certificate),
      state: 'awaiting_payment',
      receiverCipher: this.receivers.seal(address),
      receiverMasked: maskedLine(address),
      paymentId: null,
      logisticsOrderNo: `HB${id}`,
      waybillNo: null,
      signedBy: null,
      problem: null,
      handedOverBy: null,
      createdAt: this.clock.now(),
      orderTriedAt: null,
      orderedAt: null,
      handedOverAt: null,
      deliveredAt: null,
      lastPulledAt: null,
      version: 1,
    });
  }
}
