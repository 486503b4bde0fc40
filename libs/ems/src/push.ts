import { openEnvelope } from './envelope.js';
import type { EmsTrace } from './trace.js';
import { readTrace } from './trace.js';
import { isRecord, parseJson, readText, unwrap } from './values.js';

/**
 * Trace pushes of EMS (040002): JSON with the event in an envelope. There is no signature: what proves the sender is
 * the key alone, so the address should hold a secret and final states be confirmed with a trace query.
 * Events repeat; one is known by (waybillNo, opCode, opTime, opOrgCode).
 */

/** `serialNo` is for the acknowledgement, also of a push that could not be read. */
export type EmsPush =
  | { ok: true; serialNo: string; events: EmsTrace[] }
  | { ok: false; serialNo: string; reason: 'bad_body' | 'undecipherable' | 'bad_event' };

/** `body`: the JSON as received, parsed or not (or as a form, which some relays send). */
export function parsePush(body: unknown, signKey: string): EmsPush {
  const outer = readOuter(body);
  const serialNo = readText(outer?.serialNo) ?? '';
  const envelope = outer?.logitcsInterface;
  if (!outer || typeof envelope !== 'string' || (outer.method ?? '040002') !== '040002') {
    return { ok: false, serialNo, reason: 'bad_body' };
  }
  const json = openEnvelope(envelope, signKey);
  const content = json === undefined ? undefined : unwrap(parseJson(json));
  if (content === undefined || typeof content !== 'object') {
    return { ok: false, serialNo, reason: 'undecipherable' };
  }
  const rows: unknown[] = Array.isArray(content) ? content : [content];
  const events = rows.map((row) => (isRecord(row) ? readTrace(row) : undefined));
  const readable = events.filter((event) => event !== undefined);
  return readable.length === rows.length && rows.length > 0
    ? { ok: true, serialNo, events: readable }
    : { ok: false, serialNo, reason: 'bad_event' };
}

function readOuter(body: unknown): Record<string, unknown> | undefined {
  if (isRecord(body) && !(body instanceof Uint8Array)) return body;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return undefined;
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  if (!text.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(text));
  const parsed = parseJson(text);
  return isRecord(parsed) ? parsed : undefined;
}

export interface EmsAck {
  serialNo: string;
  code: '00000' | '99999';
  codeMessage: string;
  senderNo: string;
}

/**
 * The answer to a push. EMS documents no code for "not taken": public clients answer both 00000 and S00001 when all is
 * well, so anything else must do, and the caller should send it with HTTP 500, which no reading takes for success.
 */
export const ackPush = (serialNo: string, ok: boolean): EmsAck => ({
  serialNo,
  code: ok ? '00000' : '99999',
  codeMessage: ok ? '' : '处理失败',
  senderNo: '',
});
