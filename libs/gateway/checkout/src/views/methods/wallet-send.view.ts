import type { Wallet } from '@paymatch/gateway-receiving';
import { nameOf, providerOf, type Provider } from '../../providers.js';
import { amountView, progressView, refreshAtExpiry } from '../amount.view.js';
import { copyRow } from '../copy-row.view.js';
import { handoffView } from '../handoff.view.js';
import { html, type SafeHtml } from '../html.js';
import { noticeView, paymentDocument } from '../layout.view.js';
import { moneyText } from '../money-text.js';
import type { PaymentPage } from '../page-context.js';
import { testOutcomesView } from '../test-outcomes.view.js';
import { trxFormView } from '../trx-form.view.js';
import { actionOf, cancelLink, providerTile } from './wallet-parts.js';

/**
 * What to do in the wallet's app, and the form for its TrxID. The button that leads to the form stays in sight while
 * the steps are, and is gone where they end: it never covers the form.
 */
export function sendView(page: PaymentPage, wallet: Wallet): SafeHtml {
  const { texts, language, path } = page;
  const provider = providerOf(wallet.provider);
  const name = nameOf(provider, language);
  return paymentDocument(page, {
    title: texts.sendTitle(name),
    isWatching: true,
    head: refreshAtExpiry(page),
    query: `?wallet=${encodeURIComponent(wallet.id)}`,
    body: html`${amountView(page, { withDeadline: true })}
${progressView(page, 2)}
<div class="send">
<section class="card">
<div class="card-head">${providerTile(provider)}<h1 id="step" tabindex="-1">${texts.sendTitle(name)}</h1>${page.offered.length > 1 ? html`<a class="link" href="${path}">${texts.changeWallet}</a>` : null}</div>
${stepsView(page, wallet)}
</section>
<p class="sent"><a class="button wide" href="#trx_id">${texts.sent}</a></p>
</div>
<section class="card" id="trx">
<h2>${texts.formTitle}</h2>
${noticeView(page.notice)}
${trxFormView(page, { provider, walletField: html`<input type="hidden" name="wallet_id" value="${wallet.id}">` })}
</section>
${testOutcomesView(page)}${cancelLink(page)}${handoffView(page)}`,
  });
}

function stepsView(page: PaymentPage, wallet: Wallet): SafeHtml {
  const { texts, language, payment, brand } = page;
  const holder = wallet.accountName ?? brand.accountHolder;
  const provider = providerOf(wallet.provider);
  const [before, action, after] = texts.stepChoose(actionOf(wallet, texts));
  const money = moneyText(payment.amountMinor, payment.currency, language);
  return html`<ol class="steps">
<li><p>${openView(page, provider)}</p></li>
<li><p>${before}<b>${action}</b>${after}</p></li>
<li><p>${texts.stepNumber}</p>${copyRow({ value: wallet.number, label: texts.copyNumber, sign: '', texts })}${holder === null ? null : holderView(page, holder)}</li>
<li><p>${texts.stepAmount}</p>${copyRow({ value: money.plain, label: texts.copyAmount, sign: money.sign, texts })}<p class="hint">${texts.exactWarning}</p></li>
<li><p>${texts.stepPin}</p></li>
<li><p>${texts.stepTrx}</p></li>
</ol>`;
}

/** A code to dial is a link that dials it: `#` would end the address, and is written as `%23`. */
function openView({ texts, language }: PaymentPage, provider: Provider): SafeHtml {
  const name = nameOf(provider, language);
  if (provider.ussd === null) return html`${texts.stepOpen(name)}`;
  const [before, code, after] = texts.stepOpenOrDial(name, provider.ussd);
  return html`${before}<a class="dial" href="tel:${encodeURIComponent(code)}">${code}</a>${after}`;
}

/** Who sends money wants to see that it goes to the right one. */
function holderView({ texts }: PaymentPage, holder: string): SafeHtml {
  const [before, name, after] = texts.stepHolder(holder);
  return html`<p class="hint">${before}<b>${name}</b>${after}</p>`;
}
