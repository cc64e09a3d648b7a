import { nameOf, providerOf } from '../../providers.js';
import { amountView, progressView } from '../amount.view.js';
import { html, type SafeHtml } from '../html.js';
import { icons } from '../icons.js';
import { noticeView, paymentDocument } from '../layout.view.js';
import type { PaymentPage } from '../page-context.js';
import { testOutcomesView } from '../test-outcomes.view.js';
import { trxFormView } from '../trx-form.view.js';

/** How often a browser without script looks again. */
const REFRESH_SECONDS = 5;

export function walletVerifyingView(page: PaymentPage): SafeHtml {
  const { texts, language, payment, path } = page;
  const name = nameOf(providerOf(payment.provider ?? ''), language);
  return paymentDocument(page, {
    title: texts.verifyingTitle,
    isWatching: true,
    head: html`<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS};url=${path}"></noscript>`,
    body: html`${amountView(page, { withDeadline: false })}
${progressView(page, 3)}
${noticeView(page.notice)}
<section class="card outcome">
<span class="badge badge-busy"><span class="pulse" aria-hidden="true"></span>${icons.search}</span>
<h1>${texts.verifyingTitle}</h1>
<p>${texts.verifyingBody(name)}</p>
<ol class="track">
<li class="track-done">${icons.check}<span>${texts.trxReceived}<b class="mono">${payment.trxId}</b></span></li>
<li class="track-now"><span class="spinner" aria-hidden="true"></span><span>${texts.waitingFor(name)}</span></li>
<li class="track-next"><span class="dot" aria-hidden="true"></span><span>${page.returnTo.success === null ? texts.completedTitle : texts.returnToShopStep(page.merchant.name)}</span></li>
</ol>
<p class="hint">${texts.verifyingStay}</p>
<p><a class="link" href="${path}?change=1">${icons.pencil}${texts.typedWrong}</a></p>
</section>
${testOutcomesView(page)}`,
  });
}

/** Its own page and not a part of the watching one, which renews itself and would wipe what is being typed. */
export function retypeView(page: PaymentPage): SafeHtml {
  const { texts, language, payment, path } = page;
  const provider = providerOf(payment.provider ?? '');
  return paymentDocument(page, {
    title: texts.retypeTitle,
    isWatching: true,
    query: '?change=1',
    body: html`${amountView(page, { withDeadline: false })}
<section class="card">
<h1>${texts.retypeTitle}</h1>
<p class="lead">${texts.retypeBody}</p>
${noticeView(page.notice)}
${trxFormView(page, { provider, walletField: walletField(page, language) })}
<p class="cancel"><a class="link quiet" href="${path}">${texts.retypeBack}</a></p>
</section>`,
  });
}

/** Lets a customer who sent to another of the shop's wallets say so; with one wallet there is nothing to say. */
function walletField(page: PaymentPage, language: PaymentPage['language']): SafeHtml | null {
  const { payment, wallets, texts } = page;
  const isCurrent = (wallet: PaymentPage['wallets'][number]): boolean =>
    wallet.provider === payment.provider && wallet.number === payment.walletNumber;
  if (wallets.every(isCurrent)) return null;
  const chosenId = page.selected?.id ?? wallets.find(isCurrent)?.id ?? '';
  const closed = wallets.some(isCurrent)
    ? null
    : html`<option value="">${nameOf(providerOf(payment.provider ?? ''), language)} ${payment.walletNumber}</option>`;
  const options = wallets.map(
    (wallet) =>
      html`<option value="${wallet.id}"${wallet.id === chosenId ? html` selected` : null}>${nameOf(providerOf(wallet.provider), language)} ${wallet.number}</option>`,
  );
  return html`<div class="field"><label for="wallet_id">${texts.walletLabel}</label>
<select id="wallet_id" name="wallet_id">${closed}${options}</select></div>`;
}
