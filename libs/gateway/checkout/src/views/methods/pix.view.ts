import { brazilTexts } from '../../texts/brazil.js';
import { amountView, refreshAtExpiry } from '../amount.view.js';
import { copyBlock } from '../copy-row.view.js';
import { html, type SafeHtml } from '../html.js';
import { noticeView, paymentDocument } from '../layout.view.js';
import type { PaymentPage } from '../page-context.js';
import { qrCodeView } from '../qr-code.view.js';
import { testOutcomesView } from '../test-outcomes.view.js';
import { instructionOf } from './instructions.js';

/**
 * Pix: copy the code or scan it, pay in the bank's app, watch. Nothing is typed here: the bank tells us. The code to
 * copy comes first, since the bank's app is mostly on the phone that shows this page; on a wide screen the one to scan.
 */
export const pixMethod = { pending: pixView, verifying: pixView };

function pixView(page: PaymentPage): SafeHtml {
  const { texts, payment } = page;
  const own = brazilTexts(page.language);
  const brCode = instructionOf(payment, 'brCode');
  return paymentDocument(page, {
    title: own.pixTitle,
    isWatching: true,
    head: refreshAtExpiry(page),
    body: html`${amountView(page, { withDeadline: payment.status === 'pending' })}
${noticeView(page.notice)}
<section class="card">
<h1>${own.pixTitle}</h1>
<p class="lead">${own.pixLead}</p>
<div class="pix">
${copyBlock({ value: brCode, label: own.copyCode, name: own.pixCode, texts })}
<ol class="steps">
<li><p>${own.pixStepOpen}</p></li>
<li><p>${own.pixStepPaste}</p></li>
<li><p>${own.pixStepCheck(instructionOf(payment, 'beneficiary'))}</p></li>
</ol>
<div class="scan"><h2>${own.orScan}</h2>${qrCodeView(brCode, own.qrLabel)}</div>
</div>
<p class="hint">${own.watching}</p>
</section>
${testOutcomesView(page)}`,
  });
}
