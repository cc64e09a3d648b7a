/** The page itself: colours in light and dark, type, header, slip, progress, footer. */
export const pageStyles = `
:root {
  color-scheme: light dark;
  --ground: #f3f5f1; --surface: #ffffff; --sunken: #f4f6f3; --line: #dfe5df; --line-strong: #7c8b84;
  --ink: #12211c; --ink-soft: #4b5a54; --ink-faint: #5f6d67;
  --brand: #0b6b50; --brand-strong: #085440; --on-brand: #ffffff; --brand-soft: #e2f1ea; --brand-ink: #0a5c45;
  --bad: #b3261e; --bad-soft: #fceae8; --wait: #8a5300; --wait-soft: #fdf1dc;
  --slip-from: #0c5f48; --slip-to: #0a3f3a; --on-slip: #ffffff; --on-slip-soft: #c9e6da;
  --shadow: 0 1px 2px rgb(18 33 28 / .05), 0 10px 28px -12px rgb(18 33 28 / .16);
  --radius: 20px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1413; --surface: #151f1d; --sunken: #1b2725; --line: #2a3835; --line-strong: #6f827b;
    --ink: #ecf3ef; --ink-soft: #b4c3bc; --ink-faint: #97a8a0;
    --brand: #3fcf9f; --brand-strong: #62dcb2; --on-brand: #06251b; --brand-soft: #16352b; --brand-ink: #62dcb2;
    --bad: #ff9c92; --bad-soft: #3a1d1b; --wait: #f3bd62; --wait-soft: #352a15;
    --slip-from: #0f5a46; --slip-to: #0b3a37; --on-slip: #ffffff; --on-slip-soft: #c3e4d7;
    --shadow: 0 1px 2px rgb(0 0 0 / .3), 0 14px 30px -14px rgb(0 0 0 / .6);
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; background: var(--ground); color: var(--ink); font: 400 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Bengali", "Hind Siliguri", "Kohinoor Bangla", Vrinda, sans-serif; -webkit-font-smoothing: antialiased; }
:lang(bn) { line-height: 1.65; }
h1, h2, p, ol, ul, dl, dd { margin: 0; padding: 0; }
ol, ul { list-style: none; }
h1 { font-size: 1.25rem; line-height: 1.3; font-weight: 700; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.0625rem; line-height: 1.35; font-weight: 700; }
:lang(bn) h1, :lang(bn) h2 { letter-spacing: 0; line-height: 1.5; }
p { overflow-wrap: anywhere; }
.mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-variant-numeric: tabular-nums; }
.icon { flex: none; width: 1.25em; height: 1.25em; }
.sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--brand-ink); outline-offset: 2px; border-radius: 8px; }
[tabindex="-1"]:focus { outline: none; }
html { scroll-padding: 84px 0 96px; }
.page { display: flex; flex-direction: column; gap: 16px; width: 100%; max-width: 480px; min-height: 100vh; min-height: 100dvh; margin: 0 auto; padding: 12px max(16px, env(safe-area-inset-right)) max(16px, env(safe-area-inset-bottom)) max(16px, env(safe-area-inset-left)); }
main { position: relative; display: flex; flex-direction: column; gap: 16px; transition: opacity .2s; }
.is-leaving main { opacity: .45; }

.test-banner { position: sticky; top: 0; z-index: 2; padding: 7px 16px; background: repeating-linear-gradient(-45deg, #ffd24d 0 14px, #ffc61a 14px 28px); color: #2b1d00; font-size: .8125rem; font-weight: 700; text-align: center; }
.test-banner + .page { min-height: calc(100dvh - 36px); }

.top { display: flex; align-items: center; justify-content: space-between; gap: 12px; min-height: 44px; }
.brand { display: flex; align-items: center; gap: 10px; min-width: 0; font-weight: 650; }
.brand-logo { flex: none; width: auto; max-width: 120px; height: 36px; padding: 3px; border-radius: 9px; background: #fff; box-shadow: 0 0 0 1px var(--line); object-fit: contain; }
.brand-name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.avatar { display: grid; flex: none; place-items: center; width: 36px; height: 36px; border-radius: 11px; background: var(--brand-soft); color: var(--brand-ink); font-weight: 750; }
.language { display: inline-flex; flex: none; align-items: center; min-height: 36px; padding: 4px 14px; border: 1px solid var(--line); border-radius: 99px; background: var(--surface); color: var(--ink-soft); font-size: .875rem; font-weight: 600; text-decoration: none; }
.language:hover { border-color: var(--line-strong); color: var(--ink); }

.slip { position: relative; padding: 15px 20px 14px; border-radius: var(--radius); background: radial-gradient(120% 150% at 100% 0, rgb(255 255 255 / .13), transparent 55%), linear-gradient(150deg, var(--slip-from), var(--slip-to)); box-shadow: var(--shadow); color: var(--on-slip); overflow: hidden; }
.slip-label { color: var(--on-slip-soft); font-size: .875rem; }
.amount { font-size: clamp(1.9rem, 9.5vw, 2.5rem); line-height: 1.2; font-weight: 750; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.amount-sign { margin-right: .12em; font-weight: 600; }
.amount-fraction { color: var(--on-slip-soft); font-size: .6em; font-weight: 650; }
.slip-invoice { margin-top: 4px; color: var(--on-slip-soft); font-size: .875rem; }
.slip-invoice bdi { color: var(--on-slip); font-weight: 600; }
.deadline { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; margin: 11px -20px -14px; padding: 8px 20px 9px; border-top: 1px dashed rgb(255 255 255 / .3); background: rgb(0 0 0 / .16); color: var(--on-slip-soft); font-size: .875rem; }
.deadline-left { margin-left: auto; }
.deadline-left b { display: inline-block; min-width: 2.9em; color: var(--on-slip); font-variant-numeric: tabular-nums; text-align: right; }
.deadline.is-urgent .deadline-left, .deadline.is-urgent b { color: #ffd98a; }

.progress { display: flex; gap: 8px; padding: 0 2px; }
.progress li { flex: 1; padding-top: 8px; border-top: 4px solid var(--line); border-radius: 2px; color: var(--ink-faint); font-size: .8125rem; line-height: 1.35; }
.progress .progress-done { border-color: var(--brand-ink); color: var(--ink-soft); }
.progress .progress-now { border-color: var(--brand-ink); color: var(--ink); font-weight: 700; }

.foot { display: grid; gap: 6px; margin-top: auto; padding: 10px 6px 4px; color: var(--ink-faint); font-size: .8125rem; text-align: center; }
.foot-safe { display: flex; gap: 8px; align-items: flex-start; justify-content: center; text-align: left; }
.foot-safe .icon { margin-top: .1em; color: var(--brand-ink); }
.foot a { color: var(--ink-soft); }
.foot-contacts { display: flex; flex-wrap: wrap; gap: 2px 18px; justify-content: center; }
.foot-contact { display: inline-flex; gap: 6px; align-items: center; min-height: 36px; font-weight: 600; }
.foot-languages { display: flex; flex-wrap: wrap; gap: 0 16px; justify-content: center; }
.foot-languages a, .foot-languages span { display: inline-block; padding: 8px 2px; }
.foot-languages span { color: var(--ink); font-weight: 650; }
.handoff { display: none; }
@media (min-width: 560px) {
  .page { padding-top: 28px; padding-bottom: 28px; }
  .card { padding: 26px 28px; }
}
@media (min-width: 1020px) {
  .handoff { position: absolute; top: 0; left: calc(100% + 28px); display: grid; gap: 10px; justify-items: center; width: 220px; padding: 20px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); text-align: center; }
  .handoff .qr { width: 176px; margin: 0; }
}
@media print {
  :root { --ground: #fff; --surface: #fff; --sunken: #fff; --line: #bbb; --ink: #000; --ink-soft: #222; --ink-faint: #333; --shadow: none; }
  body { background: #fff; }
  .page, .test-banner + .page { max-width: none; min-height: 0; padding: 0; }
  .language, .foot, .button, .link, .returning, .print, .test-card, .contact-links, .handoff, .deadline, .progress, .cancel { display: none !important; }
  .card { border: 0; padding: 12px 0; break-inside: avoid; }
  .slip { background: none; color: #000; box-shadow: none; border: 1px solid #bbb; }
  .slip *, .badge { color: #000 !important; }
  .badge { background: none !important; box-shadow: none !important; border: 2px solid #000; animation: none !important; }
  .receipt { border: 1px solid #bbb; }
}
@media (forced-colors: active) { .card, .slip, .wallet, .button { border: 1px solid CanvasText; } }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
`;
