/**
 * What the page does with JavaScript, and only adds to what it does without: copy buttons, the running countdown, and
 * the open payment watching itself (server-sent events, with polling where they do not get through).
 */
export const checkoutScript = String.raw`(() => {
'use strict';
const $$ = (selector) => Array.from(document.querySelectorAll(selector));
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

for (const input of $$('[data-trx]')) {
  input.addEventListener('change', () => { if (input.value.length <= 40) input.value = input.value.replace(/[\s-]/g, '').toUpperCase(); });
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
for (const place of $$('[data-return]')) {
  const total = Number(place.dataset.return);
  setInterval(() => { place.textContent = String(Math.max(0, total - Math.floor((Date.now() - loadedAt) / 1000))); }, 250);
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
    left.textContent = (hours > 0 ? hours + ':' + String(minutes).padStart(2, '0') : minutes) + ':' + String(seconds % 60).padStart(2, '0');
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
