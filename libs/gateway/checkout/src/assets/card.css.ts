/** What stands on the page: cards, wallets, steps, forms, buttons, outcomes. */
export const cardStyles = `
.card { padding: 20px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); box-shadow: var(--shadow); }
.card > h2 { margin-bottom: 14px; }
.card-head { display: flex; align-items: center; gap: 12px; margin-bottom: 18px; }
.card-head h1 { flex: 1; }
.lead { margin: 4px 0 16px; color: var(--ink-soft); }
.hint { color: var(--ink-faint); font-size: .875rem; }
.link { display: inline-flex; align-items: center; gap: 6px; padding: 6px 2px; color: var(--brand-ink); font-weight: 600; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 4px; }
.link:hover { text-decoration-thickness: 2px; }
.link.quiet { color: var(--ink-faint); font-weight: 500; }
.cancel { text-align: center; }
.card .cancel { margin-top: 12px; }

.wallets { display: grid; gap: 10px; }
.wallet { display: flex; align-items: center; gap: 14px; min-height: 68px; padding: 10px 14px; border: 1px solid var(--line); border-radius: 16px; background: var(--surface); color: inherit; text-decoration: none; transition: border-color .15s, background .15s, transform .15s; }
.wallet:hover, .wallet:focus-visible { border-color: var(--brand-ink); background: var(--brand-soft); }
.wallet:active { transform: scale(.985); }
.wallet-text { display: grid; flex: 1; min-width: 0; line-height: 1.4; }
.wallet-text b { font-size: 1.0625rem; font-weight: 680; }
.wallet-text span { color: var(--ink-faint); font-size: .875rem; }
.wallet .icon { color: var(--ink-faint); }
.tile { display: grid; flex: none; place-items: center; width: 46px; height: 46px; border-radius: 14px; background: linear-gradient(160deg, rgb(255 255 255 / .16), transparent 60%) #44546a; color: #fff; font-size: 1.0625rem; font-weight: 800; letter-spacing: -.02em; }
.card-head .tile { width: 40px; height: 40px; border-radius: 12px; font-size: .9375rem; }
.tile-bkash { background-color: #c2185b; }
.tile-nagad { background-color: #c2410c; }
.tile-rocket { background-color: #6d28a8; }
.tile-upay { background-color: #1d4ed8; }
.tile-tap { background-color: #0f766e; }
.tile-cellfin { background-color: #15803d; }
.tile-okwallet { background-color: #b45309; }
.tile-mcash { background-color: #0e7490; }
.tile-pathaopay { background-color: #b91c1c; }
.tile-tallypay { background-color: #4338ca; }

.steps { display: grid; gap: 16px; counter-reset: step; }
.steps li { position: relative; padding-left: 40px; counter-increment: step; }
.steps li::before { content: counter(step); position: absolute; top: -1px; left: 0; display: grid; place-items: center; width: 27px; height: 27px; border-radius: 50%; background: var(--brand-soft); color: var(--brand-ink); font-size: .875rem; font-weight: 700; line-height: 1; }
.steps li:not(:last-child)::after { content: ""; position: absolute; top: 31px; bottom: -12px; left: 13px; border-left: 1.5px solid var(--line); }
.steps .hint { margin-top: 6px; }
.steps + .hint { margin-top: 14px; }
.copy { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 54px; margin-top: 8px; padding: 4px 5px 4px 14px; border: 1px solid var(--line); border-radius: 14px; background: var(--sunken); }
.copy-value { min-width: 0; font-size: 1.125rem; font-weight: 700; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; user-select: all; -webkit-user-select: all; }
.copy-sign { margin-right: 3px; color: var(--ink-faint); font-weight: 600; user-select: none; -webkit-user-select: none; }
.copy-button { display: inline-flex; flex: none; align-items: center; gap: 6px; min-height: 44px; padding: 0 13px; border: 0; border-radius: 10px; background: var(--surface); box-shadow: 0 0 0 1px var(--line); color: var(--brand-ink); font: inherit; font-size: .9375rem; font-weight: 650; cursor: pointer; }
.copy-button:hover { box-shadow: 0 0 0 1px var(--brand-ink); }
.copy-button.is-copied { background: var(--brand); color: var(--on-brand); }

.qr { display: block; width: min(100%, 264px); height: auto; margin: 0 auto 20px; border-radius: 14px; box-shadow: 0 0 0 1px var(--line); }
.copy-block { display: grid; gap: 10px; margin-bottom: 18px; }
.code { max-height: 9.6em; overflow: auto; padding: 12px 14px; border: 1px solid var(--line); border-radius: 14px; background: var(--sunken); font-size: .8125rem; line-height: 1.45; overflow-wrap: anywhere; user-select: all; -webkit-user-select: all; }
.button.is-copied { background: var(--brand-strong); }
.pix { display: flex; flex-direction: column; }
.scan { margin: 20px 0 0; padding-top: 18px; border-top: 1px solid var(--line); text-align: center; }
.scan h2 { margin-bottom: 14px; }
@media (min-width: 560px) { .scan { order: -1; margin: 0 0 20px; padding: 0; border: 0; } .scan h2 { display: none; } }
.dial { display: inline-block; padding: 2px 8px; border-radius: 8px; background: var(--brand-soft); color: var(--brand-ink); font-weight: 700; font-variant-numeric: tabular-nums; text-decoration: none; }
.send { display: grid; gap: 12px; }
.sent { position: sticky; bottom: 0; z-index: 1; margin: 0 -16px; padding: 10px 16px max(12px, env(safe-area-inset-bottom)); background: linear-gradient(transparent, var(--ground) 34%); }
.found:not(:empty) { margin-top: 6px; color: var(--brand-ink); font-size: .9375rem; font-weight: 600; }
.waits { display: grid; }
.trx-check { display: grid; gap: 2px; width: 100%; max-width: none !important; padding: 12px 16px; border: 1.5px dashed var(--line-strong); border-radius: 16px; }
.trx-check span { color: var(--ink-faint); font-size: .875rem; }
.trx-check b { color: var(--ink); font-size: 1.375rem; letter-spacing: .06em; overflow-wrap: anywhere; }
.sees { width: 100%; margin-top: 8px; text-align: left; }
.contact h2 { margin-bottom: 4px; }
.contact-links { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 14px; }
.contact-links .button { flex: 1 1 auto; }
.returning { display: flex; flex-wrap: wrap; gap: 0 12px; align-items: center; justify-content: center; }
.print { border: 0; background: none; font: inherit; font-size: .9375rem; font-weight: 600; cursor: pointer; }
.transfer { display: grid; gap: 12px; margin-bottom: 14px; }
.transfer dt { color: var(--ink-faint); font-size: .875rem; }
.transfer dd { margin: 0; }
.transfer .copy { margin-top: 4px; }

.form { display: grid; gap: 18px; }
.field label { display: block; margin-bottom: 6px; font-weight: 640; }
.optional { margin-left: 4px; color: var(--ink-faint); font-size: .875rem; font-weight: 400; }
.field input, .field select { width: 100%; min-height: 54px; padding: 10px 14px; border: 1.5px solid var(--line-strong); border-radius: 14px; background: var(--surface); color: var(--ink); font-size: 1.125rem; appearance: none; -webkit-appearance: none; }
.field select { padding-right: 40px; font-family: inherit; font-size: 1rem; background-image: linear-gradient(45deg, transparent 50%, var(--ink-faint) 50%), linear-gradient(-45deg, transparent 50%, var(--ink-faint) 50%); background-position: right 20px center, right 14px center; background-size: 6px 6px; background-repeat: no-repeat; }
.field input[data-trx] { letter-spacing: .06em; text-transform: uppercase; }
.field input::placeholder { color: var(--ink-faint); opacity: .75; text-transform: none; }
.field input:focus, .field select:focus { border-color: var(--brand-ink); outline: 3px solid var(--brand-soft); outline-offset: 0; }
.field label { margin-bottom: 2px; }
.field .hint { margin-bottom: 8px; }
.problem { margin-top: 6px; }
.field-wrong input, .field-wrong input:focus { border-color: var(--bad); outline-color: var(--bad-soft); }
.problem { display: flex; gap: 6px; align-items: flex-start; color: var(--bad); font-size: .9375rem; font-weight: 550; }
.problem .icon { margin-top: .1em; }
.notice { display: flex; gap: 10px; align-items: flex-start; padding: 12px 14px; border-radius: 14px; background: var(--wait-soft); color: var(--wait); font-size: .9375rem; text-align: left; }
.card > .notice { margin-bottom: 16px; }
.notice:focus { outline: none; }
.notice .icon { margin-top: .1em; }

.button { display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-height: 54px; padding: 10px 22px; border: 1.5px solid transparent; border-radius: 16px; background: var(--brand); color: var(--on-brand); font: inherit; font-size: 1.0625rem; font-weight: 680; line-height: 1.3; text-align: center; text-decoration: none; overflow-wrap: anywhere; cursor: pointer; transition: background .15s, transform .15s; }
.button:hover { background: var(--brand-strong); }
.button:active { transform: scale(.985); }
.button.wide { width: 100%; }
.button.small { min-height: 46px; padding: 8px 14px; border-radius: 12px; font-size: .9375rem; }
.button.quiet, .button.danger { border-color: var(--line-strong); background: transparent; color: var(--ink); }
.button.quiet:hover { background: var(--sunken); }
.button.danger { border-color: var(--bad); color: var(--bad); }
.button.danger:hover { background: var(--bad-soft); }
.button.is-busy { opacity: .75; cursor: progress; }
.test-card { border-style: dashed; border-color: #b98900; box-shadow: none; }
.test-card p { color: var(--ink-soft); font-size: .9375rem; }
.test-card > h2 { margin-bottom: 4px; }
.test-buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
.test-buttons .button { flex: 1 1 auto; }

.outcome { display: grid; gap: 12px; justify-items: center; padding-top: 30px; text-align: center; }
.outcome > p { max-width: 36ch; color: var(--ink-soft); }
.outcome > .hint { color: var(--ink-faint); }
.outcome > .notice { max-width: none; margin: 0; color: var(--wait); }
.outcome .form { width: 100%; gap: 10px; margin-top: 6px; }
.outcome h1 { font-size: 1.4375rem; }
.outcome > .outcome-amount { color: var(--ink); font-size: 1.75rem; font-weight: 750; line-height: 1.2; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.badge { position: relative; display: grid; place-items: center; width: 76px; height: 76px; border-radius: 50%; font-size: 2rem; }
.badge .icon { position: relative; }
.badge-good { background: var(--brand); box-shadow: 0 0 0 10px var(--brand-soft); margin: 8px 0 10px; color: var(--on-brand); animation: arrive .45s cubic-bezier(.2, 1.4, .4, 1) both; }
.badge-good .stroke { stroke-width: 2.6; stroke-dasharray: 24; animation: draw .5s .25s ease-out both; }
.badge-bad { background: var(--bad-soft); color: var(--bad); }
.badge-wait { background: var(--wait-soft); color: var(--wait); }
.badge-busy { margin: 6px 0; background: var(--brand-soft); color: var(--brand-ink); }
.pulse { position: absolute; inset: 0; border: 2px solid var(--brand-ink); border-radius: 50%; animation: pulse 2s ease-out infinite; }
.track { display: grid; width: 100%; margin: 6px 0; border: 1px solid var(--line); border-radius: 16px; text-align: left; }
.track li { display: flex; gap: 12px; align-items: center; min-height: 52px; padding: 10px 14px; }
.track li + li { border-top: 1px solid var(--line); }
.track li > span:last-child { display: flex; flex: 1; flex-wrap: wrap; gap: 0 10px; justify-content: space-between; }
.track-done .icon { color: var(--brand-ink); }
.track-now { font-weight: 640; }
.track-next { color: var(--ink-faint); }
.spinner { flex: none; width: 1.25em; height: 1.25em; border: 2.5px solid var(--brand-soft); border-top-color: var(--brand-ink); border-radius: 50%; animation: spin 1s linear infinite; }
.dot { flex: none; width: 10px; height: 10px; margin: 0 5px; border: 2px solid var(--line-strong); border-radius: 50%; }
.receipt { display: grid; width: 100%; margin: 4px 0; padding: 4px 16px; border-radius: 16px; background: var(--sunken); font-size: .9375rem; text-align: left; }
.receipt div { display: flex; flex-wrap: wrap; gap: 0 16px; justify-content: space-between; padding: 9px 0; }
.receipt div + div { border-top: 1px dashed var(--line); }
.receipt .small { align-self: center; font-size: .75rem; }
.receipt dt { color: var(--ink-faint); }
.receipt dd { font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
@media (min-width: 400px) { .copy-value { font-size: 1.25rem; } }
@media (max-width: 345px) { .copy { padding-left: 12px; } .copy-value { font-size: 1.0625rem; } .copy-button .icon { display: none; } }
@keyframes spin { to { transform: rotate(1turn); } }
@keyframes pulse { from { opacity: .7; transform: scale(1); } to { opacity: 0; transform: scale(1.5); } }
@keyframes arrive { from { opacity: 0; transform: scale(.5); } }
@keyframes draw { from { stroke-dashoffset: 24; } to { stroke-dashoffset: 0; } }
`;
