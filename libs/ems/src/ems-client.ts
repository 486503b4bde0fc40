import { EmsError } from './errors.js';
import type { EmsOrder } from './order.js';
import { toOrderFields } from './order.js';
import type { EmsTrace } from './trace.js';
import { readTraces } from './trace.js';
import type { EmsConfig } from './transport.js';
import { Transport } from './transport.js';
import { readText, unwrap, unwrapRecord, yuanToFen } from './values.js';

export interface EmsLabelRequest {
  waybillNo: string;
  /** Millimetres. */
  size: '76x129' | '76x149' | '100x179';
  /** The label for sending it back. */
  isReturn?: boolean;
  /** The PDF itself instead of an address. */
  asPdf?: boolean;
}

/** EMS answers with an address (its life is not documented: fetch at once) or the PDF itself. */
export type EmsLabel = { kind: 'url'; url: string } | { kind: 'pdf'; pdf: Buffer };

export interface EmsEstimateRequest {
  /** 15 digits, from the contract. */
  productCode: string;
  weightGrams: number;
  /** Whole addresses. */
  from: string;
  to: string;
}

export interface EmsEstimate {
  totalFen: number;
  /** After the contract's discount. */
  realFen?: number;
  standardFen?: number;
}

export interface EmsRealFee {
  feeFen: number;
  weightGrams?: number;
}

const LABEL_TYPES = { '76x129': '129', '76x149': '149', '100x179': '179' } as const;
/** retMsg of a number without traces or fee so far. Nothing found is not a failure, and not "delivered". */
const NOTHING_YET = /无客户信息|无查询信息|查无|不存在|暂无|尚未收寄/;

/**
 * The EMS open platform for agreement customers, one method per apiCode. All methods throw EmsError; amounts are
 * integer fen (EMS writes yuan), weights grams.
 * Source: 《中小电商企业接口规范 V2.7》 as implemented by public clients.
 */
export class EmsClient {
  private readonly transport: Transport;

  constructor(private readonly config: EmsConfig) {
    this.transport = new Transport(config);
  }

  /** 020003: makes an order and gets its waybill number. */
  async createOrder(order: EmsOrder): Promise<{ waybillNo: string }> {
    const fields = toOrderFields(order, this.config.senderNo);
    // This apiCode takes an array of one.
    const body = await this.transport.call('020003', [fields], 'createOrder');
    const waybillNo = readText(unwrapRecord(body).waybillNo);
    // Accepted but not readable: the order exists.
    if (!waybillNo) throw new EmsError('unknown', 'NO_WAYBILL', 'createOrder');
    return { waybillNo };
  }

  /** 020006: cancels an order that was not picked up. */
  async cancelOrder(order: { orderNo: string; waybillNo: string; reason: string }): Promise<void> {
    const { orderNo, waybillNo, reason } = order;
    await this.transport.call(
      '020006',
      { logisticsOrderNo: orderNo, waybillNo, cancelReason: reason },
      'cancelOrder',
    );
  }

  /** 010004: the printable label. */
  async label({ waybillNo, size, isReturn = false, asPdf = false }: EmsLabelRequest): Promise<EmsLabel> {
    const body = await this.transport.call(
      '010004',
      {
        waybillNo,
        type: LABEL_TYPES[size],
        ...(asPdf ? {} : { getURL: '1' }),
        ...(isReturn ? { isReturn: '1' } : {}),
      },
      'label',
    );
    const unwrapped = unwrap(body);
    const record = unwrapRecord(body);
    const text = readText(
      typeof unwrapped === 'string' ? unwrapped : (record.url ?? record.data ?? record.pdf),
    );
    if (text && /^https?:\/\//i.test(text)) return { kind: 'url', url: text };
    const pdf = Buffer.from(text ?? '', 'base64');
    if (pdf.subarray(0, 5).toString('latin1') !== '%PDF-') throw new EmsError('unknown', 'BAD_BODY', 'label');
    return { kind: 'pdf', pdf };
  }

  /** 040001: all events of a waybill, oldest first; empty when EMS has none yet. */
  async traces(waybillNo: string): Promise<EmsTrace[]> {
    const body = await this.find('040001', { waybillNo, direction: '0' }, 'traces');
    return readTraces(body, waybillNo);
  }

  /** 050001: what EMS charges, known after pickup; undefined before. */
  async realFee(order: { orderNo: string; waybillNo: string }): Promise<EmsRealFee | undefined> {
    const { orderNo, waybillNo } = order;
    const answer = await this.find('050001', { logisticsOrderNo: orderNo, waybillNo }, 'realFee');
    const body = unwrapRecord(answer);
    if (readText(body.postageTotal) === undefined) return undefined;
    const feeFen = yuanToFen(body.postageTotal);
    if (feeFen === undefined) throw new EmsError('unknown', 'BAD_BODY', 'realFee', 'postageTotal');
    const weight = Number(readText(body.realWeight) ?? Number.NaN);
    return { feeFen, ...(Number.isFinite(weight) ? { weightGrams: weight } : {}) };
  }

  /** 050005: what it would cost. */
  async estimate({ productCode, weightGrams, from, to }: EmsEstimateRequest): Promise<EmsEstimate> {
    if (!Number.isSafeInteger(weightGrams) || weightGrams <= 0) {
      throw new EmsError('refused', 'INVALID_INPUT', 'estimate', 'weightGrams');
    }
    const body = unwrapRecord(
      await this.transport.call(
        '050005',
        { productCode, weight: String(weightGrams), senderInfo: from, receiveInfo: to },
        'estimate',
      ),
    );
    const totalFen = yuanToFen(body.totalFee);
    const realFen = yuanToFen(body.realFee);
    const standardFen = yuanToFen(body.standardFee);
    if (totalFen === undefined) throw new EmsError('unknown', 'BAD_BODY', 'estimate', 'totalFee');
    return {
      totalFen,
      ...(realFen === undefined ? {} : { realFen }),
      ...(standardFen === undefined ? {} : { standardFen }),
    };
  }

  /** A call that asks; undefined where EMS has nothing yet. */
  private async find(apiCode: string, business: object, action: string): Promise<unknown> {
    try {
      return await this.transport.call(apiCode, business, action);
    } catch (error) {
      const isNothing =
        error instanceof EmsError && error.kind === 'refused' && NOTHING_YET.test(error.detail ?? '');
      if (isNothing) return undefined;
      throw error;
    }
  }
}
