import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PaymentSnapshot } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { inBrowser, launchBrowser } from './testing/browser.js';
import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { pagePath, type CheckoutWorld } from './testing/checkout-world.js';

const phone = { viewport: { width: 360, height: 640 } } as const;
const desktop = { viewport: { width: 1_280, height: 800 } } as const;

inBrowser('a customer finds the way', () => {
  let browser: Browser;
  let server: CheckoutServer;
  let world: CheckoutWorld;
  let shop: Server;
  let shopUrl: string;
  let isShopOpen = false;
  let merchantId: string;
  let walletId: string;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    // 204: the browser stays where it is. So nothing depends on how fast the test is.
    shop = createServer((_request, response) => response.writeHead(isShopOpen ? 200 : 204).end());
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
    server = await startCheckoutServer({ publicUrl: 'https://pay.example.com', isRealTime: true });
    world = server.world;
    merchantId = world.addMerchant({ name: 'Dhaka Books' }).id;
    walletId = world.addWallet(merchantId).id;
    world.addWallet(merchantId, { provider: 'nagad', number: '01898765432', accountType: 'merchant' });
    browser = await launchBrowser();
  });
  afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await new Promise((resolve) => shop.close(resolve));
  });

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ ...phone, locale: 'en-GB', ...options });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(server.url + path);
    return page;
  }
  const payment = (details: Partial<PaymentSnapshot> = {}): PaymentSnapshot => world.addPayment(merchantId, details);
  const sent = (minutes: number, details: Partial<PaymentSnapshot> = {}): PaymentSnapshot =>
    payment({
      status: 'awaiting_verification',
      provider: 'bkash',
      trxId: 'DH7K2M9QX4',
      walletNumber: '01712345678',
      updatedAt: new Date(Date.now() - minutes * 60_000).toISOString(),
      ...details,
    });

  async function isInSight(page: Page, selector: string): Promise<boolean> {
    const box = await page.locator(selector).boundingBox();
    return box !== null && box.y >= 0 && box.y + box.height <= page.viewportSize()!.height;
  }
  const isTrue = (page: Page, expression: string): Promise<boolean> =>
    eventually(() => page.evaluate<boolean>(expression), { timeoutMs: 30_000 });
  const hasFocus = (page: Page, id: string): Promise<boolean> => isTrue(page, `document.activeElement.id === '${id}'`);

  it.each([true, false])(
    'from the wallet to the next step, and to the TrxID by one touch, with JavaScript %s',
    async (javaScriptEnabled) => {
      const page = await open(pagePath(payment()), { javaScriptEnabled });
      await page.getByRole('link', { name: 'bKash Send Money' }).click();
      await page.getByRole('heading', { name: 'Pay with bKash' }).waitFor();
      await hasFocus(page, 'step');
      expect(await isInSight(page, '#step')).toBe(true);
      const button = page.getByRole('link', { name: 'I have sent it' });
      expect(await isInSight(page, '.sent a')).toBe(true);
      await button.click();
      await hasFocus(page, 'trx_id');
      expect(await isInSight(page, '#trx_id')).toBe(true);
      expect(await page.locator('.dial').getAttribute('href')).toBe('tel:*247%23');
    },
  );

  it.each([true, false])('to the field that is wrong, with JavaScript %s', async (javaScriptEnabled) => {
    const page = await open(`${pagePath(payment())}?wallet=${walletId}`, { javaScriptEnabled });
    await page.locator('#trx_id').fill('DH7K2M9QX4');
    await page.locator('#sender_number').fill('12');
    await page.getByRole('button', { name: 'Verify my payment' }).click();
    await page.locator('#sender_problem').waitFor();
    await hasFocus(page, 'sender_number');
    expect(await isInSight(page, '#sender_number')).toBe(true);
  });

  it('by a clock that counts in the digits of the page', async () => {
    const page = await open(`${pagePath(payment())}?lang=bn`);
    await isTrue(page, '/^[০-৯]+:[০-৯]{2}$/.test(document.querySelector("[data-left]").textContent)');
  });

  it('with the whole message pasted', async () => {
    const sms =
      'You have sent Tk 1,500.00 to 01712345678. Fee Tk 5.00. Balance Tk 812.30.\nTrxID DH7K2M9QX4\nat 12/06/2026 14:30';
    const page = await open(`${pagePath(payment())}?wallet=${walletId}`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(sms)})`);
    await page.locator('#trx_id').focus();
    await page.keyboard.press('Control+V');
    await page.getByText('TrxID found in your message: DH7K2M9QX4').waitFor();
    expect(await page.locator('#trx_id').inputValue()).toBe('DH7K2M9QX4');
  });

  it('through a long wait, which says so when its time comes', async () => {
    const page = await open(pagePath(sent(0)));
    await page.getByRole('heading', { name: 'Verifying your payment' }).waitFor();
    // As if the page had been opened just before the second and the tenth minute were over.
    await page.goto(server.url + pagePath(sent(1.97)));
    await page.getByRole('heading', { name: 'This is taking longer than usual' }).waitFor();
    await page.goto(server.url + pagePath(sent(9.97)));
    await page.getByRole('heading', { name: 'Still no message from bKash' }).waitFor();
    expect(await page.locator('h1:visible').count()).toBe(1);
    expect(await page.locator('.receipt:visible').textContent()).toContain('DH7K2M9QX4');
  });

  it('through a long wait without JavaScript, by the time of the server', async () => {
    const page = await open(pagePath(sent(1.97)), { javaScriptEnabled: false });
    await page.getByRole('heading', { name: 'This is taking longer than usual' }).waitFor();
  });

  it.each([true, false])(
    'and stays where the receipt is when asked to, with JavaScript %s',
    async (javaScriptEnabled) => {
      isShopOpen = false;
      const done = sent(0, {
        status: 'completed',
        completedAt: new Date().toISOString(),
        successUrl: `${shopUrl}/thanks`,
      });
      const page = await open(pagePath(done), { javaScriptEnabled });
      await page.getByRole('link', { name: 'Stay on this page' }).click();
      if (javaScriptEnabled) await page.getByText('You stay on this page.').first().waitFor();
      else await page.waitForURL('**stay=1**');
      // Nothing is left that would lead away: neither a refresh nor a count.
      expect(await page.locator('[data-return-left], noscript meta').count()).toBe(0);
      isShopOpen = true;
      await page.getByRole('link', { name: 'Return to Dhaka Books' }).click();
      await page.waitForURL(`${shopUrl}/thanks**`);
    },
  );

  it('from the wide screen to the phone, by a code that phones do not show', async () => {
    const page = await open(pagePath(payment()), desktop);
    expect(await page.getByRole('img', { name: 'Continue on your phone' }).isVisible()).toBe(true);
    await page.setViewportSize(phone.viewport);
    expect(await page.getByRole('img', { name: 'Continue on your phone' }).isVisible()).toBe(false);
  });

  it('to paper: the receipt is printed, what is pressed is not', async () => {
    const page = await open(pagePath(sent(0, { status: 'completed', completedAt: new Date().toISOString() })));
    expect(await page.getByRole('button', { name: 'Print or save the receipt' }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.receipt').isVisible()).toBe(true);
    for (const left of ['.print', '.foot', '.language'])
      expect([left, await page.locator(left).isVisible()]).toEqual([left, false]);
  });

  it('to the shop, from a payment whose time is over', async () => {
    await world.brandsPort.change(
      { merchantId, livemode: true },
      { supportPhone: '09612-345678', whatsapp: '+8801712345678', supportEmail: 'help@shop.example' },
    );
    const over = payment({ status: 'expired' });
    const page = await open(pagePath(over));
    const reference = pagePath(over).slice('/pay/'.length);
    expect(await page.locator('.receipt').textContent()).toContain(reference);
    const links = await page.evaluate('[...document.querySelectorAll(".contact a")].map((link) => link.href)');
    expect(links).toEqual([
      'tel:09612345678',
      `https://wa.me/8801712345678?text=Payment%20reference%3A%20${reference}`,
      `mailto:help@shop.example?subject=Payment%20reference%3A%20${reference}`,
    ]);
  });

  it('with the code to pay by Pix first on a phone, and reachable by the keyboard', async () => {
    const pix = payment({
      dialect: 'smartfastpay',
      method: 'pix',
      currency: 'BRL',
      instructions: { brCode: '0002'.repeat(100), txid: 'x', pixKey: 'x', beneficiary: 'Loja' },
    });
    const page = await open(`/pay/${pix.id}`, { locale: 'pt-BR' });
    const top = async (selector: string): Promise<number> => (await page.locator(selector).boundingBox())!.y;
    expect(await top('.code')).toBeLessThan(await top('.qr'));
    await page.locator('.code').focus();
    await page.keyboard.press('End');
    await isTrue(page, 'document.querySelector(".code").scrollTop > 0');
    await page.setViewportSize(desktop.viewport);
    expect(await top('.qr')).toBeLessThan(await top('.code'));
  });
});
