import { existsSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const isRequired = Boolean(process.env['CI']) || process.env['REQUIRE_BROWSER'] === '1';
const isHere = existsSync(CHROMIUM);
if (!isHere && !isRequired)
  process.stderr.write(`The console's browser tests are left out: there is no ${CHROMIUM}.\n`);
export const describeInBrowser = isHere || isRequired ? describe : describe.skip;

/** One browser for a file's tests; keeps what pages complained about and whom else they asked for something. */
export class ConsoleBrowser {
  readonly complaints: string[] = [];
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly baseUrl: string,
  ) {}

  static async start(baseUrl: string): Promise<ConsoleBrowser> {
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...args, '--disable-background-networking', '--disable-component-update'],
    });
    return new ConsoleBrowser(browser, baseUrl);
  }

  /** A window of somebody else: nothing of another one's session is in it. */
  async open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: 'en-GB',
      timezoneId: 'Asia/Dhaka',
      ...options,
    });
    context.setDefaultTimeout(30_000);
    this.contexts.push(context);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (?:4|5)\d\d/.test(message.text()))
        this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${this.baseUrl}/`) && !/^(?:data|blob):/.test(url)) this.complaints.push(`asked ${url}`);
    });
    await page.goto(`${this.baseUrl}${path}`);
    return page;
  }

  async signIn(
    { email, password }: { readonly email: string; readonly password: string },
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const page = await this.open('/console', options);
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[type=password]').fill(password);
    await page.locator('button[type=submit]').click();
    await page.locator('.frame-nav').waitFor({ state: 'attached' });
    return page;
  }

  async closePages(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  async stop(): Promise<void> {
    await this.closePages();
    await this.browser.close();
  }
}

/** The page's policy lets no text become code, so that it is asked from outside, again and again. */
async function becomesTrue(page: Page, condition: string): Promise<void> {
  const deadlineMs = Date.now() + 30_000;
  while (!(await page.evaluate<boolean>(condition))) {
    if (Date.now() > deadlineMs) throw new Error(`${page.url()} never came to ${condition}`);
    await page.waitForTimeout(50);
  }
}

/** A screen that has come: its title is there, and nothing of it is still awaited. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await becomesTrue(page, 'document.querySelector("[aria-busy=true], .mantine-Loader-root") === null');
}

/** What axe finds wrong on a screen that has come, each with the first element it is about. */
export async function violations(page: Page): Promise<readonly string[]> {
  await settled(page);
  // Colours that are on their way from one to another are nobody's.
  await becomesTrue(page, 'document.getAnimations().every((each) => each.playState !== "running")');
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `${axe.source}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
}

/** Whether something is wider than the screen. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** With CONSOLE_PICTURES set to a folder, keeps what the screen looks like there: docs/console is made so. */
export async function pictured(page: Page, name: string): Promise<void> {
  const folder = process.env['CONSOLE_PICTURES'];
  if (folder === undefined) return;
  const file = `${name.replaceAll(/[^a-z0-9]+/gi, '-').replace('payments-payment', 'a-payment')}.jpg`;
  await page.screenshot({ path: path.join(folder, file), type: 'jpeg', quality: 60 });
}
