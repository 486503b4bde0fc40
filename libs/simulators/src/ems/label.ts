import { html } from '../common/html.js';
import type { Answer } from '../common/http-server.js';
import { text } from '../common/json.js';
import { code128Bars } from './code128.js';
import { fieldError, success } from './envelope.js';
import { findMail } from './orders.js';
import type { EmsWorld, Mail } from './state.js';

/** 010004: the label, as a link (getURL '1') or as a base64 PDF. */

const sizes: Record<string, { width: number; height: number }> = {
  '129': { width: 76, height: 129 },
  '149': { width: 76, height: 149 },
  '179': { width: 100, height: 179 },
};

export function labelAnswer(world: EmsWorld, body: unknown, base: string): Answer {
  const mail = findMail(world, body);
  const type = text(body, 'type') ?? '129';
  if (sizes[type] === undefined) throw fieldError('type', '取值应为129、149、179');
  const back = text(body, 'isReturn') === '1';
  if (text(body, 'getURL') === '1') {
    return success(`${base}/label/${mail.waybillNo}?type=${type}${back ? '&isReturn=1' : ''}`);
  }
  return success(labelPdf(mail).toString('base64'));
}

export function labelPage(mail: Mail, query: URLSearchParams): Answer {
  const { width, height } = sizes[query.get('type') ?? ''] ?? { width: 76, height: 129 };
  const [from, to] =
    query.get('isReturn') === '1' ? [mail.receiver, mail.sender] : [mail.sender, mail.receiver];
  const code = code128Bars(mail.waybillNo);
  const line = (y: number, size: number, words: string) =>
    html`<text x="4" y="${y}" font-size="${size}">${words}</text>`;
  const document = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${width}mm"
    height="${height}mm"
    viewBox="0 0 ${width} ${height}"
    font-family="'Noto Sans CJK SC','Microsoft YaHei',sans-serif"
  >
    <rect width="100%" height="100%" fill="#fff" />
    ${line(9, 5, 'EMS 特快专递（模拟面单）')}
    <svg
      x="6"
      y="13"
      width="${width - 12}"
      height="16"
      viewBox="0 0 ${code.width} 16"
      preserveAspectRatio="none"
    >
      ${code.bars.map(([x, bar]) => html`<rect x="${x}" y="0" width="${bar}" height="16" />`)}
    </svg>
    ${line(35, 4.5, mail.waybillNo)} ${line(45, 4, `收：${to.name} ${to.mobile}`)}
    ${wrapped(`${to.prov}${to.city}${to.county}${to.address}`, 16).map((part, index) => line(51 + index * 5, 3.6, part))}
    ${line(80, 4, `寄：${from.name} ${from.mobile}`)}
    ${wrapped(`${from.prov}${from.city}${from.county}${from.address}`, 16).map((part, index) => line(86 + index * 5, 3.6, part))}
    ${line(115, 3.6, `内件：${mail.cargoNames.join('、').slice(0, 16)}`)}
    ${line(121, 3.6, `订单号：${mail.logisticsOrderNo}`)}
  </svg>`;
  return { status: 200, headers: { 'content-type': 'image/svg+xml; charset=utf-8' }, body: document.source };
}

function wrapped(words: string, length: number): string[] {
  const chars = [...words];
  const parts: string[] = [];
  for (let at = 0; at < chars.length && parts.length < 5; at += length)
    parts.push(chars.slice(at, at + length).join(''));
  return parts;
}

/** One page of 76 × 129 mm with barcode and number; Chinese would need an embedded font, so the link has the rest. */
function labelPdf(mail: Mail): Buffer {
  const code = code128Bars(mail.waybillNo);
  const scale = 180 / code.width;
  const bars = code.bars.map(
    ([x, width]) => `${(18 + x * scale).toFixed(2)} 290 ${(width * scale).toFixed(2)} 45 re`,
  );
  const content = `${bars.join('\n')}\nf\nBT /F1 14 Tf 18 270 Td (${mail.waybillNo}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 216 366] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
