import type { Texts } from '../texts/en.js';
import { html, type SafeHtml } from './html.js';
import { icons } from './icons.js';

interface CopyRow {
  readonly value: string;
  readonly label: string;
  readonly sign: string;
  readonly texts: Pick<Texts, 'copy' | 'copied'>;
}

/** A value to carry over into another app, with its button. */
export function copyRow({ value, label, sign, texts }: CopyRow): SafeHtml {
  return html`<div class="copy"><span class="copy-value">${sign === '' ? null : html`<span class="copy-sign">${sign}</span>`}<span data-value>${value}</span></span>
<button type="button" class="copy-button" data-copy="${value}" data-copied="${texts.copied}" aria-label="${label}" hidden>${icons.copy}<span>${texts.copy}</span></button></div>`;
}

/** More than an account or an amount: shown small and whole, since nobody types it, over a button of its own. */
export function copyBlock({ value, label, name, texts }: Omit<CopyRow, 'sign'> & { readonly name: string }): SafeHtml {
  return html`<div class="copy-block"><p class="code mono" tabindex="0" role="group" aria-label="${name}" data-value>${value}</p>
<button type="button" class="button wide" data-copy="${value}" data-copied="${texts.copied}" hidden>${icons.copy}<span>${label}</span></button></div>`;
}
