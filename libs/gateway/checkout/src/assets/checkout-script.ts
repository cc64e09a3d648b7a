/**
 * What the page does with JavaScript, and only adds to what it does without: copy buttons, a TrxID found in a pasted
 * message, the running countdown, the way back that can be stopped, and the open payment watching itself (server-sent
 * events, with polling where they do not get through).
 */
export const checkoutScript = String.raw`(() => {
'use strict';
const $$ = (selector) => Array.from(document.querySelectorAll(selector));
const isBangla = document.documentElement.lang === 'bn';
const digits = (text) => isBangla ? String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(0x09e6 + Number(digit))) : String(text);
const announce = (text) => { const live = document.getElementById('announce'); if (live) live.textContent = text; };

for (const button of $$('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const isCopied = await copy(button.dataset.copy, button.parentElement.querySelector('[data-value]'));
    if (!isCopied) return;
    const label = button.querySelector('span');
    const before = label.dataset.before || label.textContent;
    label.dataset.before = before;
    label.textContent = button.dataset.copied;
    button.classList.add('is-copied');
    announce(button.dataset.copied + ': ' + button.dataset.copy);
    clearTimeout(button.copyTimer);
    button.copyTimer = setTimeout(() => { label.textContent = before; button.classList.remove('is-copied'); }, 2000);
  });
}

// The clipboard API exists on https only and may be refused; the old way selects the text, so at worst it is marked for copying by hand.
async function copy(text, shown) {
  if (navigator.clipboard) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* the old way below */ }
  }
  const range = document.createRange();
  range.selectNodeContents(shown);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const isCopied = document.execCommand('copy');
  if (isCopied) selection.removeAllRanges();
  return isCopied;
}

// Where a form went wrong, or what it led to: in sight, and with the keyboard on it.
const wrong = document.querySelector('[aria-invalid=true], .notice[autofocus]');
if (wrong) bring(wrong, 'center');
// The page has renewed itself because the payment went on: a reader hears the new step, not the top of the page again.
else if (remembered('pm-step')) bring(document.getElementById('step'), 'nearest');

function bring(element, block) {
  if (!element) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block });
}
function remembered(key) {
  try { const value = sessionStorage.getItem(key); sessionStorage.removeItem(key); return value; } catch { return null; }
}

for (const link of $$('.sent a')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    bring(document.getElementById('trx_id'), 'center');
  });
}

// The whole message may be pasted: what is in it is shown at once. The server looks for it as well.
for (const input of $$('[data-trx]')) {
  const found = document.getElementById('trx_found');
  input.addEventListener('paste', (event) => {
    const text = event.clipboardData ? event.clipboardData.getData('text') : '';
    const labelled = /T(?:RX|XN|RN|X)\s*ID\s*[:.#-]?\s*([A-Z0-9]{6,20})\b/.exec(text.normalize('NFKC').toUpperCase());
    if (!labelled) return;
    event.preventDefault();
    input.value = labelled[1];
    found.textContent = input.dataset.found + ': ' + labelled[1];
  });
  input.addEventListener('input', () => { found.textContent = ''; });
  input.addEventListener('change', () => { if (input.value.length <= 40) input.value = input.value.replace(/[\s-]/g, '').toUpperCase(); });
}

for (const button of $$('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => { stay(); print(); });
}

for (const form of $$('form[data-once]')) {
  const button = form.querySelector('[type=submit]');
  form.addEventListener('submit', (event) => {
    if (button.getAttribute('aria-disabled')) { event.preventDefault(); return; }
    button.setAttribute('aria-disabled', 'true');
    button.classList.add('is-busy');
    button.querySelector('span').textContent = form.dataset.once;
  });
}
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

// Counted from when the page came, so that a wrong clock in the phone does not matter.
const loadedAt = Date.now();
let returnTimer = 0;
for (const place of $$('[data-return]')) {
  const total = Number(place.dataset.return);
  const left = place.querySelector('[data-return-left]');
  returnTimer = setInterval(() => {
    const seconds = Math.max(0, total - Math.floor((Date.now() - loadedAt) / 1000));
    left.textContent = digits(seconds);
    if (seconds > 0) return;
    clearInterval(returnTimer);
    location.assign(place.dataset.returnTo);
  }, 250);
  place.querySelector('[data-stay]').addEventListener('click', (event) => { event.preventDefault(); stay(); });
}
function stay() {
  clearInterval(returnTimer);
  for (const place of $$('[data-return]')) {
    const hadFocus = place.contains(document.activeElement);
    place.textContent = place.dataset.staying;
    if (hadFocus) { place.tabIndex = -1; place.focus(); }
    announce(place.dataset.staying);
  }
}

// A long wait says so when its time comes; the server shows the same to who loads the page then.
for (const place of $$('[data-waited]')) {
  const waitedMs = Number(place.dataset.waited);
  const stages = Array.from(place.children);
  for (const stage of stages) {
    const inMs = Number(stage.dataset.waitFrom) - waitedMs;
    if (inMs > 0) setTimeout(() => {
      for (const other of stages) other.hidden = other !== stage;
      for (const contact of $$('[data-contact]')) contact.hidden = false;
      announce(stage.querySelector('h1').textContent);
    }, inMs);
  }
}

const watched = document.querySelector('[data-watch]');
if (watched) watch(watched.dataset);

for (const place of $$('[data-deadline]')) {
  const remainingMs = Number(place.dataset.deadline);
  const left = place.querySelector('[data-left]');
  place.querySelector('.deadline-left').hidden = false;
  let timer = 0;
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((remainingMs - (Date.now() - loadedAt)) / 1000));
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    left.textContent = digits((hours > 0 ? hours + ':' + String(minutes).padStart(2, '0') : minutes) + ':' + String(seconds % 60).padStart(2, '0'));
    place.classList.toggle('is-urgent', seconds <= 120);
    if (seconds > 0) return;
    clearInterval(timer);
    if (watched) setTimeout(() => location.replace(watched.dataset.watch), 1200);
  };
  timer = setInterval(tick, 500);
  tick();
}

function watch({ watch: path, status: knownStatus, version: knownText, changed }) {
  const known = Number(knownText);
  let isDone = false;
  let pollTimer = 0;
  let pollCount = 0;
  let source = null;

  // An older version comes from another server that is behind: loading again would only show the old page.
  const seen = ({ status, version }) => {
    if (isDone || version < known || (version === known && status === knownStatus)) return;
    isDone = true;
    stopPolling();
    if (source) source.close();
    announce(changed);
    try { sessionStorage.setItem('pm-step', '1'); } catch { /* kept from us: the page opens at its top */ }
    document.documentElement.classList.add('is-leaving');
    setTimeout(() => location.replace(path), 250);
  };
  const poll = async () => {
    pollTimer = 0;
    try {
      const answer = await fetch(path + '/status', { headers: { accept: 'application/json' }, cache: 'no-store' });
      if (answer.ok) seen(await answer.json());
    } catch { /* offline: the next round asks again */ }
    pollCount += 1;
    startPolling();
  };
  function startPolling() {
    if (isDone || pollTimer || document.hidden) return;
    pollTimer = setTimeout(poll, pollCount < 40 ? 3000 : 10000);
  }
  function stopPolling() { clearTimeout(pollTimer); pollTimer = 0; }

  if (typeof EventSource === 'function') {
    source = new EventSource(path + '/events');
    source.addEventListener('open', stopPolling);
    source.addEventListener('error', startPolling);
    source.addEventListener('status', (event) => seen(JSON.parse(event.data)));
    source.addEventListener('end', () => { source.close(); startPolling(); });
  } else {
    startPolling();
  }
  // Phones stop timers of hidden pages; who comes back from the wallet's app must see the truth at once.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) { stopPolling(); return; }
    pollCount = 0;
    if (!isDone) { stopPolling(); poll(); }
  });
}
})();
`;
