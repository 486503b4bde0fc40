import type { EntryCode } from '@haoban/contracts';
import { colours, fontFamily } from '@haoban/design';
import { fitLine, fitTitle, wrapText } from './fit-text.js';
import { posterWords, type PosterWords, type Step } from './poster-words.js';

/** A4 upright in millimetres, drawn at 300 dots per inch: what an office printer can show. */
export const paper = { width: 210, height: 297 } as const;
const PIXELS_PER_MM = 300 / 25.4;
const MARGIN = 18;
/** 13 points: read from a metre away without glasses. */
const BODY = 4.7;
const LEAF =
  'M12 21v-9M12 18C6.5 18 4 14 4 9.5 4 6 8 3 12 3s8 3 8 6.5C20 14 17.5 18 12 18ZM12 15l-3.5-3M12 12.5l3.5-2.5';

interface TextStyle {
  readonly size: number;
  readonly colour?: string;
  readonly bold?: boolean;
  readonly align?: CanvasTextAlign;
}

/** Everything in millimetres. Type is set in whole device pixels instead of a scaled canvas, whose glyphs would be spaced unevenly. */
class Sheet {
  constructor(private readonly context: CanvasRenderingContext2D) {
    context.textBaseline = 'alphabetic';
  }

  readonly measure = (text: string, size: number): number => this.widthOf(text, size, false);
  readonly measureBold = (text: string, size: number): number => this.widthOf(text, size, true);

  text(text: string, x: number, y: number, { size, colour, bold, align }: TextStyle): void {
    this.setFont(size, bold ?? false);
    this.context.fillStyle = colour ?? colours.ink;
    this.context.textAlign = align ?? 'left';
    this.context.fillText(text, px(x), px(y));
  }

  box(x: number, y: number, width: number, height: number, colour: string, radius = 0): void {
    this.context.fillStyle = colour;
    this.context.beginPath();
    this.context.roundRect(px(x), px(y), px(width), px(height), px(radius));
    this.context.fill();
  }

  dot(x: number, y: number, radius: number, colour: string): void {
    this.context.fillStyle = colour;
    this.context.beginPath();
    this.context.arc(px(x), px(y), px(radius), 0, 2 * Math.PI);
    this.context.fill();
  }

  leaf(x: number, y: number, size: number, colour: string, stroke: number): void {
    const { context } = this;
    context.save();
    context.translate(px(x), px(y));
    context.scale(px(size) / 24, px(size) / 24);
    context.strokeStyle = colour;
    context.lineWidth = stroke;
    context.lineCap = context.lineJoin = 'round';
    context.stroke(new Path2D(LEAF));
    context.restore();
  }

  /** The code's modules stay sharp: no smoothing where the picture is enlarged. */
  picture(image: CanvasImageSource, x: number, y: number, size: number): void {
    this.context.imageSmoothingEnabled = false;
    this.context.drawImage(image, px(x), px(y), px(size), px(size));
  }

  private widthOf(text: string, size: number, bold: boolean): number {
    this.setFont(size, bold);
    return this.context.measureText(text).width / PIXELS_PER_MM;
  }

  private setFont(size: number, bold: boolean): void {
    this.context.font = `${bold ? 700 : 400} ${Math.round(px(size))}px ${fontFamily}`;
  }
}

function px(millimetres: number): number {
  return millimetres * PIXELS_PER_MM;
}

/** Draws the whole poster; `image` is the code as WeChat drew it. */
export function drawPoster(code: EntryCode, image: CanvasImageSource): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(px(paper.width));
  canvas.height = Math.round(px(paper.height));
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('This browser draws no canvas');
  const sheet = new Sheet(context);
  const words = posterWords(code);
  sheet.box(0, 0, paper.width, paper.height, colours.card);
  drawHead(sheet, words);
  drawCode(sheet, words.call, image);
  words.steps.forEach((step, index) => drawStep(sheet, step, index));
  drawFoot(sheet, code, words);
  return canvas;
}

function drawHead(sheet: Sheet, { over, title, under }: Pick<PosterWords, 'over' | 'title' | 'under'>): void {
  const [top, bottom] = [29, 73];
  const width = paper.width - 2 * MARGIN;
  sheet.box(0, 0, paper.width, 80, colours.primary);
  sheet.leaf(136, -14, 100, 'rgba(255, 255, 255, 0.1)', 0.9);
  sheet.leaf(MARGIN - 1.5, 13, 11, colours.onPrimary, 2);
  sheet.text(over, MARGIN + 11.5, 21.2, { size: 7.4, colour: colours.onPrimary });
  const sizes = { one: [21, 19, 17, 15.5], two: [14.5, 13, 11.5] };
  const { size, lines } = fitTitle(title, sizes, width, sheet.measureBold);
  const below = under ? fitLine(under, [6.8, 6, 5.2], width, sheet.measure) : undefined;
  const height = size * 1.24 * lines.length + (below ? 4 + below.size : 0);
  let y = top + (bottom - top - height) / 2;
  for (const line of lines) {
    // The left half of a full-width bracket is empty: hung into the margin, the line stands where the others do.
    const x = line.startsWith('（') ? MARGIN - size * 0.45 : MARGIN;
    sheet.text(line, x, y + size, { size, colour: colours.onPrimary, bold: true });
    y += size * 1.24;
  }
  if (below) {
    const style = { size: below.size, colour: colours.primaryTint };
    sheet.text(below.lines[0] ?? '', MARGIN, y + 4 + below.size * 0.88, style);
  }
}

function drawCode(sheet: Sheet, call: string, image: CanvasImageSource): void {
  const middle = paper.width / 2;
  sheet.text(call, middle, 95.5, { size: 10.5, bold: true, colour: colours.primary, align: 'center' });
  sheet.box(middle - 56, 101, 112, 112, colours.primaryTint, 8);
  sheet.box(middle - 52, 105, 104, 104, colours.card, 5);
  sheet.picture(image, middle - 50, 107, 100);
}

function drawStep(sheet: Sheet, { title, note }: Step, index: number): void {
  const x = MARGIN + index * 60;
  const y = 228;
  sheet.dot(x + 5.5, y, 5.5, colours.primary);
  const number = { size: 7, bold: true, colour: colours.onPrimary, align: 'center' } as const;
  sheet.text(String(index + 1), x + 5.5, y + 2.5, number);
  sheet.text(title, x + 14, y - 0.2, { size: 7, bold: true });
  sheet.text(note, x + 14, y + 7.2, { size: BODY, colour: colours.ink2 });
}

function drawFoot(sheet: Sheet, code: EntryCode, words: PosterWords): void {
  const top = 245;
  const right = 137;
  const rightWidth = paper.width - MARGIN - right;
  sheet.box(0, top, paper.width, paper.height - top, colours.primaryTint);
  let y = top + 13;
  const fact = (name: string, lines: readonly string[]) => {
    sheet.text(name, MARGIN, y, { size: BODY, colour: colours.ink2 });
    for (const line of lines) {
      sheet.text(line, MARGIN + 22, y, { size: BODY });
      y += 6.6;
    }
    y += 2.6;
  };
  const width = right - MARGIN - 22 - 6;
  fact('地址', wrapText(code.address, BODY, width, sheet.measure).slice(0, 2));
  const hours = code.hours.flatMap((line) => hoursLines(line, width, sheet)).slice(0, 3);
  fact('开放时间', [...hours, '节假日安排以公告为准']);

  sheet.text('咨询电话', right, top + 13, { size: BODY, colour: colours.ink2 });
  const phone = fitLine(code.phone, [9, 8, 7, 6, 5], rightWidth, sheet.measureBold);
  const style = { size: phone.size, bold: true, colour: colours.primary };
  sheet.text(phone.lines[0] ?? '', right, top + 22.5, style);
  words.help.forEach((line, at) => sheet.text(line, right, top + 33 + at * 6.6, { size: BODY }));
  const small = { size: 3, colour: colours.ink2, align: 'right' } as const;
  sheet.text(words.number, paper.width - MARGIN, paper.height - 5, small);
}

/** '周一至周五 09:00–12:00、13:30–17:00' on one line where it fits, else the hours below their days. */
function hoursLines(line: string, width: number, sheet: Sheet): string[] {
  if (sheet.measure(line, BODY) <= width) return [line];
  const [days = '', ...hours] = line.split(' ');
  return [days, hours.join(' ')];
}
