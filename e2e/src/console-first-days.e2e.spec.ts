import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { ConsoleBrowser, describeInBrowser, overflow, pictured, settled, violations } from './console-browser.js';
import { openScreens, operatorScreens, placed } from './console-screens.js';
import * as steps from './console-steps.js';
import { until } from './contract-b.client.js';
import { freePort } from '@paymatch/platform-dev-servers';
import { killLeftGateways, RunningGateway } from './running-gateway.js';
import { bkashSms, Shop } from './shop.js';
import { WebhookReceiver } from './webhook-receiver.js';

const LIMIT_MS = 180_000;

/** Each walk begins with a shop of its own that has nothing yet, made by an operator of its own. */
describeInBrowser('the first days of an installation', () => {
  let gateway: RunningGateway;
  let browser: ConsoleBrowser;
  let receiver: WebhookReceiver;
  /** By a name: browsers keep no passkeys for numbers. */
  let baseUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    baseUrl = `http://localhost:${port}`;
    gateway = await RunningGateway.start({ env: { PORT: String(port), PAYMATCH_PUBLIC_URL: baseUrl } });
    receiver = await WebhookReceiver.start();
    browser = await ConsoleBrowser.start(baseUrl);
  }, LIMIT_MS);
  afterAll(async () => {
    await browser?.stop();
    await receiver?.stop();
    await gateway?.stopAndForget();
    killLeftGateways();
  });
  afterEach(async () => {
    await browser.closePages();
    expect(browser.complaints.splice(0)).toEqual([]);
  });

  /** Somebody who runs the installation, where they land after their link. */
  async function operator(name: string): Promise<Page> {
    const person = { name, email: `${name.toLowerCase()}@shop.example`, password: 'four words of a song' };
    const { pathname, hash } = steps.operatorLink(gateway, 'invite', person.email);
    const page = await browser.open(pathname + hash);
    await steps.setUp(page, person);
    return page;
  }

  const statusFor = async (key: string): Promise<number> =>
    (await new Shop(gateway.demo, key).call('GET', '/api/v1/payments')).status;

  it(
    'lead from the link of the start to a shop with a wallet, a phone that tells of money, a completed test payment, a webhook and a live key',
    async () => {
      const setup = /(\/console\/setup#token=\w+)/.exec(gateway.log)![1]!;
      const page = await browser.open(setup);
      expect(await violations(page)).toEqual([]);
      await steps.setUp(page, { name: 'Rahima', email: 'rahima@shop.example', password: 'four words of a song' });
      await page.getByRole('heading', { level: 1, name: 'Merchants' }).waitFor();
      const { testKey } = await steps.createShop(page, 'Rahima’s Books');

      await steps.addWallet(page);
      const trial = await (await fetch(await steps.tryWallet(page))).text();
      expect(trial).toContain('Rahima Traders');
      const phone = await steps.enrolPhone(page, gateway.demo.baseUrl);
      const text = bkashSms('120.00');
      await steps.renamePhoneAndTryText(page, text.body);
      await steps.addEndpoint(page, receiver.url);

      const device = { id: phone.id, secret: phone.secret };
      const key = new Shop(gateway.demo, testKey);
      const { body: wallets } = await key.call<{ data: RunningGateway['demo']['wallets'] }>(
        'GET',
        '/api/panel/v1/wallets',
      );
      const rahima = new Shop({ ...gateway.demo, device, wallets: wallets.data }, testKey);
      const created = await rahima.create({ amount: 120, invoice_id: 'FIRST-1' });
      expect(created.status).toBe(201);
      const { id } = created.body.data;
      await page.getByRole('link', { name: 'Payments', exact: true }).click();
      await page.getByRole('link', { name: 'FIRST-1' }).waitFor();
      await receiver.waitFor(id, 'payment.created', 30_000);
      await rahima.submitTrx(id, { provider: 'bkash', trxId: text.trxId, senderNumber: '01712345678' });
      expect((await rahima.forward(text)).status).toBe(200);
      await rahima.becomes(id, 'completed', 30_000);
      await receiver.waitFor(id, 'payment.completed', 30_000);
      await page.getByRole('link', { name: 'FIRST-1' }).click();
      await page.getByText('matched by the TrxID').waitFor();

      await page.getByRole('link', { name: 'Today' }).click();
      await page.getByRole('link', { name: /Wallets.*1 at it/ }).waitFor();
      await steps.simulatePayment(page);

      await steps.replayEvents(page);
      const link = await steps.makePaymentLink(page);
      const linkPath = new URL(link).pathname;
      expect(await (await fetch(gateway.demo.baseUrl + linkPath)).text()).toContain('Winter course');
      await steps.disablePaymentLink(page);
      expect((await fetch(gateway.demo.baseUrl + linkPath)).status).toBe(410);

      await page.getByText('Live', { exact: true }).click();
      await page.getByText('Test mode: no real money').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'API keys' }).click();
      expect(await statusFor(await steps.issueKey(page))).toBe(200);
    },
    LIMIT_MS,
  );

  it(
    'let an owner invite a colleague, who gets another role, sees what it shows, and sees nothing once they have left',
    async () => {
      const owner = await operator('Mina');
      const { merchantId } = await steps.createShop(owner, 'Mina’s Tea');
      const at = (screen: string) => `${baseUrl}/console/m/${merchantId}/live/${screen}`;
      await owner.goto(at('people'));
      const url = await steps.invited(owner, 'karim@shop.example');

      const karim = await browser.open(url.pathname + url.hash);
      await karim.getByText('You are invited to Mina’s Tea as support.').waitFor();
      await steps.setUp(karim, { name: 'Karim', email: 'karim@shop.example', password: 'three green parrots sing' });
      await karim.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
      await karim.goto(at('phones'));
      await settled(karim);
      expect(await karim.getByRole('button', { name: 'Add a phone' }).count()).toBe(0);

      await owner.reload();
      const row = owner.getByRole('row', { name: /Karim/ });
      await row.getByRole('button', { name: 'Change role' }).click();
      const dialog = owner.getByRole('dialog', { name: 'Karim' });
      await dialog.getByLabel('Role').selectOption('manager');
      await dialog.getByLabel('Reason').fill('Runs the shop from today');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await row.getByText('manager').waitFor();
      // With another role every session ends.
      await karim.goto(at('phones'));
      await karim.locator('input[type=email]').fill('karim@shop.example');
      await karim.locator('input[type=password]').fill('three green parrots sing');
      await karim.getByRole('button', { name: 'Sign in', exact: true }).click();
      await karim.getByRole('button', { name: 'Add a phone' }).waitFor();

      await row.getByRole('button', { name: 'Remove' }).click();
      await owner.getByRole('dialog').getByLabel('Reason').fill('Left the shop');
      await owner.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await row.waitFor({ state: 'detached' });
      await karim.reload();
      await karim.getByRole('heading', { name: /Sign in|There is nothing here/ }).waitFor();
      await owner.goto(at('audit'));
      await owner.getByRole('button', { name: 'Details' }).first().waitFor();
    },
    LIMIT_MS,
  );

  it(
    'let a person keep a passkey, sign in with it without a password, and prove with it who they are',
    async () => {
      const page = await operator('Parvin');
      await steps.addVirtualAuthenticator(page);
      await page.goto(`${baseUrl}/console/me`);
      await page.getByText('No passkey yet.').waitFor();
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
      await dialog.getByLabel('Name of the passkey').fill('My phone');
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Add a passkey' }).click();
      const row = page.getByRole('row', { name: /My phone/ });
      await row.getByText('never').waitFor();
      expect(await violations(page)).toEqual([]);

      await page.getByRole('button', { name: /Account/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await page.getByRole('heading', { level: 1, name: 'Merchants' }).waitFor();

      // What is asked for a quarter of an hour later is asked for now: the gateway's answer is put before its own.
      const refusal = { type: 'urn:paymatch:problem:step-up-required', title: 'Step up', status: 403 };
      let isRefused = false;
      await page.route('**/operator/merchants', (route) => {
        if (isRefused || route.request().method() !== 'POST') return route.continue();
        isRefused = true;
        return route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) });
      });
      await page.getByRole('button', { name: 'Create a merchant' }).click();
      const form = page.getByRole('dialog', { name: 'Create a merchant' });
      await form.getByLabel('Shop’s name').fill('Parvin’s Pottery');
      await form.getByRole('button', { name: 'Create a merchant' }).click();
      const stepUp = page.getByRole('dialog', { name: 'Is it still you?' });
      const proved = page.waitForResponse('**/session/step-up/passkey');
      await stepUp.getByRole('button', { name: 'Use a passkey' }).click();
      expect((await proved).status()).toBe(200);
      await form.locator('code').waitFor();
      await page.keyboard.press('Escape');

      await page.goto(`${baseUrl}/console/me`);
      await row.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('No passkey yet.').waitFor();
    },
    LIMIT_MS,
  );

  it(
    'let an operator be told that a shop is suspended, whose people see it and whose keys are refused, look at it, and let it go on',
    async () => {
      const owner = await operator('Shirin');
      const { merchantId, testKey } = await steps.createShop(owner, 'Shirin’s Sarees');
      expect(await statusFor(testKey)).toBe(200);
      // A gateway keeps what it knows of a key for a second.
      const comesTo = (wanted: number) =>
        until(async () => {
          const status = await statusFor(testKey);
          return status === wanted ? status : new Error(`the shop's key is answered ${status}, not ${wanted}`);
        }, 30_000);

      const page = await operator('Selim');
      await page.goto(`${baseUrl}/console/operator/notifications`);
      await page.getByLabel('Address of your server').fill(receiver.url);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').waitFor();
      await page.getByRole('button', { name: 'Send a test' }).click();
      const waitForNotice = (event: string, subject: string | null) =>
        until(async () => {
          const notices = receiver.received.filter(({ body }) => body.event === event);
          const found = notices.find(({ body }) => (body.data as { subject?: unknown }).subject === subject);
          return found ?? new Error(`the operator was not told: ${event}`);
        }, 60_000);
      await waitForNotice('notification.test', null);
      await page.goto(`${baseUrl}/console/operator/merchants`);
      // The next screen's code comes slowly, and the last typing is not asked for yet: the click counts all the same.
      await page.route('**/*.js', (route) => sleep(1_000).then(() => route.continue()));
      await page.getByLabel('Name or id').fill('sarees');
      await page.getByRole('row').getByRole('link', { name: 'Shirin’s Sarees' }).click();
      await page.getByText('No plan: without limits.').waitFor();
      await page.unroute('**/*.js');
      expect(await violations(page)).toEqual([]);
      await steps.allowAccount(page);
      await page.getByRole('button', { name: 'Suspend' }).click();
      const dialog = page.getByRole('dialog', { name: 'Suspend Shirin’s Sarees?' });
      await dialog.getByLabel('Reason').fill('Asked to by its owner');
      const confirm = dialog.getByRole('button', { name: 'Suspend' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('type the shop’s name').fill('Shirin’s Sarees');
      expect(await violations(page)).toEqual([]);
      await confirm.click();
      await page.getByText('Suspended: Asked to by its owner').waitFor();
      await comesTo(403);
      await waitForNotice('merchant.suspended', 'Shirin’s Sarees');

      await owner.goto(`${baseUrl}/console/m/${merchantId}/test/settings`);
      await owner.getByText('This shop is suspended').waitFor();
      expect(await violations(owner)).toEqual([]);

      await page.getByRole('button', { name: 'Look at the shop' }).click();
      await page.getByLabel('Reason').fill('Its owner asked about a payment');
      await page.getByRole('dialog').getByRole('button', { name: 'Look at the shop' }).click();
      await page.getByText(/You look at Shirin’s Sarees as the operator/).waitFor();
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      await settled(page);
      expect(await page.getByRole('button', { name: 'Add a wallet' }).count()).toBe(0);
      await page.getByRole('link', { name: 'Back to its page' }).click();

      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
      await page.getByText('Suspended: Asked to by its owner').waitFor({ state: 'detached' });
      await comesTo(200);
      await owner.reload();
      await owner.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
      await owner.getByText('This shop is suspended').waitFor({ state: 'detached' });
    },
    LIMIT_MS,
  );

  it.each([
    ['light, at a desk', 'en-GB', { colorScheme: 'light', viewport: { width: 1280, height: 860 } }],
    ['dark, on a phone, in Bangla', 'bn-BD', { colorScheme: 'dark', viewport: { width: 390, height: 780 } }],
  ] as const)(
    'have no screen of the operator, and none before signing in, that a person cannot read or reach: %s',
    async (name, locale, options) => {
      const person = {
        name: 'Tania',
        email: `tania.${options.colorScheme}@shop.example`,
        password: 'four red kites up',
      };
      const { pathname, hash } = steps.operatorLink(gateway, 'invite', person.email);
      const page = await browser.open(pathname + hash, { ...options, locale });
      const wrong: string[] = [];
      const look = async (screen: string) => {
        await settled(page);
        wrong.push(...(await violations(page)).map((each) => `${screen} ${each}`));
        if ((await overflow(page)) > 0) wrong.push(`${screen} is wider than the screen`);
        await pictured(page, `${screen} ${options.colorScheme}`);
      };
      const [first = '', ...others] = openScreens;
      await look(first);
      for (const screen of others) {
        await page.goto(`${baseUrl}/console/${screen}`);
        await look(screen);
      }
      await page.goto(baseUrl + pathname + hash);
      await page.reload();
      await page.locator('input[type=password]').fill(person.password);
      await page.locator('input').first().fill(person.name);
      await page.locator('button[type=submit]').click();
      await page.locator('.frame-nav').waitFor({ state: 'attached' });
      for (const screen of operatorScreens) {
        await page.goto(`${baseUrl}/console/${placed(screen, { id: gateway.demo.merchant.id })}`);
        await look(screen);
      }
      expect([name, wrong]).toEqual([name, []]);
    },
    LIMIT_MS,
  );
});
