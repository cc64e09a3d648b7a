import { html, type HtmlPart, type SafeHtml } from './html.js';
import { icons } from './icons.js';
import { languageNames } from '../language.js';
import type { Brand } from '@paymatch/gateway-access';
import { contactLine } from './contact.view.js';
import type { PageFrame, PaymentPage } from './page-context.js';

export interface PageShell {
  readonly title: string;
  /** Content of `<head>` beyond the usual: a refresh. */
  readonly head?: HtmlPart;
  /** Whose page it is: shown at the top left. */
  readonly shop: { readonly name: string; readonly brand: Brand; readonly logoPath: string | null } | null;
  readonly languagePath: string | null;
  readonly isTest: boolean;
  readonly body: SafeHtml;
  /** What the script watches; nothing on pages where nothing can change. */
  readonly watch?: SafeHtml | null;
  readonly help?: SafeHtml | null;
}

/** The document around every page. No inline script or style, so that the content security policy can forbid both. */
export function documentView(frame: PageFrame, shell: PageShell): SafeHtml {
  const { texts, assets } = frame;
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
<title>${shell.title}${shell.shop === null ? null : ` · ${shell.shop.name}`}</title>
<link rel="stylesheet" href="${assets.css}">
${assets.brand === null ? null : html`<link rel="stylesheet" href="${assets.brand}">`}
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
<script src="${assets.script}" defer></script>
${shell.head ?? null}
</head>
<body>
${shell.isTest ? html`<aside class="test-banner">${texts.testBanner}</aside>` : null}
<div class="page">
<header class="top">${brandView(shell)}${nearestLanguage(frame, shell)}</header>
<main id="main"${shell.watch ?? null}>
${shell.body}
</main>
<footer class="foot">
<p class="foot-safe">${icons.lock}<span>${texts.noPin}</span></p>
${shell.help ?? null}
${allLanguages(frame, shell)}
<p class="foot-by">${texts.poweredBy}</p>
</footer>
</div>
<p class="sr-only" role="status" aria-live="polite" id="announce"></p>
</body>
</html>
`;
}

function brandView({ shop }: PageShell): SafeHtml {
  if (shop === null) return html`<p class="brand"><span class="avatar">${icons.lock}</span></p>`;
  const name = html`<bdi class="brand-name">${shop.name}</bdi>`;
  const { logo } = shop.brand;
  if (logo !== null && shop.logoPath !== null)
    // Its name stands beside it: a reader need not hear it twice.
    return html`<p class="brand"><img class="brand-logo" src="${shop.logoPath}" width="${logo.width}" height="${logo.height}" alt="">${name}</p>`;
  const initial = [...shop.name.trim()][0] ?? '·';
  return html`<p class="brand"><span class="avatar" aria-hidden="true">${initial.toUpperCase()}</span>${name}</p>`;
}

/** The language most others here read, one touch away. */
function nearestLanguage(frame: PageFrame, shell: PageShell): SafeHtml | null {
  if (shell.languagePath === null) return null;
  const language = frame.languages.find((other) => other !== frame.language)!;
  return languageLink('language', language, shell.languagePath);
}

function allLanguages(frame: PageFrame, { languagePath }: PageShell): SafeHtml | null {
  if (languagePath === null) return null;
  const items = frame.languages.map((language) =>
    language === frame.language
      ? html`<li><span aria-current="true">${languageNames[language]}</span></li>`
      : html`<li>${languageLink('foot-language', language, languagePath)}</li>`,
  );
  return html`<nav aria-label="${frame.texts.languages}"><ul class="foot-languages">${items}</ul></nav>`;
}

function languageLink(look: string, language: PageFrame['language'], path: string): SafeHtml {
  const joint = path.includes('?') ? '&' : '?';
  const tag = language === 'pt' ? 'pt-BR' : language;
  return html`<a class="${look}" href="${path}${joint}lang=${language}" lang="${tag}" hreflang="${tag}">${languageNames[language]}</a>`;
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
    /** The page itself says how to reach the shop. */
    readonly hasContact?: boolean;
  },
): SafeHtml {
  const watch = html` data-watch="${page.path}" data-status="${page.status}" data-version="${page.payment.version}" data-changed="${page.texts.statusChanged}"`;
  return documentView(page, {
    title: content.title,
    head: content.head ?? null,
    shop: { name: page.merchant.name, brand: page.brand, logoPath: page.logoPath },
    languagePath: `${page.path}${content.query ?? ''}`,
    isTest: !page.payment.livemode,
    body: content.body,
    watch: content.isWatching === true ? watch : null,
    help: content.hasContact === true ? null : contactLine(page),
  });
}

/** What the last form led to. It takes the focus, because it may stand far below the top at which the page opens. */
export function noticeView(notice: string | null): SafeHtml | null {
  return notice === null
    ? null
    : html`<p class="notice" role="alert" tabindex="-1" autofocus>${icons.info}<span>${notice}</span></p>`;
}
