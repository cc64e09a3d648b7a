import { orderedMinor } from '@paymatch/contracts';
import { html, type SafeHtml } from './html.js';
import { icons } from './icons.js';
import { deadlineText, moneyText } from './money-text.js';
import type { PaymentPage } from './page-context.js';

/** The amount as on a paper slip, with what it is for and how long there is to pay. */
export function amountView(page: PaymentPage, options: { readonly withDeadline: boolean }): SafeHtml {
  const { texts, payment } = page;
  const money = moneyText(payment.amountMinor, payment.currency, page.language);
  const label = options.withDeadline ? texts.amountToPay : texts.amount;
  return html`<section class="slip" aria-label="${label}">
<p class="slip-label">${label}</p>
<p class="amount"><span class="amount-sign">${money.sign}</span>${money.whole}<span class="amount-fraction">${money.point}${money.fraction}</span></p>
${chargeView(page)}
${payment.invoiceId === null ? null : html`<p class="slip-invoice">${texts.invoice} <bdi>${payment.invoiceId}</bdi></p>`}
${options.withDeadline ? deadlineView(page) : null}
</section>`;
}

/** Why more is asked for than the shop said. */
function chargeView({ texts, payment, language }: PaymentPage): SafeHtml | null {
  if (!payment.charge) return null;
  const text = (minor: number): string => moneyText(minor, payment.currency, language).full;
  const line = texts.orderAndCharge(text(orderedMinor(payment)), text(payment.charge.amountMinor));
  return html`<p class="slip-invoice">${line}</p>`;
}

/** Without the script the clock time alone is shown: a remaining time that stands still would be a lie. */
function deadlineView(page: PaymentPage): SafeHtml {
  const { texts, payment, nowMs, language } = page;
  const time = deadlineText(payment.expiresAt, nowMs, { dialect: payment.dialect, language });
  const remainingMs = Math.max(0, Date.parse(payment.expiresAt) - nowMs);
  return html`<p class="deadline" data-deadline="${remainingMs}" data-total="${Math.max(1, Date.parse(payment.expiresAt) - Date.parse(payment.createdAt))}">
${icons.clock}<span>${texts.payBefore(time)}</span>
<span class="deadline-left" hidden>${texts.timeLeft} <b data-left></b></span>
</p>`;
}

/**
 * Without the script, the page comes back at the end of the time and shows that it is over.
 */
export function refreshAtExpiry(page: PaymentPage): SafeHtml {
  const seconds = Math.max(1, Math.ceil((Date.parse(page.payment.expiresAt) - page.nowMs) / 1_000) + 1);
  return html`<noscript><meta http-equiv="refresh" content="${seconds}"></noscript>`;
}

export function progressView(page: PaymentPage, step: 1 | 2 | 3): SafeHtml {
  const items = page.texts.stepNames.map((name, index) => {
    const state = index + 1 < step ? 'done' : index + 1 === step ? 'now' : 'next';
    return html`<li class="progress-${state}"${state === 'now' ? html` aria-current="step"` : null}><span>${name}</span></li>`;
  });
  return html`<ol class="progress" aria-label="${page.texts.stepOf(step)}">${items}</ol>`;
}
