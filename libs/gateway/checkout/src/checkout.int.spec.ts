import { newId, type PaymentSnapshot } from '@paymatch/contracts';
import type { Merchant } from '@paymatch/gateway-access';
import type { Wallet } from '@paymatch/gateway-receiving';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import { assets } from './assets/checkout-assets.js';
import { contentSecurityPolicy } from './page-reply.js';
import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { pagePath, type CheckoutWorld } from './testing/checkout-world.js';
import { mainOf, postForm } from './testing/form-client.js';

let server: CheckoutServer;
let world: CheckoutWorld;
let merchant: Merchant;
let bkash: Wallet;
let nagad: Wallet;

beforeEach(async () => {
  server = await startCheckoutServer();
  world = server.world;
  merchant = world.addMerchant();
  bkash = world.addWallet(merchant.id);
  nagad = world.addWallet(merchant.id, { provider: 'nagad', number: '01898765432', accountType: 'merchant' });
});
afterEach(() => server.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { headers, redirect: 'manual' });
const pay = (payment: PaymentSnapshot, fields: Record<string, string> = {}): Promise<Response> =>
  postForm(`${server.url}${pagePath(payment)}/trx`, { wallet_id: bkash.id, trx_id: 'DH7K2M9QX4', ...fields });

describe('the page of a payment', () => {
  it('is kept by nobody, framed by nobody, and runs nothing but our own script', async () => {
    const paths = ['', '/status', '/cancel', '?wallet=x'].map((rest) => pagePath(world.addPayment(merchant.id)) + rest);
    for (const path of [...paths, '/pay/unknown', '/pay/unknown/status', '/pay/unknown/events']) {
      const { headers } = await get(path);
      expect([
        path,
        headers.get('cache-control'),
        headers.get('x-frame-options'),
        headers.get('referrer-policy'),
        headers.get('content-security-policy'),
        headers.get('x-content-type-options'),
      ]).toEqual([path, 'no-store', 'DENY', 'no-referrer', contentSecurityPolicy, 'nosniff']);
    }
  });

  it('answers alike for malformed and for unknown ids', async () => {
    world.addPayment(merchant.id);
    const paths = [
      '01k000000000000000000000a1',
      'x',
      '01k000000000000000000000iu',
      newId(),
      '..%2f..%2fetc',
      '%3Cscript%3E',
    ];
    const answers = await Promise.all(
      paths.map(async (id) => {
        const answer = await get(`/pay/${id}`);
        return [answer.status, await mainOf(answer)];
      }),
    );
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers[0]![0]).toBe(404);
    expect(answers[0]![1]).toContain('Payment not found');
  });

  it('offers the active wallets of that merchant and mode, and nothing of anybody else', async () => {
    const other = world.addMerchant({ name: 'Other Shop' });
    world.addWallet(other.id, { number: '01500000001' });
    world.addWallet(merchant.id, { number: '01500000002', livemode: false, provider: 'upay' });
    world.addWallet(merchant.id, { number: '01500000003', status: 'closed', provider: 'rocket' });
    world.addPayment(merchant.id, { trxId: 'SECRET1234', senderNumber: '01500000004', invoiceId: 'ORDER-43' });
    const payment = world.addPayment(merchant.id, { metadata: { note: 'internal note' } });
    const text = await (await get(pagePath(payment))).text();
    expect([...text.matchAll(/\?wallet=([0-9a-f-]+)/g)].map((match) => match[1])).toEqual([bkash.id, nagad.id]);
    expect(text).not.toMatch(/0150000000|SECRET|ORDER-43|Other Shop|internal note|alance/);
  });

  it('shows number, exact amount and the steps for that kind of account', async () => {
    const payment = world.addPayment(merchant.id, { amountMinor: 12_345_678 });
    const ofBkash = await mainOf(await get(`${pagePath(payment)}?wallet=${bkash.id}`));
    expect(ofBkash).toContain('data-copy="01712345678"');
    expect(ofBkash).toContain('data-copy="123456.78"');
    expect(ofBkash).toContain('<b>Send Money</b>');
    expect(await mainOf(await get(`${pagePath(payment)}?wallet=${nagad.id}`))).toContain('<b>Merchant Pay</b>');
  });

  it('goes straight to the only wallet there is', async () => {
    world.closeWallet(nagad);
    expect(await mainOf(await get(pagePath(world.addPayment(merchant.id))))).toContain(bkash.number);
  });

  it.each([
    ['has no wallets', 'active'],
    ['is suspended', 'suspended'],
  ] as const)('says so when the merchant %s', async (_why, status) => {
    const shop = world.addMerchant({ status });
    if (status === 'suspended') world.addWallet(shop.id);
    const answer = await get(pagePath(world.addPayment(shop.id)));
    expect(answer.status).toBe(200);
    expect(await mainOf(answer)).toContain('This shop cannot take payments right now');
  });

  it('speaks the language the browser prefers, or the one picked, and remembers it', async () => {
    const path = pagePath(world.addPayment(merchant.id));
    expect(await (await get(path, { 'accept-language': 'bn-BD,en;q=0.5' })).text()).toContain('<html lang="bn">');
    const picked = await get(`${path}?lang=bn`, { 'accept-language': 'en' });
    const cookie = picked.headers.getSetCookie().find((line) => line.startsWith('pm_lang='));
    expect(cookie).toMatch(/^pm_lang=bn; Max-Age=31536000; Path=\/pay; SameSite=Lax; HttpOnly$/);
    expect(await (await get(path, { 'accept-language': 'en', cookie: cookie!.split(';')[0]! })).text()).toContain(
      '<html lang="bn">',
    );
  });

  it('is over at the very moment its time is, though nothing has swept it', async () => {
    const payment = world.addPayment(merchant.id, { cancelUrl: 'https://shop.example/cart' });
    world.nowMs = Date.parse(payment.expiresAt) - 1;
    expect(await mainOf(await get(pagePath(payment)))).toContain('How do you want to pay?');
    world.nowMs += 1;
    expect(await mainOf(await get(pagePath(payment)))).toContain('The time to pay is over');
    expect(await (await get(`${pagePath(payment)}/status`)).json()).toEqual({ status: 'expired', version: 1 });
    expect((await pay(payment)).status).toBe(303);
    expect(world.sent).toEqual([]);
  });

  it('of a method that is not paid here, while open, is not found', async () => {
    expect((await get(pagePath(world.addPayment(merchant.id, { method: 'pix', currency: 'BRL' })))).status).toBe(404);
  });

  it('tells its script status and version, and nothing more', async () => {
    const payment = world.addPayment(merchant.id, {
      status: 'awaiting_verification',
      version: 3,
      trxId: 'DH7K2M9QX4',
      provider: 'bkash',
    });
    expect(await (await get(`${pagePath(payment)}/status`)).json()).toEqual({
      status: 'awaiting_verification',
      version: 3,
    });
    expect((await get('/pay/01k000000000000000000000a1/status')).status).toBe(404);
  });
});

describe('the end of a payment', () => {
  const back = { successUrl: 'https://shop.example/thanks?a=1#done', cancelUrl: 'https://shop.example/cart' };

  it('leads back to success_url by itself after 5 seconds', async () => {
    const payment = world.addPayment(merchant.id, {
      ...back,
      status: 'completed',
      completedAt: '2026-06-12T08:31:00Z',
    });
    const ulid = pagePath(payment).slice(5);
    const target = `https://shop.example/thanks?a=1&amp;payment_id=${ulid}&amp;invoice_id=ORDER-42&amp;invoice_number=ORDER-42#done`;
    const text = await (await get(pagePath(payment))).text();
    expect(text).toContain(`<meta http-equiv="refresh" content="5;url=${target}">`);
    expect(text).toContain(`href="${target}"`);
  });

  it.each([
    ['cancelled', { status: 'failed', failureReason: 'cancelled_by_customer' }, 'Payment cancelled'],
    ['failed', { status: 'failed', failureReason: 'rejected_by_admin' }, 'Payment not confirmed'],
    ['expired', { status: 'expired' }, 'The time to pay is over'],
  ] as const)('leads back to cancel_url when it was %s', async (_what, details, title) => {
    const text = await (
      await get(pagePath(world.addPayment(merchant.id, { ...back, ...details, invoiceId: null })))
    ).text();
    expect(text).toContain(title);
    expect(text).toMatch(/content="\d+;url=https:\/\/shop\.example\/cart\?payment_id=[0-9a-z]{26}"/);
    expect(text).not.toContain('invoice_id');
  });

  it('reads the same whether a TrxID was used before or refused by a person', async () => {
    const pages = (['duplicate_trx_id', 'rejected_by_admin'] as const).map(async (failureReason) => {
      const payment = world.addPayment(merchant.id, {
        status: 'failed',
        failureReason,
        trxId: 'DH7K2M9QX4',
        provider: 'bkash',
      });
      return (await mainOf(await get(pagePath(payment)))).replaceAll(pagePath(payment).slice(5), '');
    });
    expect(await pages[0]).toBe(await pages[1]);
  });

  it('stays on the page, with a word of comfort, when money came late', async () => {
    const text = await (
      await get(pagePath(world.addPayment(merchant.id, { ...back, status: 'expired', reviewReason: 'late_money' })))
    ).text();
    expect(text).toContain('is being checked by a person');
    expect(text).not.toContain('http-equiv="refresh"');
  });

  it('without an address of the shop just says that the page may be closed', async () => {
    const text = await (
      await get(pagePath(world.addPayment(merchant.id, { status: 'completed', successUrl: 'javascript:alert(1)' })))
    ).text();
    expect(text).toContain('You may close this page now');
    expect(text).not.toContain('javascript:');
  });
});

describe('a TrxID that a customer enters', () => {
  it('goes to payments as the wallet writes it, and the browser comes back to the page', async () => {
    const payment = world.addPayment(merchant.id);
    const answer = await pay(payment, { trx_id: ' dh7k 2m9qx4 ', sender_number: '+88 01912-000001' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, pagePath(payment)]);
    expect(world.sent).toEqual([
      {
        type: 'SubmitTrx',
        commandId: expect.any(String),
        paymentId: payment.id,
        merchantId: merchant.id,
        livemode: true,
        now: '2026-06-12T08:30:00.000Z',
        provider: 'bkash',
        trxId: 'DH7K2M9QX4',
        senderNumber: '01912000001',
        walletNumber: bkash.number,
      },
    ]);
    const page = await (await get(pagePath(payment))).text();
    expect(page).toContain('Verifying your payment');
    expect(page).toContain('<noscript><meta http-equiv="refresh"');
  });

  it('gets the same answer whether it is unknown, used, or claimed by another payment', async () => {
    world.addPayment(merchant.id, { status: 'completed', trxId: 'USED000001', provider: 'bkash' });
    world.addPayment(merchant.id, { status: 'awaiting_verification', trxId: 'CLAIMED001', provider: 'bkash' });
    const answers = ['UNKNOWN001', 'USED000001', 'CLAIMED001'].map(async (trxId) => {
      const answer = await pay(world.addPayment(merchant.id), { trx_id: trxId });
      const headers = Object.fromEntries(
        [...answer.headers].filter(([name]) => !['date', 'location', 'x-request-id'].includes(name)),
      );
      return JSON.stringify([answer.status, headers, await answer.text()]);
    });
    expect(new Set(await Promise.all(answers)).size).toBe(1);
  });

  it('of the wrong shape is not sent on; the page names the mistake and keeps what was typed', async () => {
    const payment = world.addPayment(merchant.id);
    const answer = await pay(payment, { trx_id: 'dh7k2m9q', sender_number: '0171' });
    expect(answer.status).toBe(422);
    const page = await mainOf(answer);
    expect(page).toContain('A bKash TrxID has 10 letters and digits; this one has 8.');
    expect(page).toContain('value="DH7K2M9Q"');
    expect(page).toContain('value="0171"');
    expect(page).toContain('aria-invalid="true"');
    expect(world.sent).toEqual([]);
  });

  it('for a wallet of another merchant, or one closed meanwhile, is not sent on', async () => {
    const foreign = world.addWallet(world.addMerchant().id);
    for (const walletId of [foreign.id, 'nonsense', '']) {
      const answer = await pay(world.addPayment(merchant.id), { wallet_id: walletId });
      expect([answer.status, (await mainOf(answer)).includes('not available any more')]).toEqual([409, true]);
    }
    expect(world.sent).toEqual([]);
  });

  it('may be corrected while the payment waits, also to another wallet, as often as payments allows', async () => {
    const payment = world.addPayment(merchant.id);
    for (let n = 0; n < 5; n += 1)
      expect((await pay(payment, { trx_id: `DH7K2M9QX${n}`, wallet_id: n === 1 ? '' : bkash.id })).status).toBe(303);
    expect(world.current(payment.id)).toMatchObject({
      trxId: 'DH7K2M9QX4',
      trxAttempts: 5,
      walletNumber: bkash.number,
    });
    expect((await pay(payment, { trx_id: 'DH7K2M9QX4' })).status).toBe(303);
    const refused = await pay(payment, { trx_id: 'DH7K2M9QX9' });
    expect(refused.status).toBe(409);
    expect(await mainOf(refused)).toContain('The TrxID cannot be changed any more');
  });

  it('leaves a page that leads back to the payment when it is asked for again from the address bar', async () => {
    const payment = world.addPayment(merchant.id);
    for (const path of ['trx', 'simulate']) {
      const answer = await get(`${pagePath(payment)}/${path}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, pagePath(payment)]);
    }
  });

  it('may be corrected to a wallet of another provider, with that provider’s shape', async () => {
    const payment = world.addPayment(merchant.id, {
      status: 'awaiting_verification',
      provider: 'bkash',
      trxId: 'DH7K2M9QX0',
      walletNumber: bkash.number,
      trxAttempts: 1,
    });
    expect(await mainOf(await get(`${pagePath(payment)}?change=1`))).toContain(`<option value="${bkash.id}" selected>`);
    expect((await pay(payment, { wallet_id: nagad.id, trx_id: '75XQ4T2B' })).status).toBe(303);
    expect(world.current(payment.id)).toMatchObject({
      provider: 'nagad',
      walletNumber: nagad.number,
      trxId: '75XQ4T2B',
    });
  });

  it('too late by payments’ clock shows that the time is over', async () => {
    const payment = world.addPayment(merchant.id);
    world.outage = new Refusal('PAYMENT_EXPIRED');
    world.readModelPort.findPublic = async () => payment;
    const answer = await pay(payment);
    expect([answer.status, (await mainOf(answer)).includes('The time to pay is over')]).toEqual([409, true]);
  });

  it('for a payment that ended meanwhile leads to that end', async () => {
    const payment = world.addPayment(merchant.id);
    const send = world.clientPort.send.bind(world.clientPort);
    world.clientPort.send = async (command) => {
      world.complete(payment.id);
      return send(command);
    };
    const answer = await pay(payment);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, pagePath(payment)]);
    expect(await mainOf(await get(pagePath(payment)))).toContain('Payment complete');
  });

  it('is tried 10 times a minute at most, then a page asks to wait', async () => {
    const payment = world.addPayment(merchant.id);
    for (let n = 0; n < 10; n += 1) expect((await pay(payment, { trx_id: 'x' })).status).toBe(422);
    world.nowMs += 20_000;
    const answer = await pay(payment);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '40']);
    expect(await mainOf(answer)).toContain('Please wait 40 seconds');
    expect(world.sent).toEqual([]);
    world.nowMs += 40_000;
    expect((await pay(payment)).status).toBe(303);
  });

  it('comes 30 times a minute at most from one address, whatever the payments, existing or not', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 31; n += 1)
      statuses.push(
        (await postForm(`${server.url}/pay/01k0000000000000000000${String(n).padStart(4, '0')}/trx`, {})).status,
      );
    expect(statuses).toEqual([...Array<number>(30).fill(404), 429]);
  });
});

describe('a form', () => {
  const fields = { trx_id: 'DH7K2M9QX4' };

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, ''],
    ['a sister site', { 'sec-fetch-site': 'same-site' }, ''],
    [
      'another site, with a token',
      { 'sec-fetch-site': 'cross-site', cookie: 'pm_form=AAAAAAAAAAAAAAAAAAAAAA' },
      'AAAAAAAAAAAAAAAAAAAAAA',
    ],
    ['an old browser without a token', {}, ''],
    ['an old browser with another token', { cookie: 'pm_form=AAAAAAAAAAAAAAAAAAAAAA' }, 'BAAAAAAAAAAAAAAAAAAAAA'],
    ['an old browser with an empty token', { cookie: 'pm_form=' }, ''],
  ])('of %s changes nothing', async (_who, headers, token) => {
    const payment = world.addPayment(merchant.id, { livemode: false });
    for (const path of ['trx', 'cancel', 'simulate']) {
      const answer = await postForm(
        `${server.url}${pagePath(payment)}/${path}`,
        { ...fields, wallet_id: bkash.id, outcome: 'complete', form_token: token },
        headers,
      );
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect(world.sent).toEqual([]);
  });

  it('of an old browser counts when it brings the token of its page', async () => {
    const payment = world.addPayment(merchant.id);
    const page = await get(`${pagePath(payment)}?wallet=${bkash.id}`);
    const cookie = page.headers.getSetCookie()[0]!.split(';')[0]!;
    const token = /name="form_token" value="([^"]+)"/.exec(await page.text())![1]!;
    expect(cookie).toBe(`pm_form=${token}`);
    expect(
      (
        await postForm(
          `${server.url}${pagePath(payment)}/trx`,
          { ...fields, wallet_id: bkash.id, form_token: token },
          { cookie },
        )
      ).status,
    ).toBe(303);
  });
});

describe('cancelling', () => {
  const cancel = (payment: PaymentSnapshot): Promise<Response> =>
    postForm(`${server.url}${pagePath(payment)}/cancel`, {});

  it('asks first, then fails the payment as cancelled by its customer', async () => {
    const payment = world.addPayment(merchant.id);
    expect(await mainOf(await get(`${pagePath(payment)}/cancel`))).toContain('Cancel this payment?');
    expect(world.current(payment.id).status).toBe('pending');
    expect((await cancel(payment)).status).toBe(303);
    expect(world.current(payment.id)).toMatchObject({ status: 'failed', failureReason: 'cancelled_by_customer' });
    expect(await mainOf(await get(pagePath(payment)))).toContain('Payment cancelled');
  });

  it('is not possible any more once a TrxID is in', async () => {
    const payment = world.addPayment(merchant.id, {
      status: 'awaiting_verification',
      provider: 'bkash',
      trxId: 'DH7K2M9QX4',
      walletNumber: bkash.number,
    });
    expect(await mainOf(await get(pagePath(payment)))).not.toContain('/cancel');
    expect((await get(`${pagePath(payment)}/cancel`)).status).toBe(303);
    expect((await cancel(payment)).status).toBe(303);
    expect(world.current(payment.id).status).toBe('awaiting_verification');
  });
});

describe('a test payment', () => {
  const simulate = (payment: PaymentSnapshot, outcome: string): Promise<Response> =>
    postForm(`${server.url}${pagePath(payment)}/simulate`, { outcome });

  it.each([
    ['complete', 'completed'],
    ['fail', 'failed'],
    ['expire', 'expired'],
  ])('has a button to %s', async (outcome, status) => {
    const payment = world.addPayment(merchant.id, { livemode: false });
    expect(await (await get(pagePath(payment))).text()).toContain(`value="${outcome}"`);
    expect((await simulate(payment, outcome)).status).toBe(303);
    expect(world.current(payment.id).status).toBe(status);
  });

  it('says so on its page; a live one says nothing of it and cannot be simulated', async () => {
    expect(await (await get(pagePath(world.addPayment(merchant.id, { livemode: false })))).text()).toContain(
      'class="test-banner"',
    );
    const live = world.addPayment(merchant.id);
    expect(await (await get(pagePath(live))).text()).not.toMatch(/test-banner|simulate/);
    expect((await simulate(live, 'complete')).status).toBe(404);
    expect((await simulate(world.addPayment(merchant.id, { livemode: false }), 'refund')).status).toBe(404);
    expect(world.sent).toEqual([]);
  });
});

describe('when the payment system cannot be reached', () => {
  it('a page asks to try again, in the customer’s language', async () => {
    const payment = world.addPayment(merchant.id);
    world.outage = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const answer = await get(pagePath(payment), { 'accept-language': 'bn' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    const page = await mainOf(answer);
    expect(page).toContain('পেমেন্ট সিস্টেমে পৌঁছানো যায়নি');
    expect(page).toContain(`href="${pagePath(payment)}"`);
    expect(await (await get(`${pagePath(payment)}/status`)).json()).toEqual({ error: 'unavailable' });
  });

  it('what was typed is still there for the next try', async () => {
    const payment = world.addPayment(merchant.id);
    world.clientPort.send = async () => {
      throw new RequestUnavailable('no answer', 3);
    };
    const answer = await pay(payment, { sender_number: '01912000001' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
    const page = await mainOf(answer);
    expect(page).toContain('What you typed is still here');
    expect(page).toContain('value="DH7K2M9QX4"');
    expect(page).toContain('value="01912000001"');
  });

  it('a bug of ours shows a page without its details', async () => {
    world.outage = new Error('relation "secret_table" does not exist');
    const answer = await get(pagePath(world.addPayment(merchant.id)));
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret_table');
  });
});

describe('the files of the page', () => {
  it.each(Object.values(assets).map((asset) => [asset.name, asset] as const))(
    '%s is kept by browsers for ever',
    async (name, asset) => {
      const answer = await get(`/pay/assets/${name}`);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
        200,
        asset.type,
        'public, max-age=31536000, immutable',
      ]);
      expect(await answer.text()).toBe(asset.body);
    },
  );

  it('of another version are served, but kept by nobody; others do not exist', async () => {
    const answer = await get('/pay/assets/checkout.000000000000.css');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    // Read whole: a server that stops waits for what it is still sending.
    await answer.text();
    expect((await get('/pay/assets/other.css')).status).toBe(404);
  });
});
