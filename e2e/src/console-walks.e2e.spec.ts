import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MailServer, shownText } from '@paymatch/platform-testing';
import type { Page } from 'playwright-core';
import { ConsoleBrowser, describeInBrowser, settled, violations } from './console-browser.js';
import * as steps from './console-steps.js';
import { dayInBrasilia, enrolledPhone, type WalkingPhone } from './console-walks.js';
import { ContractBClient, order, until } from './contract-b.client.js';
import { killLeftGateways, RunningGateway } from './running-gateway.js';
import { bkashSms, Shop } from './shop.js';
import { WebhookReceiver } from './webhook-receiver.js';

const LIMIT_MS = 180_000;
const WAIT_MS = 30_000;

describeInBrowser('a person at the console', () => {
  let gateway: RunningGateway;
  let browser: ConsoleBrowser;
  let shop: Shop;
  let receiver: WebhookReceiver;
  let mails: MailServer;
  const address = (screen: string) => `${gateway.demo.baseUrl}/console/m/${gateway.demo.merchant.id}/live/${screen}`;

  beforeAll(async () => {
    mails = await MailServer.listen();
    gateway = await RunningGateway.start({
      env: {
        PAYMATCH_SMTP_URL: mails.url,
        PAYMATCH_DEVICE_SILENCE_MINUTES: '1',
        NODE_OPTIONS: `--require ${path.join(__dirname, 'jumping-clock.cjs')}`,
        JUMP_MS: '120000',
      },
    });
    shop = new Shop(gateway.demo);
    receiver = await WebhookReceiver.start();
    await shop.hearAt(receiver.url, ['payment.*']);
    browser = await ConsoleBrowser.start(gateway.demo.baseUrl);
  }, LIMIT_MS);
  afterAll(async () => {
    await browser?.stop();
    await receiver?.stop();
    await gateway?.stopAndForget();
    await mails?.close();
    killLeftGateways();
  });
  afterEach(async () => {
    await browser.closePages();
    expect(browser.complaints.splice(0)).toEqual([]);
  });

  async function at(screen: string): Promise<Page> {
    const page = await browser.signIn(gateway.demo.owner);
    await page.goto(address(screen));
    await settled(page);
    return page;
  }

  /** A payment whose customer has sent its TrxID. */
  async function claimed(
    amount: number,
    paid: string,
    invoice: string,
  ): Promise<readonly [string, () => Promise<void>]> {
    const { body } = await shop.create({ amount, invoice_id: invoice });
    const { id } = body.data;
    const sms = bkashSms(paid);
    await shop.submitTrx(id, { provider: 'bkash', trxId: sms.trxId, senderNumber: '01712345678' });
    await shop.becomes(id, 'awaiting_verification', WAIT_MS);
    return [id, async () => void (await shop.forward(sms))];
  }

  it(
    'sees a phone fall silent on today and phones, is mailed, and sees it come back',
    async () => {
      const phone: WalkingPhone = await enrolledPhone(shop, 'Counter');
      await phone.beat();
      const contacts = { emails: ['rahima@shop.example'] };
      expect((await shop.call('PATCH', '/api/panel/v1/webhook-alarm-contacts', contacts)).status).toBe(200);
      const page = await at('today');
      await page.getByRole('link', { name: /Phones.*all in order/ }).waitFor();

      process.kill(gateway.pid, 'SIGUSR2');
      await page.locator('.said-only', { hasText: 'The phone Counter is silent' }).waitFor({ state: 'attached' });
      await page.getByRole('link', { name: /Phones.*1 silent/ }).click();
      await page.getByRole('alert').filter({ hasText: 'Counter is silent' }).waitFor();
      await page
        .getByRole('row', { name: /Counter/ })
        .getByText('Needs attention')
        .waitFor();
      expect(await violations(page)).toEqual([]);
      const mail = await until(async () => {
        const found = mails.received.find((each) => shownText(each).includes('Counter'));
        return found ?? new Error('nobody was mailed of the phone');
      }, WAIT_MS);
      expect(mail.to).toEqual(['rahima@shop.example']);

      await phone.beat();
      await page
        .getByRole('row', { name: /Counter/ })
        .getByText('In order')
        .waitFor();
      await page.getByRole('link', { name: 'Today' }).click();
      await page.getByRole('link', { name: /Phones.*all in order/ }).waitFor();
      await phone.revoke();
    },
    LIMIT_MS,
  );

  it(
    'keeps a view that is there on another device, and erases a customer',
    async () => {
      const customer = { name: 'Karim Uddin', phone: '01912340000' };
      expect((await shop.call('POST', '/api/v1/customers', customer)).status).toBe(201);
      await steps.saveView(await at('payments?status=failed'), 'Failed ones');

      const page = await at('payments');
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('link', { name: 'Failed ones' }).click();
      await page.waitForURL(/status=failed/);
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('button', { name: 'Forget Failed ones' }).click();
      await page.getByText('Set filters and columns, then save them here').waitFor();

      await page.goto(address('customers'));
      await page.getByRole('link', { name: 'Karim Uddin' }).click();
      await steps.eraseCustomer(page, 'Karim Uddin');
      await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
      await page.getByRole('link', { name: 'Karim Uddin' }).waitFor({ state: 'detached' });
    },
    LIMIT_MS,
  );

  it(
    'is told of a wrong amount, gives it to its payment; the customer and the shop learn of it',
    async () => {
      const [paymentId, arrives] = await claimed(500, '450.00', 'WRONG-1');
      const page = await at('payments');
      await page.getByRole('link', { name: 'WRONG-1' }).waitFor();
      await arrives();
      const notification = page.locator('.mantine-Notification-root', { hasText: 'New in Review: Wrong amount' });
      await notification.getByRole('button', { name: 'Look' }).click();
      await page.getByRole('article', { name: 'Wrong amount' }).waitFor();
      await page.getByText('(differs)').first().waitFor();
      await page.getByRole('button', { name: 'Give to payment' }).click();
      const dialog = page.getByRole('dialog', { name: 'Give to payment' });
      await dialog.getByText('৳450.00').waitFor();
      await dialog.getByLabel('Reason').fill('Fifty were a discount');
      await dialog.getByRole('button', { name: 'Give to payment' }).click();
      await page.getByText('Nothing waits for you').waitFor();
      await receiver.waitFor(paymentId, 'payment.completed', WAIT_MS);
      expect(await (await fetch(`${gateway.demo.baseUrl}/pay/${paymentId}`)).text()).toContain('Payment complete');
      await page.reload();
      await settled(page);
      expect(await page.getByText('New in Review').count()).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    'gives money back, a part and then the rest; the customer and the shop learn of it',
    async () => {
      const [paymentId, arrives] = await claimed(800, '800.00', 'BACK-1');
      await arrives();
      await receiver.waitFor(paymentId, 'payment.completed', WAIT_MS);
      const page = await at(`payments/${paymentId}`);
      await page.locator('mark', { hasText: '800.00' }).first().waitFor();
      const refund = async (amount: string | null, shownAmount: string) => {
        await page.getByRole('button', { name: 'Refund', exact: true }).click();
        const dialog = page.getByRole('dialog', { name: 'Refund' });
        if (amount !== null) await dialog.getByLabel('Amount').fill(amount);
        await dialog.getByLabel('Reason').fill('It came back from the customer');
        expect(await violations(page)).toEqual([]);
        await dialog.getByRole('button', { name: `Record ${shownAmount} as sent back` }).click();
        await dialog.waitFor({ state: 'detached' });
      };
      await refund('150', '৳150.00');
      await page.getByText('Partly refunded').first().waitFor();
      await refund(null, '৳650.00');
      await page.locator('.headline').getByText('Refunded', { exact: true }).waitFor();
      await until(async () => {
        const events = receiver.of(paymentId).filter(({ event }) => event === 'payment.refunded');
        return events.length === 2 ? events : new Error(`the shop was told of ${events.length} refunds`);
      }, WAIT_MS);
      expect(await (await fetch(`${gateway.demo.baseUrl}/pay/${paymentId}`)).text()).toMatch(/refunded/i);
      await page.getByLabel('Note').fill('Sent back in the app');
      await page.getByRole('button', { name: 'Write the note' }).click();
      await page.locator('.note', { hasText: 'Sent back in the app' }).waitFor();
      await page.getByRole('link', { name: 'Refunds' }).click();
      const rows = page.getByRole('row', { name: /BACK-1/ });
      await rows.filter({ hasText: '৳150.00' }).first().waitFor();
      expect(await rows.count()).toBe(2);
    },
    LIMIT_MS,
  );

  it(
    'goes through the review queue with the keyboard alone',
    async () => {
      const [first, second] = [await claimed(310, '300.00', 'KEYS-1'), await claimed(420, '400.00', 'KEYS-2')];
      for (const [id, arrives] of [first, second]) {
        await arrives();
        await receiver.waitFor(id, 'payment.review_required', WAIT_MS);
      }
      const page = await at('today');
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await page.locator(':focus').textContent())?.trim() === 'Review') break;
      }
      await page.keyboard.press('Enter');
      await page.getByRole('article').waitFor();
      const current = page.locator('.queue [aria-current=true]');
      await current.filter({ hasText: '৳400.00' }).waitFor();
      await page.keyboard.press('j');
      await current.filter({ hasText: '৳300.00' }).waitFor();
      await page.keyboard.press('k');
      await current.filter({ hasText: '৳400.00' }).waitFor();
      await page.keyboard.press('Shift+?');
      await page.getByRole('dialog', { name: 'Keys' }).getByText('Next case').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await page.getByRole('article').getByText('KEYS-2').waitFor();
      await page.keyboard.press('h');
      const handOver = page.getByRole('dialog', { name: 'Hand over' });
      const to = handOver.getByLabel('To');
      await to.locator('option', { hasText: gateway.demo.owner.email }).waitFor({ state: 'attached' });
      await to.focus();
      await page.keyboard.press('ArrowDown');
      expect(await to.inputValue()).not.toBe('');
      await page.keyboard.press('Tab');
      await page.keyboard.type('You know this customer');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await handOver.waitFor({ state: 'detached' });
      await page.getByRole('article').getByText('You know this customer').waitFor();
      const whose = page.getByLabel('Whose cases');
      await whose.getByText('Mine', { exact: true }).click();
      await current.filter({ hasText: '৳400.00' }).waitFor();
      expect(await page.locator('.queue li').count()).toBe(1);
      await whose.getByText('All', { exact: true }).click();
      await page.locator('.queue li').nth(1).waitFor();
      await current.focus();
      await page.keyboard.press('a');
      await page.getByRole('dialog', { name: 'Give to payment' }).getByText('৳400.00').waitFor();
      await page.keyboard.type('A hundred were a discount');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await shop.becomes(second[0], 'completed', WAIT_MS);

      await current.filter({ hasText: '৳300.00' }).waitFor();
      await page.getByRole('article').getByText('KEYS-1').waitFor();
      await page.keyboard.press('r');
      await page.getByRole('dialog', { name: 'Reject payment' }).waitFor();
      await page.keyboard.type('The customer asked for it back');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await shop.becomes(first[0], 'failed', WAIT_MS);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
    LIMIT_MS,
  );

  it(
    'takes a bank’s statement in after seeing what it will do, and reconciles the day to the centavo',
    async () => {
      const client = await ContractBClient.open(gateway.demo);
      const asked = order({
        payment_method: 'bank_transfer',
        currency: 'BRL',
        amount: '1557.00',
        document: '52998224725',
      });
      const { id } = (await client.post('/payment', { ...asked, name: 'Ana Lima de Souza' })).body.data;
      const today = dayInBrasilia();
      const lines = [
        `${today};PIX RECEBIDO;Ana Lima de Souza;529.982.247-25;1.557,00`,
        `${today};TED RECEBIDA;Carlos Prado;111.444.777-35;88,43`,
        `${today};TARIFA PACOTE;Banco;;-39,90`,
      ];
      const statement = (rows: readonly string[]) => ({
        name: 'extrato.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(['Data;Histórico;Nome;CPF/CNPJ;Valor', ...rows, ''].join('\r\n'), 'latin1'),
      });
      const page = await at('money?tab=statement');
      const file = page.locator('input[type=file]');
      await file.setInputFiles(statement([...lines, 'amanhã;???;x;;abc']));
      await page.getByText('Line 5 cannot be read').waitFor();
      expect(await page.getByRole('button', { name: 'Take these 2 lines' }).isDisabled()).toBe(true);
      await file.setInputFiles(statement(lines));
      await page.getByText('1 · R$1,557.00').waitFor();
      await page.getByText('Nothing has changed yet.').waitFor();
      expect(await violations(page)).toEqual([]);
      expect((await client.get(`/payment/${id}`)).body.data.status).toBe('pending');
      await page.getByRole('button', { name: 'Take these 2 lines' }).click();
      await page.getByText('The statement has been taken').waitFor();
      await client.becomes(id as string, 'paid', WAIT_MS);
      await file.setInputFiles(statement(lines));
      await page.getByText('Nothing in it is new.').waitFor();

      await page.getByRole('link', { name: 'Review' }).click();
      await page.getByRole('article').getByText('Carlos Prado').first().waitFor();
      await page.goto(address('money?tab=reconciliation'));
      const row = page.getByRole('row', { name: /Bank transfer/ });
      await row.getByText('R$1,645.43').waitFor();
      await row.getByText('R$88.43').waitFor();
      await page.getByText('It adds up').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV' }).click(),
      ]);
      const csv = readFileSync(await download.path(), 'utf8');
      expect(csv.split('\r\n').filter((line) => line.includes('bank_transfer'))).toHaveLength(2);
    },
    LIMIT_MS,
  );
});
