import { existsSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiDocsModule } from '@paymatch/gateway-api-docs';
import { GatewayEdge } from '@paymatch/gateway-edge';
import { silentLogger } from '@paymatch/platform-observability';
import { eventually } from '@paymatch/platform-testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { gatewayApis } from './gateway.service.js';

const CHROMIUM = '/usr/bin/chromium';
const isBrowserRequired = Boolean(process.env['CI']) || process.env['REQUIRE_BROWSER'] === '1';
const isBrowserHere = existsSync(CHROMIUM);
if (!isBrowserHere && !isBrowserRequired)
  process.stderr.write(`The reference page's browser tests are left out: there is no ${CHROMIUM}.\n`);
const inBrowser = isBrowserHere || isBrowserRequired ? describe : describe.skip;

inBrowser('the reference page in a browser', () => {
  let app: NestFastifyApplication;
  let url: string;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let strangers: string[];

  beforeAll(async () => {
    const edge = new GatewayEdge({ faces: [], logger: silentLogger });
    app = await NestFactory.create<NestFastifyApplication>(
      { module: class Root {}, imports: [ApiDocsModule.register(gatewayApis)] },
      edge.createAdapter(),
      { logger: false },
    );
    edge.configure(app);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  beforeEach(async () => {
    [complaints, strangers] = [[], []];
    page = await browser.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) strangers.push(request.url());
    });
  });
  afterEach(async () => page.close());

  it.each(gatewayApis.map((api) => [api.name, api] as const))(
    'shows %s whole, without a complaint and without a request to anybody else',
    async (_, api) => {
      await page.goto(`${url}/docs?urls.primaryName=${encodeURIComponent(api.title)}`);
      await page.locator('.info .title', { hasText: api.title }).waitFor({ timeout: 60_000 });
      await page.locator('.opblock').first().waitFor({ timeout: 60_000 });
      // Of a long document only what is in view is drawn: one reads it from its beginning to its end.
      const seen = new Set<string>();
      await eventually(
        async () => {
          for (const id of await page.locator('.opblock').evaluateAll((blocks) => blocks.map(({ id }) => id)))
            seen.add(id);
          await page.mouse.wheel(0, 400);
          expect(seen.size).toBe(api.operations.length);
        },
        { timeoutMs: 60_000, everyMs: 50 },
      );
      await page.mouse.wheel(0, -1_000_000);
      await page.locator('.opblock-summary-control').first().click();
      await page.locator('.opblock.is-open .responses-wrapper').waitFor();
      expect(await page.locator('.errors-wrapper').count()).toBe(0);
      expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
    },
    120_000,
  );

  it('carries our name, and nobody else’s logo', async () => {
    await page.goto(`${url}/docs`);
    await page.locator('.topbar .link', { hasText: 'Paymatch API' }).waitFor({ timeout: 60_000 });
    expect(await page.locator('.topbar .link :is(svg, img)').count()).toBe(0);
    expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
  }, 120_000);

  it('lets a reader choose another API', async () => {
    await page.goto(`${url}/docs`);
    await page.locator('#select').selectOption({ label: gatewayApis[1]!.title });
    await page.locator('.info .title', { hasText: gatewayApis[1]!.title }).waitFor({ timeout: 60_000 });
    expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
  }, 120_000);
});
