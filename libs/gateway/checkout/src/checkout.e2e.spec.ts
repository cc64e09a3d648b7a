import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Merchant } from '@paymatch/gateway-access';
import type { Wallet } from '@paymatch/gateway-receiving';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { inBrowser, launchBrowser } from './testing/browser.js';
import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { pagePath, type CheckoutWorld } from './testing/checkout-world.js';

inBrowser('the checkout in a browser', () => {
  let browser: Browser;
  let server: CheckoutServer;
  let shop: Server;
  let shopUrl: string;
  let world: CheckoutWorld;
  let merchant: Merchant;
  let bkash: Wallet;
  const contexts: BrowserContext[] = [];
  /** What the browser complained about: above all, anything the content security policy stopped. */
  let complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    shop = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<title>shop</title><h1>Back in the shop</h1>');
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => (shop === undefined ? resolve(null) : shop.close(resolve)));
  });
  beforeEach(async () => {
    complaints = [];
    server = await startCheckoutServer({ isRealTime: true });
    world = server.world;
    merchant = world.addMerchant({ name: 'Dhaka Books & Stationery' });
    for (const livemode of [true, false]) {
      const wallet = world.addWallet(merchant.id, { livemode });
      if (livemode) bkash = wallet;
      world.addWallet(merchant.id, { livemode, provider: 'nagad', number: '01898765432', accountType: 'merchant' });
      world.addWallet(merchant.id, { livemode, provider: 'rocket', number: '017555511112' });
    }
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await server.stop();
    expect(complaints).toEqual([]);
  });

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB', ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (?:4|5)\d\d/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(server.url + path);
    return page;
  }

  const back = (): { successUrl: string; cancelUrl: string } => ({
    successUrl: `${shopUrl}/thanks?a=1#done`,
    cancelUrl: `${shopUrl}/cart`,
  });

  const overflow = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  describe.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('%s', (_what, javaScriptEnabled) => {
    it('a customer picks a wallet, enters the TrxID, sees it verified, and lands in the shop', async () => {
      const payment = world.addPayment(merchant.id, back());
      const page = await open(pagePath(payment), { javaScriptEnabled });
      await page.getByRole('link', { name: 'bKash Send Money' }).click();
      expect(await page.locator('[data-value]').allTextContents()).toEqual([bkash.number, '1500.00']);
      await page.getByLabel('Transaction ID (TrxID)').fill('dh7k 2m9q');
      await page.getByRole('button', { name: 'Verify my payment' }).click();
      await page.getByText('A bKash TrxID has 10 letters and digits; this one has 8.').waitFor();
      await page.getByLabel('Transaction ID (TrxID)').fill('dh7k 2m9q x4');
      await page.getByLabel('Number you sent from').fill('+88 01912-000001');
      await page.getByRole('button', { name: 'Verify my payment' }).click();
      await page.getByRole('heading', { name: 'Verifying your payment' }).waitFor();
      expect(new URL(page.url()).pathname).toBe(pagePath(payment));
      expect(world.current(payment.id)).toMatchObject({
        trxId: 'DH7K2M9QX4',
        senderNumber: '01912000001',
        walletNumber: bkash.number,
      });

      world.complete(payment.id);
      await page.getByRole('heading', { name: 'Payment complete' }).waitFor({ timeout: 12_000 });
      await page.waitForURL(`${shopUrl}/**`, { timeout: 12_000 });
      expect(page.url()).toBe(
        `${shopUrl}/thanks?a=1&payment_id=${pagePath(payment).slice(5)}&invoice_id=ORDER-42&invoice_number=ORDER-42#done`,
      );
    });

    it('a mistyped TrxID is corrected while the payment waits', async () => {
      const payment = world.addPayment(merchant.id, {
        status: 'awaiting_verification',
        provider: 'bkash',
        trxId: 'DH7K2M9QX0',
        walletNumber: bkash.number,
        trxAttempts: 1,
      });
      const page = await open(pagePath(payment), { javaScriptEnabled });
      await page.getByRole('link', { name: 'Typed it wrong? Correct it' }).click();
      await page.getByLabel('Transaction ID (TrxID)').fill('DH7K2M9QX4');
      await page.getByRole('button', { name: 'Verify my payment' }).click();
      await page.locator('.track').getByText('DH7K2M9QX4').waitFor();
      expect(world.current(payment.id)).toMatchObject({ trxId: 'DH7K2M9QX4', trxAttempts: 2 });
    });

    it('cancelling asks first and leads back to the cart', async () => {
      const payment = world.addPayment(merchant.id, back());
      const page = await open(pagePath(payment), { javaScriptEnabled });
      await page.getByRole('link', { name: 'Cancel this payment' }).click();
      await page.getByRole('button', { name: 'Yes, cancel' }).click();
      await page.getByRole('heading', { name: 'Payment cancelled' }).waitFor();
      await page.getByRole('link', { name: 'Return to Dhaka Books & Stationery' }).click();
      await page.waitForURL(`${shopUrl}/cart?payment_id=**`);
    });

    it('a test payment is completed by its button, under a banner', async () => {
      const page = await open(pagePath(world.addPayment(merchant.id, { livemode: false })), { javaScriptEnabled });
      expect(await page.locator('.test-banner').isVisible()).toBe(true);
      await page.getByRole('button', { name: 'Complete' }).click();
      await page.getByRole('heading', { name: 'Payment complete' }).waitFor();
    });

    it('the time runs out before the customer’s eyes', async () => {
      const payment = world.addPayment(merchant.id, { expiresAt: new Date(Date.now() + 2_500).toISOString() });
      const page = await open(pagePath(payment), { javaScriptEnabled });
      await page.getByRole('heading', { name: 'How do you want to pay?' }).waitFor();
      expect(await page.locator('.deadline-left').isVisible()).toBe(javaScriptEnabled);
      await page.getByRole('heading', { name: 'The time to pay is over' }).waitFor({ timeout: 12_000 });
    });

    it('the language is switched on the step one stands at, and stays', async () => {
      const page = await open(`${pagePath(world.addPayment(merchant.id))}?wallet=${bkash.id}`, { javaScriptEnabled });
      await page.locator('header').getByRole('link', { name: 'বাংলা' }).click();
      await page.getByRole('heading', { name: 'বিকাশ দিয়ে পরিশোধ করুন' }).waitFor();
      await page.goto(server.url + pagePath(world.addPayment(merchant.id)));
      await page.getByRole('heading', { name: 'কীভাবে পরিশোধ করতে চান?' }).waitFor();
    });
  });

  it('number and amount are copied exactly', async () => {
    const page = await open(
      `${pagePath(world.addPayment(merchant.id, { amountMinor: 12_345_678 }))}?wallet=${bkash.id}`,
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
    for (const [button, text] of [
      ['Copy the number', bkash.number],
      ['Copy the amount', '123456.78'],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await page.locator(`[aria-label="${button}"].is-copied`).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(text);
      expect(await page.locator('#announce').textContent()).toBe(`Copied: ${text}`);
    }
  });

  it('a page whose stream is refused finds out by polling', async () => {
    const payment = world.addPayment(merchant.id, {
      status: 'awaiting_verification',
      provider: 'bkash',
      trxId: 'DH7K2M9QX4',
      walletNumber: bkash.number,
    });
    const context = await browser.newContext();
    contexts.push(context);
    const page = await context.newPage();
    await page.route('**/events', (route) => route.abort());
    await page.goto(server.url + pagePath(payment));
    await page.getByRole('heading', { name: 'Verifying your payment' }).waitFor();
    world.change(payment.id, { reviewReason: 'amount_mismatch' });
    await page.getByRole('heading', { name: 'We are checking this by hand' }).waitFor({ timeout: 10_000 });
  });

  it.each([true, false])('what a form led to is in sight, with JavaScript %s', async (javaScriptEnabled) => {
    const page = await open(`${pagePath(world.addPayment(merchant.id))}?wallet=${bkash.id}`, { javaScriptEnabled });
    world.clientPort.send = async () => {
      throw new RequestUnavailable('no answer', 3);
    };
    await page.getByLabel('Transaction ID (TrxID)').fill('DH7K2M9QX4');
    await page.getByRole('button', { name: 'Verify my payment' }).click();
    const notice = page.getByRole('alert');
    await notice.waitFor();
    const box = (await notice.boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(740);
  });

  it('a form that does not come from the page changes nothing', async () => {
    const payment = world.addPayment(merchant.id);
    const page = await open('/pay/unknown');
    await page.goto(shopUrl);
    await page.evaluate(
      `(() => { const form = document.createElement('form'); form.method = 'post'; form.action = ` +
        `'${server.url}${pagePath(payment)}/cancel'; document.body.append(form); form.submit(); })()`,
    );
    await page.getByRole('heading', { name: 'Please start from the payment page' }).waitFor();
    expect(world.current(payment.id).status).toBe('pending');
  });

  it.each([
    [320, 'en-GB'],
    [320, 'bn-BD'],
    [360, 'bn-BD'],
    [1_280, 'en-GB'],
  ])('nothing sticks out at %i px in %s, and every control is big enough to touch', async (width, locale) => {
    const viewport = { viewport: { width, height: 640 }, locale };
    const shopName = 'A shop with a long name and a-very-long-word-that-does-not-want-to-break-anywhere';
    const long = world.addMerchant({ name: shopName });
    const wallet = world.addWallet(long.id, { provider: 'rocket', number: '017555511112' });
    world.addWallet(long.id);
    const open1 = world.addPayment(long.id, { amountMinor: 999_999_999, invoiceId: 'INVOICE-'.repeat(12) });
    const waiting = world.addPayment(long.id, {
      status: 'awaiting_verification',
      provider: 'rocket',
      trxId: '6910472538',
      walletNumber: wallet.number,
    });
    const over = world.addPayment(long.id, {
      ...back(),
      status: 'failed',
      failureReason: 'rejected_by_admin',
      trxId: '6910472538',
      provider: 'rocket',
      invoiceId: 'INVOICE-'.repeat(12),
    });
    const paths = [
      pagePath(open1),
      `${pagePath(open1)}?wallet=${wallet.id}`,
      `${pagePath(open1)}/cancel`,
      pagePath(waiting),
      `${pagePath(waiting)}?change=1`,
      pagePath(over),
    ];
    const page = await open(paths[0]!, viewport);
    for (const path of paths) {
      await page.goto(server.url + path);
      expect([path, await overflow(page)]).toEqual([path, 0]);
      const small = await page.evaluate(
        `[...document.querySelectorAll('button, input:not([type=hidden]), select, a.button, a.wallet, ` +
          `a.language')].filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 36).map((e) => ` +
          'e.outerHTML)',
      );
      expect(small).toEqual([]);
    }
  });

  it('a customer in Brazil copies the Pix code, and the page goes on by itself when the money has come', async () => {
    const brCode =
      '00020126580014br.gov.bcb.pix01367d9f0335-8dcc-4054-9bf9-0dbd61d3690652040000530398654071557.005802BR5917LOJA EXEMPLO LTDA6009SAO PAULO62290525PGW01JXYZ000000000000000163043E97';
    const payment = world.addPayment(merchant.id, {
      dialect: 'smartfastpay',
      method: 'pix',
      currency: 'BRL',
      amountMinor: 155_700,
      expiresAt: new Date(Date.now() + 3_660_000).toISOString(),
      instructions: {
        brCode,
        txid: 'PGW01JXYZ0000000000000001',
        pixKey: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
        beneficiary: 'Loja Exemplo Ltda',
      },
    });
    const page = await open(pagePath(payment), { locale: 'pt-BR' });
    await page.getByRole('img', { name: 'QR Code do Pix' }).waitFor();
    expect(await page.locator('[data-left]').textContent()).toMatch(/^1:0[01]:\d\d$/);
    await page.getByRole('button', { name: 'Copiar o código Pix' }).click();
    await page.getByText('Copiado', { exact: true }).waitFor();
    expect(await overflow(page)).toBe(0);
    world.complete(payment.id);
    await page.getByRole('heading', { name: 'Pagamento concluído' }).waitFor({ timeout: 12_000 });
  });

  it('a customer in Brazil sees every field of the account to transfer to', async () => {
    const payment = world.addPayment(merchant.id, {
      dialect: 'smartfastpay',
      method: 'bank_transfer',
      currency: 'BRL',
      amountMinor: 155_700,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      instructions: {
        bankName: 'VIACREDI',
        bankCode: '085',
        agency: '0101-5',
        account: '12551163',
        accountOperation: 'Conta Corrente',
        document: '34.911.051/0001-97',
        beneficiary: 'Loja Exemplo Ltda',
      },
    });
    const page = await open(pagePath(payment), { locale: 'pt-BR' });
    expect(await page.locator('[data-value]').allTextContents()).toEqual([
      '085 – VIACREDI',
      '0101-5',
      '12551163',
      '34.911.051/0001-97',
      'Loja Exemplo Ltda',
      '1557,00',
    ]);
    expect(await overflow(page)).toBe(0);
    await page.locator('header').getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Pay by bank transfer' }).waitFor();
  });
});
