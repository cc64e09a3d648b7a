import { html, type HtmlPart, type SafeHtml } from './html.js';
import { icons } from './icons.js';
import { noticeView, paymentDocument } from './layout.view.js';
import { contactView } from './contact.view.js';
import { moneyText } from './money-text.js';
import { receiptView, waitingView } from './receipt.view.js';
import type { PaymentPage } from './page-context.js';
import { amountView, progressView } from './amount.view.js';
import { FORM_TOKEN_FIELD } from '../form-guard.js';
import { testOutcomesView } from './test-outcomes.view.js';

const SUCCESS_RETURN_SECONDS = 5;
const FAILURE_RETURN_SECONDS = 15;

/** The page of a payment that is over. */
export function outcomeView(page: PaymentPage): SafeHtml {
  const { texts, merchant, payment, returnTo } = page;
  switch (page.phase) {
    case 'completed':
      return resultView(page, {
        kind: 'good',
        icon: icons.check,
        title: texts.completedTitle,
        text: texts.completedBody(merchant.name),
        target: returnTo.success,
        returnSeconds: SUCCESS_RETURN_SECONDS,
        details: receiptView(page),
      });
    case 'refunded':
      return resultView(page, {
        kind: 'wait',
        icon: icons.refund,
        title: texts.refundedTitle,
        text: texts.refundedBody(merchant.name, moneyText(payment.refundedMinor, payment.currency, page.language).full),
        target: returnTo.success,
        returnSeconds: null,
        details: receiptView(page),
      });
    case 'cancelled':
      return resultView(page, {
        kind: 'bad',
        icon: icons.cross,
        title: texts.cancelledTitle,
        text: texts.cancelledBody,
        target: returnTo.cancel,
        returnSeconds: SUCCESS_RETURN_SECONDS,
        details: null,
      });
    case 'failed':
      // The reason is for the shop: "already used" would tell a stranger which TrxIDs exist.
      return resultView(page, {
        kind: 'bad',
        icon: icons.cross,
        title: texts.failedTitle,
        text: texts.failedBody(merchant.name),
        target: returnTo.cancel,
        returnSeconds: FAILURE_RETURN_SECONDS,
        details: receiptView(page),
      });
    case 'expired':
      return resultView(page, {
        kind: 'wait',
        icon: icons.clock,
        title: texts.expiredTitle,
        text: texts.expiredBody(merchant.name),
        target: returnTo.cancel,
        returnSeconds: FAILURE_RETURN_SECONDS,
        details: receiptView(page),
      });
    case 'pending':
    case 'verifying':
    case 'review':
      throw new Error(`payment ${payment.id} is not over: ${page.phase}`);
  }
}

interface Result {
  readonly kind: 'good' | 'bad' | 'wait';
  readonly icon: SafeHtml;
  readonly title: string;
  readonly text: string;
  readonly target: string | null;
  /** `null`: only by the button. */
  readonly returnSeconds: number | null;
  readonly details: HtmlPart;
}

function resultView(page: PaymentPage, result: Result): SafeHtml {
  const { texts, payment, merchant } = page;
  const isUnderReview =
    payment.reviewReason !== null &&
    payment.reviewReason !== 'message_missing' &&
    (page.phase === 'expired' || page.phase === 'failed' || page.phase === 'cancelled');
  // Who has money under way must have the time to read that it was seen.
  const goesBack = result.target !== null && !isUnderReview && !page.isStaying;
  const back = goesBack && result.returnSeconds !== null ? { to: result.target!, seconds: result.returnSeconds } : null;
  const isTrouble = page.phase === 'failed' || page.phase === 'expired';
  const contact = isTrouble ? contactView(page) : null;
  return paymentDocument(page, {
    title: result.title,
    head:
      back === null
        ? null
        : html`<noscript><meta http-equiv="refresh" content="${back.seconds};url=${back.to}"></noscript>`,
    hasContact: contact !== null,
    body: html`<section class="card outcome outcome-${result.kind}">
<span class="badge badge-${result.kind}">${result.icon}</span>
<h1 id="step" tabindex="-1">${result.title}</h1>
<p class="outcome-amount">${moneyText(payment.amountMinor, payment.currency, page.language).full}</p>
<p>${result.text}</p>
${isUnderReview ? html`<p class="notice">${icons.info}<span>${texts.closedReview}</span></p>` : null}
${result.details}
${result.target === null ? html`<p class="hint">${texts.mayClose}</p>` : html`<a class="button wide" href="${result.target}" rel="noreferrer">${texts.returnNow(merchant.name)}</a>`}
${back === null ? null : returningView(page, back)}
${page.phase === 'completed' ? html`<button type="button" class="link quiet print" data-print hidden>${icons.print}<span>${texts.print}</span></button>` : null}
</section>
${contact}`,
  });
}

/** The way back to the shop by itself, and the way to stop it: who reads slowly, or wants to print, must be able to. */
function returningView(
  { texts, path, language }: PaymentPage,
  back: { readonly to: string; readonly seconds: number },
): SafeHtml {
  const [before, seconds, after] = texts.returning(back.seconds);
  return html`<p class="hint returning" data-return="${back.seconds}" data-return-to="${back.to}" data-staying="${texts.staying}"><span>${before}<span data-return-left>${seconds}</span>${after}</span>
<a class="link" href="${path}?stay=1&amp;lang=${language}" data-stay>${texts.stay}</a></p>`;
}

/** Something about the money needs a person: the customer is told so, and may still correct a wrong TrxID. */
export function reviewView(page: PaymentPage): SafeHtml {
  const { texts, merchant, payment, path } = page;
  const isMissing = payment.reviewReason === 'message_missing';
  const title = isMissing ? texts.missingTitle : texts.reviewTitle;
  const contact = contactView(page);
  return paymentDocument(page, {
    title,
    isWatching: true,
    head: html`<noscript><meta http-equiv="refresh" content="15;url=${path}"></noscript>`,
    hasContact: contact !== null,
    body: html`${amountView(page, { withDeadline: false })}
${payment.method === 'wallet' ? progressView(page, 3) : null}
${noticeView(page.notice)}
<section class="card outcome">
<span class="badge badge-wait">${icons.eye}</span>
<h1 id="step" tabindex="-1">${title}</h1>
<p>${isMissing ? texts.missingBody(merchant.name) : texts.reviewBody(merchant.name)}</p>
${waitingView(page)}
<p class="hint">${texts.verifyingStay}</p>
${payment.method === 'wallet' ? html`<p><a class="link" href="${path}?change=1">${icons.pencil}${texts.typedWrong}</a></p>` : null}
</section>
${contact}${testOutcomesView(page)}`,
  });
}

export function cancelView(page: PaymentPage): SafeHtml {
  const { texts, path } = page;
  return paymentDocument(page, {
    title: texts.cancelTitle,
    isWatching: true,
    body: html`${amountView(page, { withDeadline: false })}
<section class="card outcome">
<span class="badge badge-wait">${icons.info}</span>
<h1>${texts.cancelTitle}</h1>
<p>${texts.cancelBody}</p>
${noticeView(page.notice)}
<form method="post" action="${path}/cancel" class="form">
<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${page.formToken}">
<a class="button wide" href="${path}">${texts.cancelNo}</a>
<button class="button wide danger" type="submit"><span>${texts.cancelYes}</span></button>
</form>
</section>`,
  });
}
