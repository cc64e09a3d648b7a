import { nameOf, providerOf } from '../../providers.js';
import { amountView, progressView } from '../amount.view.js';
import { contactView } from '../contact.view.js';
import { html, type SafeHtml } from '../html.js';
import { icons } from '../icons.js';
import { noticeView, paymentDocument } from '../layout.view.js';
import type { PaymentPage } from '../page-context.js';
import { waitingView } from '../receipt.view.js';
import { testOutcomesView } from '../test-outcomes.view.js';
import { trxFormView } from '../trx-form.view.js';

/**
 * After how long a wait says what, and how often a browser without script looks again by then. Two minutes is longer
 * than most messages take; after ten a person should know whom to ask.
 */
const STAGES = [
  { fromMs: 0, refreshSeconds: 5 },
  { fromMs: 2 * 60_000, refreshSeconds: 15 },
  { fromMs: 10 * 60_000, refreshSeconds: 30 },
] as const;
type Stage = 0 | 1 | 2;

/** The server's time decides what is shown; the script only goes on to the next text when its time comes. */
export function walletVerifyingView(page: PaymentPage): SafeHtml {
  const { texts, payment, path, nowMs } = page;
  const waitedMs = Math.max(0, nowMs - Date.parse(payment.updatedAt));
  const stage = STAGES.findLastIndex(({ fromMs }) => waitedMs >= fromMs) as Stage;
  const contact = contactView(page);
  return paymentDocument(page, {
    title: texts.verifyingTitle,
    isWatching: true,
    head: html`<noscript><meta http-equiv="refresh" content="${STAGES[stage].refreshSeconds};url=${path}"></noscript>`,
    hasContact: contact !== null,
    body: html`${amountView(page, { withDeadline: false })}
${progressView(page, 3)}
${noticeView(page.notice)}
<div class="waits" data-waited="${waitedMs}">
${[0, 1, 2].map((each) => stageView(page, each as Stage, each === stage))}
</div>
${contact === null ? null : html`<div data-contact${stage === 0 ? html` hidden` : null}>${contact}</div>`}
${testOutcomesView(page)}`,
  });
}

function stageView(page: PaymentPage, stage: Stage, isNow: boolean): SafeHtml {
  const { texts, language, payment, merchant } = page;
  const name = nameOf(providerOf(payment.provider ?? ''), language);
  const said = [
    { title: texts.verifyingTitle, text: texts.verifyingBody(name) },
    { title: texts.longTitle, text: texts.longBody(name) },
    { title: texts.veryLongTitle(name), text: texts.veryLongBody(merchant.name) },
  ][stage]!;
  return html`<section class="card outcome" data-wait-from="${STAGES[stage].fromMs}"${isNow ? null : html` hidden`}>
${
  stage === 0
    ? html`<span class="badge badge-busy"><span class="pulse" aria-hidden="true"></span>${icons.search}</span>`
    : html`<span class="badge badge-wait">${icons.clock}</span>`
}
<h1${isNow ? html` id="step"` : null} tabindex="-1">${said.title}</h1>
<p>${said.text}</p>
${stage === 0 ? trackView(page, name) : checkView(page)}
${stage === 2 ? html`<h2 class="sees">${texts.shopSees(merchant.name)}</h2>${waitingView(page)}` : null}
<p class="hint">${texts.verifyingStay}</p>
${stage === 0 ? html`<p><a class="link" href="${page.path}?change=1">${icons.pencil}${texts.typedWrong}</a></p>` : null}
</section>`;
}

function trackView(page: PaymentPage, name: string): SafeHtml {
  const { texts, payment } = page;
  return html`<ol class="track">
<li class="track-done">${icons.check}<span>${texts.trxReceived}<b class="mono">${payment.trxId}</b></span></li>
<li class="track-now"><span class="spinner" aria-hidden="true"></span><span>${texts.waitingFor(name)}</span></li>
<li class="track-next"><span class="dot" aria-hidden="true"></span><span>${page.returnTo.success === null ? texts.completedTitle : texts.returnToShopStep(page.merchant.name)}</span></li>
</ol>`;
}

/** The TrxID as it was typed, large enough to be held against the message, and the way to mend it. */
function checkView({ texts, payment, path }: PaymentPage): SafeHtml {
  return html`<p class="trx-check"><span>TrxID</span><b class="mono">${payment.trxId}</b></p>
<a class="button wide quiet" href="${path}?change=1">${icons.pencil}<span>${texts.retypeTitle}</span></a>`;
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
<h1 id="step" tabindex="-1">${texts.retypeTitle}</h1>
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
