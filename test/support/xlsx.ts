import { inflateRawSync } from 'node:zlib';

/** The files of a zip (APPNOTE.TXT 4.3.12): enough of it to look into an .xlsx. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0) throw new Error('Not a zip');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, nameLength] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + size);
    files.set(name, method === 0 ? data : inflateRawSync(data));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

/** The first sheet as text, and its XML to look for what should not be there. */
export function readSheet(xlsx: Buffer): { rows: string[][]; xml: string } {
  const files = unzip(xlsx);
  const xml = files.get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? '';
  const strings = [
    ...(files.get('xl/sharedStrings.xml')?.toString('utf8') ?? '').matchAll(/<si>(.*?)<\/si>/gs),
  ].map(([, text = '']) => plain(text));
  const rows = [...xml.matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map(([, row = '']) => {
    const cells: string[] = [];
    for (const [, attributes = '', cell = ''] of row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const value = /<v>(.*?)<\/v>/s.exec(cell)?.[1] ?? '';
      const text = /t="s"/.test(attributes) ? (strings[Number(value)] ?? '') : value || plain(cell);
      // Empty cells are left out of the file.
      cells[columnOf(/r="([A-Z]+)\d+"/.exec(attributes)?.[1] ?? 'A')] = text;
    }
    return Array.from(cells, (cell) => cell ?? '');
  });
  return { rows, xml };
}

/** `A` → 0, `AA` → 26. */
function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function plain(xml: string): string {
  return xml
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|apos|#39);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? "'")
    .replaceAll('&amp;', '&');
}
