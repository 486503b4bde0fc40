/**
 * Fen of a sum in yuan as bills write it (`12.30`, `-0.5`, `0.00600` with zeros past the fen), without floating point.
 * Undefined if it is no sum of whole fen.
 */
export function yuanToFen(yuan: string): number | undefined {
  const [, sign, whole, cents = ''] = /^([+-]?)(\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(yuan.trim()) ?? [];
  if (whole === undefined) return undefined;
  const fen = Number(whole) * 100 + Number(cents.padEnd(2, '0'));
  return sign === '-' && fen !== 0 ? -fen : fen;
}
