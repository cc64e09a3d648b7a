import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { inBrowser, launchBrowser } from './testing/browser.js';
import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { checkoutStates, type CheckoutState } from './testing/checkout-states.js';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** `CHECKOUT_SCREENSHOTS=docs/checkout` writes them anew; a run without it writes nothing. */
const screenshots = process.env['CHECKOUT_SCREENSHOTS'];
const phone = { viewport: { width: 390, height: 844 } } as const;
const languages = ['en', 'bn', 'pt'] as const;
type Language = (typeof languages)[number];

/** A page, and whether it may still be opened: after that it stays. */
interface Look {
  readonly page: Page;
  readonly session: CDPSession;
  mayOpen: boolean;
}

const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

inBrowser('every page of the checkout, on a phone', () => {
  let browser: Browser;
  let server: CheckoutServer;
  let states: readonly CheckoutState[];
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    server = await startCheckoutServer({ publicUrl: 'https://pay.example.com', trxPerAddressMax: 1_000 });
    states = await checkoutStates(server.world);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await server?.stop();
  });

  async function newPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Look> {
    const context = await browser.newContext({ ...phone, reducedMotion: 'reduce', ...options });
    contexts.push(context);
    const page = await context.newPage();
    const look: Look = { page, session: await context.newCDPSession(page), mayOpen: false };
    // 204: the browser stays where it is. So a page that renews itself, or goes back to the shop, holds still.
    await page.route(/\/pay\/[0-9a-z-]+(?:\?|$)|shop\.example/, (route) => {
      const { mayOpen } = look;
      look.mayOpen = false;
      return mayOpen ? route.continue() : route.fulfill({ status: 204 });
    });
    return look;
  }

  /** Opens the page as the state has it: as it comes, or as it answers what was typed. */
  async function show(
    look: Look,
    state: CheckoutState,
    how: { language: Language; isScripted?: boolean },
  ): Promise<void> {
    const { page, session } = look;
    look.mayOpen = true;
    await session.send('Emulation.setScriptExecutionDisabled', { value: how.isScripted === false });
    const joint = state.path.includes('?') ? '&' : '?';
    await page.goto(`${server.url}${state.path}${joint}lang=${how.language}`, { waitUntil: 'load' });
    if (state.typed !== undefined) {
      await page.locator('#trx_id').fill(state.typed);
      await page.locator('form[action$="/trx"] [type=submit]').click();
      await page.locator('#trx_problem').waitFor();
    }
    await page.locator('h1', { hasText: state.heading[how.language] }).waitFor();
    expect({ state: state.name, sideways: await page.evaluate(sideways) }).toEqual({ state: state.name, sideways: 0 });
  }

  async function expectClean(look: Look, state: CheckoutState, rules: object = {}): Promise<void> {
    expect({ state: state.name, faults: await axeFaults(look.page, rules) }).toEqual({ state: state.name, faults: [] });
  }

  it.each(languages)('is whole and clean to assistive technology in %s', async (language) => {
    const look = await newPage();
    for (const state of states) {
      await show(look, state, { language });
      await expectClean(look, state);
      if (screenshots !== undefined) await keep(look, `${state.name}.${language}`);
    }
  });

  it.each(languages)('is whole in %s without JavaScript', async (language) => {
    const look = await newPage();
    for (const state of states) {
      await show(look, state, { language, isScripted: false });
      // What stands in `noscript` is markup only where no script runs.
      if (state.name === 'waiting') expect(await look.page.locator('noscript meta').count()).toBe(1);
      if (language !== 'en') continue;
      // The page is there as it is without; axe itself needs a script. A page that cannot ask must renew itself by a
      // refresh, which WCAG 2.2.1 has as essential: the one rule left out.
      await look.session.send('Emulation.setScriptExecutionDisabled', { value: false });
      await expectClean(look, state, { 'meta-refresh': { enabled: false } });
    }
  });

  it('is clean in the dark', async () => {
    const look = await newPage({ colorScheme: 'dark' });
    const dark = [
      'choose',
      'wrong-trxid',
      'waiting-10-minutes',
      'under-review',
      'completed',
      'failed',
      'pix',
      'sandbox',
    ];
    for (const state of states.filter(({ name }) => dark.includes(name))) {
      await show(look, state, { language: 'en' });
      await expectClean(look, state);
      if (screenshots !== undefined && state.name === 'wrong-trxid') await keep(look, 'dark.en');
    }
  });

  it('is clean on a wide screen', async () => {
    const look = await newPage({ viewport: { width: 1_280, height: 800 } });
    for (const state of states.filter(({ name }) => ['send', 'pix', 'completed'].includes(name))) {
      await show(look, state, { language: 'en' });
      await expectClean(look, state);
      if (screenshots !== undefined && state.name === 'send') await shoot(look, 'wide.en');
    }
  });

  it('weighs little', async () => {
    const send = states.find(({ name }) => name === 'send')!;
    const text = await (await fetch(server.url + send.path)).text();
    const files = [...text.matchAll(/(?:href|src)="(\/pay\/assets\/[^"]+\.(?:css|js))"/g)].map(([, file]) => file!);
    const weights = { html: brotliCompressSync(text).length, css: 0, js: 0, font: 0 };
    for (const file of files) {
      const body = await (await fetch(server.url + file)).text();
      weights[file.endsWith('.css') ? 'css' : 'js'] += brotliCompressSync(body).length;
    }
    const total = Object.values(weights).reduce((sum, bytes) => sum + bytes);
    process.stdout.write(`the page "send" in bytes, compressed: ${JSON.stringify({ ...weights, total })}\n`);
    expect(total).toBeLessThan(20_000);
  });
});

interface AxeNode {
  readonly target: readonly string[];
  readonly failureSummary: string;
}

/** What axe-core finds against the page. */
async function axeFaults(page: Page, rules: object): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate<{ readonly id: string; readonly nodes: readonly AxeNode[] }[]>(
    `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], rules })}).then((result) => result.violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What is on the screen, as WebP, which Playwright itself cannot write. */
async function shoot({ page, session }: Look, name: string): Promise<void> {
  const folder = path.resolve(__dirname, '../../../..', screenshots!);
  mkdirSync(folder, { recursive: true });
  await page.evaluate('scrollTo(0, 0)');
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  writeFileSync(path.join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}

/** The whole page, and of the longest one the first screen as well. */
async function keep(look: Look, name: string): Promise<void> {
  const { page } = look;
  if (name.startsWith('send.')) await shoot(look, `${name}.first-screen`);
  // As tall as it is, so that what sticks to the bottom is where it rests.
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width: phone.viewport.width, height });
  await shoot(look, name);
  await page.setViewportSize(phone.viewport);
}
