import { Image } from '@tarojs/components';
import { useMemo } from 'react';
import qrcode from 'qrcode-generator';
import { imageRole } from '../platform/a11y';

/** Drawn on the phone: what it carries goes to no other machine. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const source = useMemo(() => drawing(text), [text]);
  // Both are squares; in the browser aspectFit hangs the picture off the middle of centred text.
  return <Image className="qr" src={source} mode="scaleToFill" {...imageRole(label)} />;
}

const QUIET = 4;

function drawing(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * QUIET;
  let path = '';
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' width='${size * 8}' height='${size * 8}' viewBox='0 0 ${size} ${size}' shape-rendering='crispEdges'><rect width='${size}' height='${size}' fill='white'/><path d='${path}'/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
