import { html, type HtmlPart, type SafeHtml } from './html.js';
import { icons } from './icons.js';
import { offeredFor, type OfferedLanguages } from '../language.js';
import type { PageFrame, PaymentPage } from './page-context.js';

export interface PageShell {
  readonly title: string;
  /** Content of `<head>` beyond the usual: a refresh. */
  readonly head?: HtmlPart;
  /** Shown at the top left instead of the merchant's name. */
  readonly merchantName: string | null;
  readonly languagePath: string | null;
  /** The two it can be read in. */
  readonly languages: OfferedLanguages;
  readonly isTest: boolean;
  readonly body: SafeHtml;
  /** What the script watches; nothing on pages where nothing can change. */
  readonly watch?: SafeHtml | null;
}

/** The document around every page. No inline script or style, so that the content security policy can forbid both. */
export function documentView(frame: PageFrame, shell: PageShell): SafeHtml {
  const { texts } = frame;
  return html`<!doctype html>
<html lang="${texts.htmlLang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f3f5f1" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0d1413" media="(prefers-color-scheme: dark)">
<meta name="format-detection" content="telephone=no">
<title>${shell.title}${shell.merchantName === null ? null : ` · ${shell.merchantName}`}</title>
<link rel="stylesheet" href="${frame.assets.css}">
<link rel="icon" href="${frame.assets.icon}" type="image/svg+xml">
<script src="${frame.assets.script}" defer></script>
${shell.head ?? null}
</head>
<body>
${shell.isTest ? html`<p class="test-banner" role="note">${texts.testBanner}</p>` : null}
<div class="page">
<header class="top">${brandView(shell)}${languageView(frame, shell)}</header>
<main id="main"${shell.watch ?? null}>
${shell.body}
</main>
<footer class="foot">
<p class="foot-safe">${icons.lock}<span>${texts.noPin}</span></p>
<p class="foot-by">${texts.poweredBy}</p>
</footer>
</div>
<p class="sr-only" role="status" aria-live="polite" id="announce"></p>
</body>
</html>
`;
}

function brandView(shell: PageShell): SafeHtml {
  if (shell.merchantName === null) return html`<p class="brand"><span class="avatar">${icons.lock}</span></p>`;
  const initial = [...shell.merchantName.trim()][0] ?? '·';
  return html`<p class="brand"><span class="avatar" aria-hidden="true">${initial.toUpperCase()}</span><bdi class="brand-name">${shell.merchantName}</bdi></p>`;
}

function languageView(frame: PageFrame, shell: PageShell): SafeHtml | null {
  if (shell.languagePath === null) return null;
  const other = shell.languages.find((language) => language !== frame.language) ?? 'en';
  const joint = shell.languagePath.includes('?') ? '&' : '?';
  return html`<a class="language" href="${shell.languagePath}${joint}lang=${other}" lang="${other}" hreflang="${other}">${frame.texts.otherLanguage}</a>`;
}

/** The document of a page that belongs to a payment; `query` keeps the step over a change of language. */
export function paymentDocument(
  page: PaymentPage,
  content: {
    readonly title: string;
    readonly body: SafeHtml;
    readonly head?: HtmlPart;
    readonly query?: string;
    readonly isWatching?: boolean;
  },
): SafeHtml {
  const watch = html` data-watch="${page.path}" data-status="${page.status}" data-version="${page.payment.version}" data-changed="${page.texts.statusChanged}"`;
  return documentView(page, {
    title: content.title,
    head: content.head ?? null,
    merchantName: page.merchant.name,
    languagePath: `${page.path}${content.query ?? ''}`,
    languages: offeredFor(page.payment.dialect),
    isTest: !page.payment.livemode,
    body: content.body,
    watch: content.isWatching === true ? watch : null,
  });
}

/** What the last form led to. It takes the focus, because it may stand far below the top at which the page opens. */
export function noticeView(notice: string | null): SafeHtml | null {
  return notice === null
    ? null
    : html`<p class="notice" role="alert" tabindex="-1" autofocus>${icons.info}<span>${notice}</span></p>`;
}
