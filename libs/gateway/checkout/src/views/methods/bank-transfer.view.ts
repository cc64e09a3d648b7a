import { brazilTexts } from '../../texts/brazil.js';
import { amountView, refreshAtExpiry } from '../amount.view.js';
import { copyRow } from '../copy-row.view.js';
import { handoffView } from '../handoff.view.js';
import { html, type SafeHtml } from '../html.js';
import { noticeView, paymentDocument } from '../layout.view.js';
import { moneyText } from '../money-text.js';
import type { PaymentPage } from '../page-context.js';
import { testOutcomesView } from '../test-outcomes.view.js';
import { instructionOf } from './instructions.js';

/** A bank transfer: the shop's account, field by field, to be typed into the bank's app. */
export const bankTransferMethod = { pending: bankTransferView, verifying: bankTransferView };

function bankTransferView(page: PaymentPage): SafeHtml {
  const { texts, payment } = page;
  const own = brazilTexts(page.language);
  const money = moneyText(payment.amountMinor, payment.currency, page.language);
  const rows: readonly (readonly [label: string, value: string, sign: string])[] = [
    [own.bank, `${instructionOf(payment, 'bankCode')} – ${instructionOf(payment, 'bankName')}`, ''],
    [own.agency, instructionOf(payment, 'agency'), ''],
    [own.account(instructionOf(payment, 'accountOperation')), instructionOf(payment, 'account'), ''],
    [own.document, instructionOf(payment, 'document'), ''],
    [own.beneficiary, instructionOf(payment, 'beneficiary'), ''],
    [texts.amount, money.plain, money.sign],
  ];
  return paymentDocument(page, {
    title: own.bankTitle,
    isWatching: true,
    head: refreshAtExpiry(page),
    body: html`${amountView(page, { withDeadline: payment.status === 'pending' })}
${noticeView(page.notice)}
<section class="card">
<h1>${own.bankTitle}</h1>
<p class="lead">${own.bankLead}</p>
<dl class="transfer">${rows.map(([label, value, sign]) => html`<div><dt>${label}</dt><dd>${copyRow({ value, label: `${texts.copy}: ${label}`, sign, texts })}</dd></div>`)}</dl>
<p class="hint">${own.bankExact}</p>
<p class="hint">${own.watching}</p>
</section>
${testOutcomesView(page)}${handoffView(page)}`,
  });
}
