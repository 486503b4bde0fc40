import { badControl, controlBody } from '../common/control.js';
import { json } from '../common/http-server.js';
import type { Answer, SimServer } from '../common/http-server.js';
import { field, text } from '../common/json.js';
import { attemptNames, deliverNames, isOpCode, reversals } from './op-codes.js';
import type { EmsWorld, Mail, Scan } from './state.js';
import { advance, appendScan, isScanTime, standing } from './traces.js';

/** Control routes of the EMS simulator: the courier's scanner. */

export function addEmsControl(server: SimServer, world: EmsWorld): void {
  const sim = (path: string, handler: (body: unknown) => Answer) =>
    server.route('sim', 'POST', `/_sim/${path}`, path, (request) => handler(controlBody(request)));

  sim('scan', (body) => {
    const mail = world.store.state.mails.get(text(body, 'waybillNo') ?? '');
    if (mail === undefined) return badControl('没有这个邮件', 404);
    if (mail.cancelled) return badControl('邮件已撤单', 409);
    return scan(world, mail, body);
  });
  sim('advance', (body) => {
    const mail = world.store.state.mails.get(text(body, 'waybillNo') ?? '');
    if (mail === undefined) return badControl('没有这个邮件', 404);
    const next = advance(world, mail);
    return next ? scanned(mail, next) : badControl('邮件已走完全程', 409);
  });
  sim('resend', (body) => {
    const id = text(body, 'id') ?? '';
    return world.pushes.resend(id) ? json({ ok: true, id }) : badControl('没有这次推送', 404);
  });
}

function scan(world: EmsWorld, mail: Mail, body: unknown): Answer {
  const opCode = text(body, 'opCode') ?? '';
  if (!isOpCode(opCode)) return badControl('opCode is not a known scan code');
  const voided = reversals[opCode];
  if (voided !== undefined && !mail.scans.some((each) => each.opCode === voided)) {
    return badControl(`${opCode}作废的是${voided}，该邮件没有${voided}`, 409);
  }
  const deliverCode = text(body, 'deliverCode') ?? (opCode === '704' ? '10' : undefined);
  if (deliverCode !== undefined && deliverNames[deliverCode] === undefined)
    return badControl('deliverCode unknown');
  const attempt = text(body, 'attemptDeliveryCode') ?? (opCode === '705' ? '4' : undefined);
  if (attempt !== undefined && attemptNames[attempt] === undefined) {
    return badControl('attemptDeliveryCode unknown');
  }
  const opTime = text(body, 'opTime');
  if (opTime !== undefined && !isScanTime(opTime)) return badControl('opTime: yyyy-MM-dd HH:mm:ss, Beijing');
  const opOrgName = text(body, 'opOrgName');
  const opDesc = text(body, 'opDesc');
  return scanned(
    mail,
    appendScan(world, mail, {
      opCode,
      push: field(body, 'push') !== false,
      ...(deliverCode === undefined ? {} : { deliverCode }),
      ...(attempt === undefined ? {} : { attemptDeliveryCode: attempt }),
      ...(opTime === undefined ? {} : { opTime }),
      ...(opOrgName === undefined ? {} : { opOrgName }),
      ...(opDesc === undefined ? {} : { opDesc }),
    }),
  );
}

function scanned(mail: Mail, made: Scan): Answer {
  return json({ waybillNo: mail.waybillNo, scan: made, standing: standing(mail) ?? null });
}
