import type { EntryCode } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { download } from '../common/download.js';
import { drawPoster } from './draw-poster.js';
import { posterPdf } from './poster-pdf.js';
import { posterFileName } from './poster-words.js';

type Poster =
  | { readonly status: 'drawing' }
  | { readonly status: 'failed' }
  | { readonly status: 'ready'; readonly canvas: HTMLCanvasElement; readonly url: string };

/** The poster of a code as a picture, to look at, to print and to keep. */
export function usePoster(code: EntryCode) {
  const [poster, setPoster] = useState<Poster>({ status: 'drawing' });
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let current = true;
    let url: string | undefined;
    setPoster({ status: 'drawing' });
    setFailed(false);
    const draw = async () => {
      const canvas = drawPoster(code, await pictureOf(code));
      const blob = await toBlob(canvas);
      if (!current) return;
      url = URL.createObjectURL(blob);
      setPoster({ status: 'ready', canvas, url });
    };
    draw().catch(() => current && setPoster({ status: 'failed' }));
    return () => {
      current = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [code]);

  const save = async () => {
    if (poster.status !== 'ready') return;
    setSaving(true);
    setFailed(false);
    try {
      download(await posterPdf(poster.canvas, code.title), posterFileName(code));
    } catch {
      setFailed(true);
    } finally {
      setSaving(false);
    }
  };
  return { poster, saving, failed, save: () => void save(), print: () => window.print() };
}

async function pictureOf({ image }: EntryCode): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = `data:${image.contentType};base64,${image.base64}`;
  await picture.decode();
  return picture;
}

function toBlob(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture'))), 'image/png');
  });
}
