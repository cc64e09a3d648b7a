import type { PaymentMethod } from '@paymatch/contracts';
import { nameOf, providerOf } from '../providers.js';
import { brazilTexts } from '../texts/brazil.js';
import { html, type SafeHtml } from './html.js';
import { momentText } from './money-text.js';
import type { PaymentPage } from './page-context.js';

type Row = readonly [label: string, value: string | null];

/** What a receipt says of how it was paid, in the words of the method; the compiler wants a line for each. */
const methodRows: Readonly<Record<PaymentMethod, (page: PaymentPage) => readonly Row[]>> = {
  wallet: ({ texts, payment, language }) =>
    payment.trxId === null || payment.provider === null
      ? []
      : [
          [texts.paidWith, nameOf(providerOf(payment.provider), language)],
          ['TrxID', payment.trxId],
          [texts.walletLabel, payment.walletNumber],
        ],
  pix: ({ texts, payment, language }) => {
    const own = brazilTexts(language);
    return [
      [texts.paidWith, 'Pix'],
      [own.beneficiary, payment.instructions?.['beneficiary'] ?? null],
      [own.pixId, payment.trxId],
    ];
  },
  bank_transfer: ({ texts, payment, language }) => {
    const own = brazilTexts(language);
    const { bankName, beneficiary } = payment.instructions ?? {};
    return [
      [texts.paidWith, own.byBank],
      [own.beneficiary, beneficiary ?? null],
      [own.bank, bankName ?? null],
      [own.transferId, payment.trxId],
    ];
  },
};

/** What is known of a payment that is over, to be kept. */
export function receiptView(page: PaymentPage): SafeHtml {
  const { texts, payment, phase } = page;
  const time = { dialect: payment.dialect, language: page.language };
  const isPaid = phase === 'completed' || phase === 'refunded';
  return rowsView([
    // Who did not pay has no receipt of it; a TrxID that was typed stays, since money may be found by it.
    ...methodRows[payment.method](page).slice(0, isPaid ? undefined : 2),
    [texts.invoice, payment.invoiceId],
    [texts.paidAt, payment.completedAt === null ? null : momentText(payment.completedAt, time)],
    [texts.endedAt, phase === 'expired' ? momentText(payment.expiresAt, time) : null],
    [texts.reference, page.reference],
  ]);
}

/** What the shop has of a payment that waits, so that both speak of the same thing. */
export function waitingView(page: PaymentPage): SafeHtml {
  const { texts, payment, language } = page;
  const time = { dialect: payment.dialect, language };
  return rowsView([
    ...methodRows[payment.method](page).slice(0, 2),
    [texts.trxSentAt, payment.trxId === null ? null : momentText(payment.updatedAt, time)],
    [texts.invoice, payment.invoiceId],
    [texts.reference, page.reference],
  ]);
}

/** Ids of machines: nobody reads one to the end, and it should stay on its line. */
const LONG_LENGTH = 25;

function rowsView(rows: readonly Row[]): SafeHtml {
  const shown = rows.filter(([, value]) => value !== null);
  return html`<dl class="receipt">${shown.map(([label, value]) => html`<div><dt>${label}</dt><dd${value!.length > LONG_LENGTH ? html` class="small mono"` : null}>${value}</dd></div>`)}</dl>`;
}
