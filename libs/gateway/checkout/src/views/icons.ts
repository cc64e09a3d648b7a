import { html, type SafeHtml } from './html.js';

const icon = (name: string, path: SafeHtml): SafeHtml =>
  html`<svg class="icon icon-${name}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${path}</svg>`;

/** Drawn here, so that nothing is fetched from anywhere else. */
export const icons = {
  arrow: icon('arrow', html`<path d="m9 6 6 6-6 6"/>`),
  back: icon('back', html`<path d="m15 6-6 6 6 6"/>`),
  chat: icon('chat', html`<path d="M20 11.5a8 8 0 0 1-11.7 7L4 20l1.5-4.2A8 8 0 1 1 20 11.5Z"/>`),
  check: icon('check', html`<path class="stroke" d="m5 12.5 4.6 4.6L19 7.5"/>`),
  clock: icon('clock', html`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`),
  copy: icon(
    'copy',
    html`<rect x="9" y="9" width="11" height="11" rx="2.5"/><path d="M15 5.5A1.5 1.5 0 0 0 13.5 4H6a2 2 0 0 0-2 2v7.5A1.5 1.5 0 0 0 5.5 15"/>`,
  ),
  cross: icon('cross', html`<path d="m7 7 10 10M17 7 7 17"/>`),
  eye: icon(
    'eye',
    html`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.8"/>`,
  ),
  info: icon('info', html`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8h.01"/>`),
  lock: icon(
    'lock',
    html`<rect x="5" y="10.5" width="14" height="9.5" rx="2.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>`,
  ),
  mail: icon('mail', html`<rect x="3.5" y="5.5" width="17" height="13" rx="2.5"/><path d="m4.5 7.5 7.5 6 7.5-6"/>`),
  pencil: icon('pencil', html`<path d="m4 20 1-4L16 5l3 3L8 19l-4 1Z"/>`),
  phone: icon(
    'phone',
    html`<path d="M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4 5.7a2 2 0 0 1 2-2.2Z"/>`,
  ),
  print: icon(
    'print',
    html`<path d="M7 8V3.5h10V8"/><rect x="3.5" y="8" width="17" height="8.5" rx="2"/><path d="M7 13.5h10v7H7z"/>`,
  ),
  refund: icon('refund', html`<path d="M9 8 5 12l4 4"/><path d="M5 12h9a5 5 0 0 1 0 10"/>`),
  search: icon('search', html`<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4-4"/>`),
  wallet: icon('wallet', html`<rect x="3.5" y="6" width="17" height="13" rx="3"/><path d="M15.5 12.5h.01M3.5 10h17"/>`),
};
