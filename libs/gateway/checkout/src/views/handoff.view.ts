import { html, type SafeHtml } from './html.js';
import type { PaymentPage } from './page-context.js';
import { qrCodeView } from './qr-code.view.js';

/** On a wide screen: the wallet is on the phone, and so may this page be. Phones do not show it. */
export function handoffView({ address, texts }: PaymentPage): SafeHtml | null {
  if (address === null) return null;
  return html`<aside class="handoff" aria-labelledby="handoff-title">
<h2 id="handoff-title">${texts.handoffTitle}</h2>
${qrCodeView(address, texts.handoffTitle)}
<p class="hint">${texts.handoffBody}</p>
</aside>`;
}
