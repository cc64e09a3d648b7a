import type { Wallet } from '@paymatch/gateway-receiving';
import { nameOf, providerOf, type Provider } from '../../providers.js';
import type { Texts } from '../../texts/en.js';
import { amountView, progressView, refreshAtExpiry } from '../amount.view.js';
import { html, type SafeHtml } from '../html.js';
import { icons } from '../icons.js';
import { noticeView, paymentDocument } from '../layout.view.js';
import { moneyText } from '../money-text.js';
import type { PaymentPage } from '../page-context.js';
import { testOutcomesView } from '../test-outcomes.view.js';
import { trxFormView } from '../trx-form.view.js';
import { retypeView, walletVerifyingView } from './wallet-verifying.view.js';

/** A mobile wallet: pick one, send the money, enter the TrxID, watch. */
export const walletMethod = {
  pending(page: PaymentPage): SafeHtml {
    if (page.wallets.length === 0) return noWalletsView(page);
    return page.selected === null ? chooseView(page) : sendView(page, page.selected);
  },
  verifying(page: PaymentPage): SafeHtml {
    return page.isRetyping ? retypeView(page) : walletVerifyingView(page);
  },
};

/** What the customer does in their app depends on the kind of account the money goes to. */
export function actionOf(wallet: Wallet, texts: Texts): string {
  switch (wallet.accountType) {
    case 'personal':
      return texts.actions.send_money;
    case 'merchant':
      return texts.actions[providerOf(wallet.provider).merchantAction];
    case 'agent':
      return texts.actions.cash_out;
    case 'bank':
      return texts.actions.bank;
  }
}

export function providerTile(provider: Provider): SafeHtml {
  return html`<span class="tile tile-${provider.id}" aria-hidden="true">${provider.initials}</span>`;
}

function noWalletsView(page: PaymentPage): SafeHtml {
  const { texts, path } = page;
  return paymentDocument(page, {
    title: texts.noWalletsTitle,
    isWatching: true,
    head: refreshAtExpiry(page),
    body: html`${amountView(page, { withDeadline: false })}
<section class="card outcome">
<span class="badge badge-wait">${icons.wallet}</span>
<h1>${texts.noWalletsTitle}</h1>
<p>${texts.noWalletsBody}</p>
<a class="button" href="${path}">${texts.retry}</a>
</section>
${testOutcomesView(page)}${cancelLink(page)}`,
  });
}

function chooseView(page: PaymentPage): SafeHtml {
  const { texts, language, path, wallets } = page;
  const items = wallets.map((wallet) => {
    const provider = providerOf(wallet.provider);
    // Two accounts that look alike can only be told apart by their number.
    const isDoubled = wallets.some(
      (other) =>
        other.id !== wallet.id && other.provider === wallet.provider && other.accountType === wallet.accountType,
    );
    return html`<li><a class="wallet" href="${path}?wallet=${encodeURIComponent(wallet.id)}">
${providerTile(provider)}
<span class="wallet-text"><b>${nameOf(provider, language)}</b><span>${actionOf(wallet, texts)}${isDoubled ? ` · ${wallet.number}` : null}</span></span>
${icons.arrow}</a></li>`;
  });
  return paymentDocument(page, {
    title: texts.chooseTitle,
    isWatching: true,
    head: refreshAtExpiry(page),
    body: html`${amountView(page, { withDeadline: true })}
${progressView(page, 1)}
${noticeView(page.notice)}
<section class="card">
<h1>${texts.chooseTitle}</h1>
<p class="lead">${texts.chooseHint}</p>
<ul class="wallets">${items}</ul>
</section>
${testOutcomesView(page)}${cancelLink(page)}`,
  });
}

function sendView(page: PaymentPage, wallet: Wallet): SafeHtml {
  const { texts, language, path, payment } = page;
  const provider = providerOf(wallet.provider);
  const name = nameOf(provider, language);
  const [before, action, after] = texts.stepChoose(actionOf(wallet, texts));
  const money = moneyText(payment.amountMinor, payment.currency);
  return paymentDocument(page, {
    title: texts.sendTitle(name),
    isWatching: true,
    head: refreshAtExpiry(page),
    query: `?wallet=${encodeURIComponent(wallet.id)}`,
    body: html`${amountView(page, { withDeadline: true })}
${progressView(page, 2)}
<section class="card">
<div class="card-head">${providerTile(provider)}<h1>${texts.sendTitle(name)}</h1>${page.wallets.length > 1 ? html`<a class="link" href="${path}">${texts.changeWallet}</a>` : null}</div>
<ol class="steps">
<li><p>${texts.stepOpen(name, provider.ussd)}</p></li>
<li><p>${before}<b>${action}</b>${after}</p></li>
<li><p>${texts.stepNumber}</p>${copyRow({ value: wallet.number, label: texts.copyNumber, sign: '', texts })}</li>
<li><p>${texts.stepAmount}</p>${copyRow({ value: money.plain, label: texts.copyAmount, sign: money.sign, texts })}<p class="hint">${texts.exactWarning}</p></li>
<li><p>${texts.stepPin}</p></li>
<li><p>${texts.stepTrx}</p></li>
</ol>
</section>
<section class="card" id="trx">
<h2>${texts.formTitle}</h2>
${noticeView(page.notice)}
${trxFormView(page, { provider, walletField: html`<input type="hidden" name="wallet_id" value="${wallet.id}">` })}
</section>
${testOutcomesView(page)}${cancelLink(page)}`,
  });
}

/** More than an account or an amount: shown small, since nobody types it. */
const LONG_VALUE_LENGTH = 60;

/** A value to carry over into another app, with its button. */
export function copyRow(row: {
  readonly value: string;
  readonly label: string;
  readonly sign: string;
  readonly texts: Pick<Texts, 'copy' | 'copied'>;
}): SafeHtml {
  return html`<div class="${row.value.length > LONG_VALUE_LENGTH ? 'copy copy-long' : 'copy'}"><span class="copy-value">${row.sign === '' ? null : html`<span class="copy-sign">${row.sign}</span>`}<span data-value>${row.value}</span></span>
<button type="button" class="copy-button" data-copy="${row.value}" data-copied="${row.texts.copied}" aria-label="${row.label}" hidden>${icons.copy}<span>${row.texts.copy}</span></button></div>`;
}

function cancelLink(page: PaymentPage): SafeHtml {
  return html`<p class="cancel"><a class="link quiet" href="${page.path}/cancel">${page.texts.cancelLink}</a></p>`;
}
