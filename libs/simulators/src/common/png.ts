import { crc32, deflateSync } from 'node:zlib';

/**
 * An 8-bit grey picture; `rows` hold one byte per pixel, and the same buffer may stand for many rows.
 * Source: W3C, Portable Network Graphics (PNG) Specification.
 */
export function grayPng(rows: readonly Buffer[]): Buffer {
  const width = rows[0]?.length ?? 0;
  // The first byte of a row names its filter: none.
  const unfiltered = Buffer.alloc(1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows.flatMap((row) => [unfiltered, row])))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), data.length + 8);
  return out;
}
