import { charCount, field, isRecord, text, textOrNumber } from '../common/json.js';
import { parseBeijing } from '../common/time.js';
import { emsError, fieldError } from './envelope.js';
import { postageFen, provinceOrRefuse } from './fees.js';
import type { EmsWorld, Mail, Party } from './state.js';
import { appendScan } from './traces.js';
import { allocateWaybill } from './waybills.js';

/**
 * 020003 order with waybill number, 020006 cancel, 050001 real fee, 050005 estimate.
 * Fields and values: 《中小电商企业接口规范 V2.7》 as public clients implement it.
 */

const choices: Record<string, readonly string[]> = {
  contentsAttribute: ['1', '2', '3', '4'],
  bizProductNo: ['1', '2', '3', '9', '10', '11'],
  pickupType: ['0', '1'],
  deliverType: ['1', '2', '3', '4'],
  paymentMode: ['1', '2', '3', '4', '5', '6', '7'],
  insuranceFlag: ['1', '2', '3'],
  codFlag: ['1', '2', '9'],
  valuableFlag: ['0', '1'],
  receiptFlag: ['1', '2', '3', '5', '6', '7', '8'],
  oneBillFlag: ['0', '1'],
};
const numeric = ['weight', 'length', 'width', 'height', 'volume', 'postageTotal', 'insuranceAmount'];

/** @returns the answer's body; the same logisticsOrderNo gets the same answer, so a client may repeat after a time-out */
export function createOrder(world: EmsWorld, body: unknown): object {
  if (!Array.isArray(body) || body.length !== 1 || !isRecord(body[0])) {
    throw emsError('FORMAT', '020003 报文应为只含一个订单的数组');
  }
  const order: unknown = body[0];
  const logisticsOrderNo = required(order, 'logisticsOrderNo', 50);
  const { state } = world.store;
  const known = state.mails.get(state.orders.get(logisticsOrderNo) ?? '');
  if (known?.cancelled) throw emsError('STATE', `订单${logisticsOrderNo}已撤单，请使用新的订单号`);
  if (known) return orderAnswer(known);

  const mail = readOrder(world, order, logisticsOrderNo);
  state.mails.set(mail.waybillNo, mail);
  state.orders.set(logisticsOrderNo, mail.waybillNo);
  world.store.changed();
  return orderAnswer(mail);
}

function orderAnswer(mail: Mail): object {
  return { logisticsOrderNo: mail.logisticsOrderNo, waybillNo: mail.waybillNo, routeCode: '' };
}

function readOrder(world: EmsWorld, order: unknown, logisticsOrderNo: string): Mail {
  const createdTime = required(order, 'createdTime', 19);
  if (parseBeijing(createdTime) === undefined) throw fieldError('createdTime', '应为yyyy-MM-dd HH:mm:ss');
  required(order, 'ecommerceUserId', 49);
  const senderNo = textOrNumber(order, 'senderNo');
  if (senderNo !== undefined && senderNo !== '' && senderNo !== world.config.senderNo) {
    throw fieldError('senderNo', '与协议客户号不一致');
  }
  for (const [name, allowed] of Object.entries(choices)) {
    const value = textOrNumber(order, name);
    const needed = name === 'contentsAttribute' || name === 'bizProductNo';
    if (value === undefined || value === '') {
      if (needed) throw fieldError(name, '必填');
    } else if (!allowed.includes(value)) throw fieldError(name, `取值应为${allowed.join('、')}`);
  }
  for (const name of numeric) {
    const value = textOrNumber(order, name);
    if (value !== undefined && value !== '' && !/^\d+(\.\d+)?$/.test(value))
      throw fieldError(name, '应为数字');
  }
  for (const name of ['pickupPreBeginTime', 'pickupPreEndTime', 'deliverPreDate', 'deliverPreEndDate']) {
    const value = text(order, name);
    if (value && parseBeijing(value) === undefined) throw fieldError(name, '应为yyyy-MM-dd HH:mm:ss');
  }
  const sender = readParty(order, 'sender');
  const receiver = readParty(order, 'receiver');
  const bizProductNo = textOrNumber(order, 'bizProductNo') ?? '';
  const weightGram = Math.round(Number(textOrNumber(order, 'weight') || '500'));
  return {
    waybillNo: ownWaybill(world, order) ?? allocateWaybill(world.store.state, bizProductNo),
    logisticsOrderNo,
    createdAt: new Date().toISOString(),
    sender,
    receiver,
    bizProductNo,
    weightGram,
    cargoNames: readCargos(order),
    pickupType: textOrNumber(order, 'pickupType') ?? '0',
    cancelled: null,
    feeFen: postageFen(
      provinceOrRefuse(sender.prov, 'sender.prov'),
      provinceOrRefuse(receiver.prov, 'receiver.prov'),
      weightGram,
    ),
    scans: [],
  };
}

function required(value: unknown, name: string, max: number, path = name): string {
  const found = textOrNumber(value, name)?.trim();
  if (found === undefined || found === '') throw fieldError(path, '必填');
  if (charCount(found) > max) throw fieldError(path, `长度不得超过${max}`);
  return found;
}

function readParty(order: unknown, role: 'sender' | 'receiver'): Party {
  const party = field(order, role);
  if (!isRecord(party)) throw fieldError(role, '必填');
  const [name, prov, city, county, address] = (
    [
      ['name', 50],
      ['prov', 20],
      ['city', 20],
      ['county', 20],
      ['address', 100],
    ] as const
  ).map(([key, max]) => required(party, key, max, `${role}.${key}`)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const mobile = textOrNumber(party, 'mobile') ?? '';
  const phone = textOrNumber(party, 'phone') ?? '';
  if (mobile === '' && phone === '') throw fieldError(`${role}.mobile`, '与phone至少填一项');
  if (mobile !== '' && !/^1\d{10}$/.test(mobile)) throw fieldError(`${role}.mobile`, '应为11位手机号');
  if (phone !== '' && !/^[\d-]{7,20}$/.test(phone)) throw fieldError(`${role}.phone`, '应为电话号码');
  // The platform prints prov + city + county + address, so a full address here would be printed twice.
  for (const prefix of [prov, city, county]) {
    if (address.startsWith(prefix)) throw fieldError(`${role}.address`, '应为详细地址，不含省市区');
  }
  return { name, mobile: mobile || phone, prov, city, county, address };
}

function readCargos(order: unknown): string[] {
  const cargos = field(order, 'cargos');
  if (!Array.isArray(cargos) || cargos.length === 0) throw fieldError('cargos', '至少一项');
  return cargos.map((cargo: unknown, index) =>
    required(cargo, 'cargoName', 100, `cargos[${index}].cargoName`),
  );
}

/** A number given by the customer's own pool is taken when it is free. */
function ownWaybill(world: EmsWorld, order: unknown): string | undefined {
  const given = text(order, 'waybillNo');
  if (!given) return undefined;
  if (!/^([A-Z]{2}\d{9}[A-Z]{2}|\d{13})$/.test(given)) throw fieldError('waybillNo', '格式错误');
  if (world.store.state.mails.has(given)) throw emsError('ORDER', `邮件号${given}已被使用`);
  return given;
}

export function findMail(world: EmsWorld, body: unknown): Mail {
  const { mails, orders } = world.store.state;
  const waybillNo = text(body, 'waybillNo');
  const logisticsOrderNo = text(body, 'logisticsOrderNo');
  const mail = mails.get(waybillNo ?? orders.get(logisticsOrderNo ?? '') ?? '');
  if (mail === undefined) throw emsError('ORDER', '订单不存在');
  if (logisticsOrderNo !== undefined && mail.logisticsOrderNo !== logisticsOrderNo) {
    throw emsError('ORDER', '邮件号与订单号不一致');
  }
  return mail;
}

export function cancelOrder(world: EmsWorld, body: unknown): object {
  // One public client wraps this one in an array too.
  const asked: unknown = Array.isArray(body) && body.length === 1 ? body[0] : body;
  required(asked, 'logisticsOrderNo', 50);
  required(asked, 'waybillNo', 20);
  const reason = required(asked, 'cancelReason', 100);
  const mail = findMail(world, asked);
  if (mail.cancelled === null) {
    if (mail.scans.length > 0) throw emsError('STATE', '邮件已收寄，不能撤单');
    mail.cancelled = { at: new Date().toISOString(), reason };
    appendScan(world, mail, { opCode: '801', push: false });
  }
  return orderAnswer(mail);
}

export function realFee(world: EmsWorld, body: unknown): object {
  required(body, 'waybillNo', 20);
  const mail = findMail(world, body);
  if (!mail.scans.some((scan) => scan.opCode === '203'))
    throw emsError('STATE', '邮件尚未收寄，暂无实际资费');
  return {
    waybillNo: mail.waybillNo,
    logisticsOrderNo: mail.logisticsOrderNo,
    postageTotal: (mail.feeFen / 100).toFixed(2),
    realWeight: String(mail.weightGram),
  };
}

export function estimateFee(body: unknown): object {
  required(body, 'productCode', 15);
  const weight = required(body, 'weight', 9);
  if (!/^\d+$/.test(weight) || Number(weight) === 0) throw fieldError('weight', '应为克数');
  const place = (name: string) => {
    const value = field(body, name);
    const full = typeof value === 'string' ? value : (text(value, 'prov') ?? text(value, 'address') ?? '');
    if (full === '') throw fieldError(name, '必填，应为完整地址');
    return provinceOrRefuse(full, name);
  };
  const total = (postageFen(place('senderInfo'), place('receiveInfo'), Number(weight)) / 100).toFixed(2);
  return { totalFee: total, realFee: total, standardFee: total };
}
