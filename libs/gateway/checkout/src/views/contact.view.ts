import { html, type SafeHtml } from './html.js';
import { icons } from './icons.js';
import type { PaymentPage } from './page-context.js';

type ContactPage = Pick<PaymentPage, 'texts' | 'brand' | 'merchant' | 'reference'>;

/** How to reach the shop when something is wrong, with what to tell it; nothing where the shop has not said how. */
export function contactView(page: ContactPage): SafeHtml | null {
  const links = contactLinks(page, 'button small quiet');
  if (links.length === 0) return null;
  const { texts, merchant, reference } = page;
  return html`<section class="card contact" aria-labelledby="contact-title">
<h2 id="contact-title">${texts.contactTitle(merchant.name)}</h2>
<p class="hint">${texts.contactReference} <b class="mono">${reference}</b></p>
<p class="contact-links">${links}</p>
</section>`;
}

/** The same in the page's foot, for who needs it before anything went wrong. */
export function contactLine(page: ContactPage): SafeHtml | null {
  const links = contactLinks(page, 'foot-contact');
  return links.length === 0
    ? null
    : html`<p>${page.texts.contactTitle(page.merchant.name)}</p><p class="foot-contacts">${links}</p>`;
}

function contactLinks({ texts, brand, reference }: ContactPage, look: string): readonly SafeHtml[] {
  const message = encodeURIComponent(texts.contactMessage(reference));
  const { supportPhone, whatsapp, supportEmail } = brand;
  return [
    supportPhone === null
      ? null
      : html`<a class="${look}" href="tel:${supportPhone.replace(/[^0-9+]/g, '')}">${icons.phone}<span><span class="sr-only">${texts.contactCall} </span>${supportPhone}</span></a>`,
    whatsapp === null
      ? null
      : html`<a class="${look}" href="https://wa.me/${whatsapp.slice(1)}?text=${message}" rel="noreferrer">${icons.chat}<span>WhatsApp</span></a>`,
    supportEmail === null
      ? null
      : html`<a class="${look}" href="mailto:${supportEmail}?subject=${message}">${icons.mail}<span>${texts.contactMail}</span></a>`,
  ].filter((link) => link !== null);
}
