import { html, type SafeHtml } from './html.js';
import { icons } from './icons.js';
import { documentView } from './layout.view.js';
import type { PageFrame } from './page-context.js';

/** A page that says one thing: nothing found, too many tries, try again. It shows nothing of any payment. */
export function messageView(
  frame: PageFrame,
  message: {
    readonly title: string;
    readonly text: string;
    readonly icon: 'clock' | 'info' | 'search';
    readonly retry: { readonly label: string; readonly path: string } | null;
  },
): SafeHtml {
  return documentView(frame, {
    title: message.title,
    shop: null,
    isTest: false,
    languagePath: message.retry?.path ?? null,
    body: html`<section class="card outcome">
<span class="badge badge-wait">${icons[message.icon]}</span>
<h1>${message.title}</h1>
<p>${message.text}</p>
${message.retry === null ? null : html`<a class="button wide" href="${message.retry.path}">${message.retry.label}</a>`}
</section>`,
  });
}
