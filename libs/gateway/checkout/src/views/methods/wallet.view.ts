import { nameOf, providerOf } from '../../providers.js';
import { amountView, progressView, refreshAtExpiry } from '../amount.view.js';
import { handoffView } from '../handoff.view.js';
import { html, type SafeHtml } from '../html.js';
import { icons } from '../icons.js';
import { noticeView, paymentDocument } from '../layout.view.js';
import type { PaymentPage } from '../page-context.js';
import { testOutcomesView } from '../test-outcomes.view.js';
import { actionOf, cancelLink, providerTile } from './wallet-parts.js';
import { sendView } from './wallet-send.view.js';
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
  const { texts, language, path, offered } = page;
  const items = offered.map((wallet) => {
    const provider = providerOf(wallet.provider);
    // Two accounts that look alike can only be told apart by their number.
    const isDoubled = offered.some(
      (other) =>
        other.id !== wallet.id && other.provider === wallet.provider && other.accountType === wallet.accountType,
    );
    return html`<li><a class="wallet" href="${path}?wallet=${encodeURIComponent(wallet.id)}#step">
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
${testOutcomesView(page)}${cancelLink(page)}${handoffView(page)}`,
  });
}
