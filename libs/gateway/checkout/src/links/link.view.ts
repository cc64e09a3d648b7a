import { formatMinor } from '@paymatch/contracts';
import type { Brand, Merchant } from '@paymatch/gateway-access';
import type { LinkTexts, PaymentLink } from '@paymatch/gateway-receiving';
import { FORM_TOKEN_FIELD } from '../form-guard.js';
import type { Language } from '../language.js';
import { html, type SafeHtml } from '../views/html.js';
import { icons } from '../views/icons.js';
import { documentView, noticeView } from '../views/layout.view.js';
import { moneyText, momentText } from '../views/money-text.js';
import type { PageFrame } from '../views/page-context.js';
import type { LinkDraft } from './link-form.js';
import { linkTextsIn } from './link-texts.js';

export interface LinkPage {
  readonly frame: PageFrame;
  readonly link: PaymentLink;
  readonly merchant: Merchant;
  readonly brand: Brand;
  readonly logoPath: string | null;
  /** Address of the link's page, without query: `/l/{slug}`. */
  readonly path: string;
  readonly formToken: string;
  /** Makes this showing of the form one order, however often it is sent. */
  readonly orderToken: string;
  readonly draft: LinkDraft;
  readonly notice: string | null;
}

/** The shop's own words, in the page's language where it has said them in it. */
export function ownTexts({ link, frame }: Pick<LinkPage, 'link' | 'frame'>): LinkTexts {
  return link.texts[frame.language] ?? link.texts[link.defaultLanguage]!;
}

const money = (minor: number, language: Language): string => moneyText(minor, 'BDT', language).full;

function linkDocument(page: LinkPage, content: { readonly title: string; readonly body: SafeHtml }): SafeHtml {
  return documentView(page.frame, {
    title: content.title,
    shop: { name: page.merchant.name, brand: page.brand, logoPath: page.logoPath },
    languagePath: page.path,
    isTest: !page.link.livemode,
    body: content.body,
  });
}

/** What is sold, and the form that leads to the payment. Needs no script. */
export function linkView(page: LinkPage): SafeHtml {
  const { link, frame, path, draft } = page;
  const texts = linkTextsIn(frame.language);
  const own = ownTexts(page);
  return linkDocument(page, {
    title: own.title,
    body: html`${priceView(page)}
<section class="card">
<h1>${own.title}</h1>
${paragraphs(own.description)}
${noticeView(page.notice)}
<form method="post" action="${path}" class="form" data-once="${texts.sending}" novalidate>
<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${page.formToken}">
<input type="hidden" name="order" value="${page.orderToken}">
${amountField(page)}
${field({ name: 'name', question: link.asksName, label: texts.nameLabel, wrong: texts.nameWrong, type: 'text', autocomplete: 'name', value: draft.name }, page)}
${field({ name: 'phone', question: link.asksPhone, label: texts.phoneLabel, wrong: texts.phoneWrong, type: 'tel', autocomplete: 'tel', value: draft.phone }, page)}
<button class="button wide" type="submit"><span>${own.button ?? texts.button}</span></button>
</form>
</section>`,
  });
}

function priceView({ link, frame }: LinkPage): SafeHtml | null {
  const texts = linkTextsIn(frame.language);
  const { language } = frame;
  const left = link.paymentsMax === null ? null : texts.left(link.paymentsMax - (link.paymentsTaken ?? 0));
  const until =
    link.expiresAt === null ? null : texts.until(momentText(link.expiresAt, { dialect: 'fastaar', language }));
  const notes = [left, until].filter((note) => note !== null).join(' · ');
  const note = notes === '' ? null : html`<p class="slip-invoice">${notes}</p>`;
  if (link.amount.fixedMinor === null) return note === null ? null : html`<section class="slip">${note}</section>`;
  const price = moneyText(link.amount.fixedMinor, 'BDT', language);
  return html`<section class="slip" aria-label="${texts.price}">
<p class="slip-label">${texts.price}</p>
<p class="amount"><span class="amount-sign">${price.sign}</span>${price.whole}<span class="amount-fraction">${price.point}${price.fraction}</span></p>
${note}
</section>`;
}

function amountField({ link, frame, draft }: LinkPage): SafeHtml | null {
  const { amount } = link;
  if (amount.fixedMinor !== null) return null;
  const texts = linkTextsIn(frame.language);
  const [least, most] = [money(amount.minMinor, frame.language), money(amount.maxMinor, frame.language)];
  const isWrong = draft.wrong.has('amount');
  return html`<div class="field${isWrong ? ' field-wrong' : null}">
<label for="amount">${texts.amountLabel}</label>
<input class="mono" id="amount" name="amount" value="${draft.amount}" required maxlength="30" inputmode="decimal" autocomplete="off" placeholder="${formatMinor(amount.minMinor)}" aria-describedby="${isWrong ? 'amount_problem ' : ''}amount_help"${isWrong ? html` aria-invalid="true" autofocus` : null}>
${isWrong ? problemView('amount_problem', texts.amountWrong(least, most)) : null}
<p class="hint" id="amount_help">${texts.amountBetween(least, most)}</p>
</div>`;
}

interface Field {
  readonly name: 'name' | 'phone';
  readonly question: PaymentLink['asksName'];
  readonly label: string;
  readonly wrong: string;
  readonly type: 'text' | 'tel';
  readonly autocomplete: string;
  readonly value: string;
}

function field({ name, question, label, wrong, type, autocomplete, value }: Field, page: LinkPage): SafeHtml | null {
  if (question === 'no') return null;
  const texts = linkTextsIn(page.frame.language);
  const isWrong = page.draft.wrong.has(name);
  return html`<div class="field${isWrong ? ' field-wrong' : null}">
<label for="${name}">${label}${question === 'optional' ? html` <span class="optional">${texts.optional}</span>` : null}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" maxlength="100" autocomplete="${autocomplete}"${question === 'required' ? html` required` : null}${isWrong ? html` aria-invalid="true" aria-describedby="${name}_problem"` : null}>
${isWrong ? problemView(`${name}_problem`, wrong) : null}
</div>`;
}

function problemView(id: string, text: string): SafeHtml {
  return html`<p class="problem" id="${id}" role="alert">${icons.info}<span>${text}</span></p>`;
}

/** A link that takes no payment now says why, and nothing of how it was. */
export function closedLinkView(page: LinkPage, why: 'disabled' | 'expired' | 'sold_out' | 'no_payments'): SafeHtml {
  const texts = linkTextsIn(page.frame.language);
  const [title, text] = {
    disabled: [texts.closedTitle, texts.disabledBody],
    expired: [texts.closedTitle, texts.expiredBody],
    sold_out: [texts.soldOutTitle, texts.soldOutBody],
    no_payments: [texts.noPaymentsTitle, texts.noPaymentsBody],
  }[why] as [string, string];
  return linkDocument(page, {
    title,
    body: html`<section class="card outcome">
<span class="badge badge-wait">${icons.clock}</span>
<h1>${title}</h1>
<p>${text}</p>
</section>`,
  });
}

/** Once it is paid: the shop's own thanks. */
export function thanksView(page: LinkPage, payment: { readonly amountMinor: number; readonly ulid: string }): SafeHtml {
  const texts = linkTextsIn(page.frame.language);
  const own = ownTexts(page);
  return linkDocument(page, {
    title: texts.paidTitle,
    body: html`<section class="card outcome">
<span class="badge badge-good">${icons.check}</span>
<h1>${texts.paidTitle}</h1>
${own.thankYou === null ? html`<p>${texts.paidBody(page.merchant.name)}</p>` : paragraphs(own.thankYou)}
<dl class="receipt">
<div><dt>${own.title}</dt><dd>${money(payment.amountMinor, page.frame.language)}</dd></div>
<div><dt>${page.frame.texts.reference}</dt><dd class="mono">${payment.ulid}</dd></div>
</dl>
</section>`,
  });
}

/** What a shop wrote in several lines. */
function paragraphs(text: string | null): SafeHtml | null {
  if (text === null) return null;
  const lines = text.split(/\r?\n+/).filter((line) => line.trim() !== '');
  return html`${lines.map((line) => html`<p class="lead">${line}</p>`)}`;
}
