import { create } from 'qrcode';
import { html, type SafeHtml } from './html.js';

/** Light modules round the code, without which many cameras do not find it (ISO/IEC 18004: four). */
const QUIET = 4;

/** A text as a QR code, drawn into the page: nothing is fetched, and it stays black on white where the page is dark. */
export function qrCodeView(text: string, label: string): SafeHtml {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const side = size + 2 * QUIET;
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let run = 0;
      while (column + run < size && data[row * size + column + run] === 1) run += 1;
      if (run > 0) path += `M${column + QUIET} ${row + QUIET}h${run}v1h-${run}z`;
      column += run;
    }
  }
  return html`<svg class="qr" viewBox="0 0 ${side} ${side}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
