import { isWaybill, normaliseWaybill, type DeliveryState } from '@haoban/domain';
import type { Delivery, HallDelivery } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type FindOptionsWhere, type Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { CitizenActor, StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Transactions } from '../db/transactions.js';
import { PaymentService } from '../payment/payment.service.js';
import { DeliveryEntity, DeliveryTraceEntity } from './delivery.entity.js';
import { toDelivery, toHallDelivery, type DeliveryParts } from './delivery.mapper.js';
import { maskedAddress, ReceiverCipher } from './receiver-cipher.js';

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The readings. The receiver's address leaves in clear on single records of the courier desk only, and that is audited. */
@Injectable()
export class DeliveryService {
  constructor(
    @InjectRepository(DeliveryEntity) private readonly deliveries: Repository<DeliveryEntity>,
    @InjectRepository(DeliveryTraceEntity) private readonly traces: Repository<DeliveryTraceEntity>,
    private readonly payments: PaymentService,
    private readonly receivers: ReceiverCipher,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** Own deliveries, newest first. */
  async listMine(
    { citizenId }: CitizenActor,
    { cursor, limit }: Page,
  ): Promise<{ items: Delivery[]; nextCursor: string | null }> {
    const where = { citizenId, ...(cursor ? { id: LessThan(cursor) } : {}) };
    const rows = await this.deliveries.find({ where, order: { id: 'DESC' }, take: limit + 1 });
    const shown = rows.slice(0, limit);
    const parts = await this.partsOf(shown);
    const items = shown.map((row) => toDelivery(row, parts(row)));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws AppError NOT_FOUND, for other people's deliveries too */
  async getMine({ citizenId }: CitizenActor, deliveryId: string): Promise<Delivery> {
    return this.toMine(await this.findOwn({ id: deliveryId, citizenId }));
  }

  async toMine(row: DeliveryEntity): Promise<Delivery> {
    return toDelivery(row, (await this.partsOf([row]))(row));
  }

  /** Deliveries of the actor's own hall, newest first; `q` begins a case number, waybill or certificate number. */
  async listOfHall(
    actor: StaffActor,
    input: Page & { state?: DeliveryState | undefined; q?: string | undefined },
  ): Promise<{ items: HallDelivery[]; nextCursor: string | null }> {
    if (!actor.hallId) return { items: [], nextCursor: null };
    const query = this.deliveries
      .createQueryBuilder('delivery')
      .where('delivery.hallId = :hallId', { hallId: actor.hallId })
      .orderBy('delivery.id', 'DESC')
      .take(input.limit + 1);
    if (input.state) query.andWhere('delivery.state = :state', { state: input.state });
    if (input.cursor) query.andWhere('delivery.id < :cursor', { cursor: input.cursor });
    if (input.q) {
      const start = `${input.q.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
      const waybill = `${normaliseWaybill(input.q).replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
      query.andWhere(
        '(delivery.caseNo LIKE :start OR delivery.certificateNo LIKE :start OR delivery.waybillNo LIKE :waybill)',
        { start, waybill },
      );
    }
    const rows = await query.getMany();
    const shown = rows.slice(0, input.limit);
    const parts = await this.partsOf(shown);
    const items = shown.map((row) => {
      const masked = maskedAddress(this.receivers.open(row.receiverCipher));
      return toHallDelivery(row, parts(row), masked);
    });
    return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws AppError NOT_FOUND, for other halls' deliveries too */
  async getOfHall(actor: StaffActor, deliveryId: string): Promise<HallDelivery> {
    return this.reveal(actor, await this.findOfHall(actor, { id: deliveryId }));
  }

  /** @throws AppError WAYBILL_INVALID, NOT_FOUND */
  async findByWaybill(actor: StaffActor, text: string): Promise<HallDelivery> {
    const waybillNo = normaliseWaybill(text);
    if (!isWaybill(waybillNo)) throw new AppError('WAYBILL_INVALID');
    return this.reveal(actor, await this.findOfHall(actor, { waybillNo }));
  }

  /** After an act of the desk, whose own audit row tells of it. */
  async toHall(row: DeliveryEntity): Promise<HallDelivery> {
    return toHallDelivery(row, (await this.partsOf([row]))(row), this.receivers.open(row.receiverCipher));
  }

  /** @throws AppError NOT_FOUND */
  async findOfHall(
    { hallId }: StaffActor,
    where: { id: string } | { waybillNo: string },
  ): Promise<DeliveryEntity> {
    if (!hallId) throw new AppError('NOT_FOUND');
    return this.findOwn({ ...where, hallId });
  }

  private async findOwn(where: FindOptionsWhere<DeliveryEntity>): Promise<DeliveryEntity> {
    const row = await this.deliveries.findOneBy(where);
    if (!row) throw new AppError('NOT_FOUND');
    return row;
  }

  private async reveal(actor: StaffActor, row: DeliveryEntity): Promise<HallDelivery> {
    await this.transactions.run((em) =>
      this.audit.record(em, actor, {
        action: 'delivery.read-address',
        subjectKind: 'delivery',
        subjectId: row.id,
      }),
    );
    return this.toHall(row);
  }

  private async partsOf(rows: readonly DeliveryEntity[]): Promise<(row: DeliveryEntity) => DeliveryParts> {
    if (rows.length === 0) return () => ({ payment: undefined, traces: [] });
    const ids = rows.map(({ id }) => id);
    const [payments, traces] = await Promise.all([
      this.payments.forSubject('delivery', ids),
      this.traces.find({ where: { deliveryId: In(ids) }, order: { opTime: 'DESC', id: 'DESC' } }),
    ]);
    return ({ id }) => ({
      payment: payments.get(id),
      traces: traces.filter(({ deliveryId }) => deliveryId === id),
    });
  }
}
