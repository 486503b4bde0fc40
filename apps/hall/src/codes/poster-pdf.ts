import { paper } from './draw-poster.js';

/** One A4 page with the poster on it, to be kept or sent to a print shop. The library comes only when it is asked for. */
export async function posterPdf(canvas: HTMLCanvasElement, title: string): Promise<Blob> {
  const { jsPDF } = await import('jspdf');
  const pdf = new jsPDF({ unit: 'mm', format: 'a4', orientation: 'portrait', compress: true });
  pdf.setProperties({ title });
  // At this quality nothing shows at the edges of type, and the file stays small enough to be sent on a phone.
  pdf.addImage(canvas.toDataURL('image/jpeg', 0.95), 'JPEG', 0, 0, paper.width, paper.height);
  return pdf.output('blob');
}
