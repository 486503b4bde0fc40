/** Measures a text at a type size. */
export type Measure = (text: string, size: number) => number;

interface Fitted {
  readonly size: number;
  readonly lines: readonly string[];
}

/** These never begin a line: 避头尾, GB/T 15834. */
const NO_START = new Set('，。、；：！？）》」』”’…·%');

/** Where a line may end: between characters as in Chinese, but not inside of numbers and Latin words. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const piece of text.match(/[0-9A-Za-z.–:-]+|./gu) ?? []) {
    if (NO_START.has(piece) && pieces.length > 0) pieces.push(`${pieces.pop()}${piece}`);
    else pieces.push(piece);
  }
  return pieces;
}

/** As many characters a line as there is room for. */
export function wrapText(text: string, size: number, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (line === '' || measure(line + piece, size) <= width) line += piece;
    else {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** On one line at the largest size that has room for it; at the smallest one the end gives way to an ellipsis. */
export function fitLine(text: string, sizes: readonly number[], width: number, measure: Measure): Fitted {
  for (const size of sizes) {
    if (measure(text, size) <= width) return { size, lines: [text] };
  }
  const size = sizes.at(-1) ?? 0;
  const kept = [...text];
  while (kept.length > 1 && measure(`${kept.join('')}…`, size) > width) kept.pop();
  while (NO_START.has(kept.at(-1) ?? '')) kept.pop();
  return { size, lines: [`${kept.join('')}…`] };
}

/** A title: one line at one of the large sizes, else two of about the same length, so that no character stands alone. */
export function fitTitle(
  text: string,
  sizes: { readonly one: readonly number[]; readonly two: readonly number[] },
  width: number,
  measure: Measure,
): Fitted {
  const one = sizes.one.find((size) => measure(text, size) <= width);
  if (one !== undefined) return { size: one, lines: [text] };
  for (const size of sizes.two) {
    const lines = splitInTwo(text, size, width, measure);
    if (lines) return { size, lines };
  }
  const size = sizes.two.at(-1) ?? 0;
  const [first = '', ...rest] = wrapText(text, size, width, measure);
  return { size, lines: [first, ...fitLine(rest.join(''), [size], width, measure).lines] };
}

function splitInTwo(text: string, size: number, width: number, measure: Measure): string[] | undefined {
  const pieces = piecesOf(text);
  let best: { cost: number; lines: string[] } | undefined;
  for (let at = 1; at < pieces.length; at++) {
    const lines = [pieces.slice(0, at).join('').trimEnd(), pieces.slice(at).join('').trimStart()];
    const longest = Math.max(...lines.map((line) => measure(line, size)));
    // An opening bracket is where a reader would take breath.
    const cost = pieces[at]?.startsWith('（') ? longest * 0.7 : longest;
    if (longest <= width && (!best || cost < best.cost)) best = { cost, lines };
  }
  return best?.lines;
}
