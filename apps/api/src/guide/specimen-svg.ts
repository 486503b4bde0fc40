/**
 * Draws the specimen (样例) of a form: the title, a table of labels and filled-in values, the blank for signature and date, and
 * a watermark over all of it, so that nobody takes the picture for a document. SVG, because it is sharp at any size on the
 * phone, small, and needs no second host for pictures.
 */
interface Specimen {
  readonly title: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

/** A4 at 96 dots per inch; a long form makes the sheet longer. */
const WIDTH = 794;
const HEIGHT = 1123;
const MARGIN = 64;
const LABEL_WIDTH = 190;
const TEXT_SIZE = 18;
const TITLE_SIZE = 28;
const LINE = 28;
const CELL_PADDING = 14;
const FONT = "'Songti SC','SimSun','Noto Serif CJK SC','Source Han Serif SC',serif";
const INK = '#1f2329';
/** Filled in by hand, as on a real form: blue-black. */
const HAND = '#1d3f8f';
/** Forms are signed; certificates and proofs that people bring along are not. */
const SIGNED = /表|申请|声明|承诺|委托|协议|合同/;

export function drawSpecimen({ title, fields }: Specimen): string {
  const titleLines = wrap(title, (WIDTH - 2 * MARGIN) / TITLE_SIZE);
  const tableTop = MARGIN + titleLines.length * (TITLE_SIZE + 10) + 34;
  const rows: string[] = [];
  let y = tableTop;
  for (const { label, value } of fields) {
    const labelLines = wrap(label, (LABEL_WIDTH - 2 * CELL_PADDING) / TEXT_SIZE);
    const valueLines = wrap(value, (WIDTH - 2 * MARGIN - LABEL_WIDTH - 2 * CELL_PADDING) / TEXT_SIZE);
    const height = Math.max(labelLines.length, valueLines.length) * LINE + 2 * CELL_PADDING;
    rows.push(
      box(MARGIN, y, LABEL_WIDTH, height, '#f3f5f8'),
      box(MARGIN + LABEL_WIDTH, y, WIDTH - 2 * MARGIN - LABEL_WIDTH, height, 'none'),
      lines(labelLines, MARGIN + CELL_PADDING, middle(y, height, labelLines.length), INK),
      lines(valueLines, MARGIN + LABEL_WIDTH + CELL_PADDING, middle(y, height, valueLines.length), HAND),
    );
    y += height;
  }
  const height = Math.max(HEIGHT, y + 200);
  const center = `x="${WIDTH / 2}" text-anchor="middle"`;
  const heading = titleLines.map(
    (line, index) =>
      `<text ${center} y="${MARGIN + TITLE_SIZE + index * (TITLE_SIZE + 10)}" font-size="${TITLE_SIZE}" font-weight="700" fill="${INK}">${escape(line)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="${FONT}" role="img" aria-label="${escape(`${title}（样例）`)}">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...heading,
    `<text ${center} y="${tableTop - 12}" font-size="15" fill="#86909c">样例仅供填写参考，请按您的实际情况填写</text>`,
    ...rows,
    ...(SIGNED.test(title) ? [signature(y + 60)] : []),
    ...watermark(height),
    '</svg>',
  ].join('');
}

function signature(y: number): string {
  return [
    `<text x="${MARGIN}" y="${y}" font-size="${TEXT_SIZE}" fill="${INK}">申请人（签名或盖章）：</text>`,
    `<line x1="${MARGIN + 200}" y1="${y + 4}" x2="${MARGIN + 400}" y2="${y + 4}" stroke="${INK}"/>`,
    `<text x="${WIDTH - MARGIN}" y="${y + 56}" text-anchor="end" font-size="${TEXT_SIZE}" fill="${INK}">年\u3000\u3000月\u3000\u3000日</text>`,
  ].join('');
}

function watermark(height: number): string[] {
  const marks: string[] = [];
  for (let y = 260; y < height; y += 330) {
    for (const x of [WIDTH / 4, (WIDTH * 3) / 4]) {
      marks.push(
        `<text x="${x}" y="${y}" transform="rotate(-30 ${x} ${y})" text-anchor="middle" font-size="96" letter-spacing="24" fill="#c8102e" fill-opacity="0.12">样例</text>`,
      );
    }
  }
  return marks;
}

function box(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" stroke="#8a919f"/>`;
}

function lines(texts: readonly string[], x: number, y: number, fill: string): string {
  const spans = texts.map(
    (text, index) => `<tspan x="${x}" dy="${index === 0 ? 0 : LINE}">${escape(text)}</tspan>`,
  );
  return `<text x="${x}" y="${y}" font-size="${TEXT_SIZE}" fill="${fill}">${spans.join('')}</text>`;
}

/** The base line of the first of `count` lines that stand in the middle of a cell. */
function middle(y: number, height: number, count: number): number {
  return y + (height - count * LINE) / 2 + TEXT_SIZE + 2;
}

/**
 * Breaks a text into lines of at most `ems` times the font size. Chinese breaks anywhere; closing marks don't begin a line.
 * @returns at least one line
 */
function wrap(text: string, ems: number): string[] {
  const result: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let width = 0;
    for (const char of paragraph) {
      const more = widthOf(char);
      if (width + more > ems && line !== '' && !/[，。；：、！？）》”’]/.test(char)) {
        result.push(line);
        line = '';
        width = 0;
      }
      line += char;
      width += more;
    }
    result.push(line);
  }
  return result;
}

/** Of the font size: Latin letters and digits of these fonts are about half as wide as a Chinese character. */
function widthOf(char: string): number {
  if (char === '\t') return 2;
  return /[\u0020-\u024f]/.test(char) ? (/[A-Z@%MW]/.test(char) ? 0.72 : 0.55) : 1;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Texts of the guide come from people: markup in them must stay text, and XML knows no control characters. */
function escape(text: string): string {
  return text
    .replace(/[&<>"']/g, (char) => entities[char] ?? '')
    .replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, ' ');
}
