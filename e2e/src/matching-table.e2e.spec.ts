import { senderNumber, sms, type Sms } from './bkash-message.js';
import { RunningGateway, type Demo } from './running-gateway.js';
import { Shop, type Payment } from './shop.js';

/**
 * Every row of what may happen between a customer's TrxID and the money's message: what completes, and where the money
 * is seen.
 */

interface ReviewCase {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly resolution: string | null;
  readonly payment_id: string | null;
  readonly credit: { readonly trx_id: string; readonly amount: string; readonly status: string } | null;
  readonly evidence: readonly { readonly body: string }[];
  readonly history: readonly { readonly actor: string; readonly action: string; readonly note: string | null }[];
  readonly payment?: { readonly status: string } | null;
}
type Wallets = Demo['wallets'];

const orders = ['the SMS first', 'the TrxID first'] as const;

let gateway: RunningGateway;
let shop: Shop;
/** Made at the start with a minute to live, looked at when that is over. */
let soonExpired: Payment;

beforeAll(async () => {
  gateway = await RunningGateway.start({
    env: { PAYMATCH_UNMATCHED_GRACE_MS: '2000', PAYMATCH_ATTENTION_SWEEP_INTERVAL_MS: '100' },
  });
  shop = new Shop(gateway.demo);
  await patchMerchant({ expiry_minutes: 1 });
  // A key's merchant is remembered for five seconds.
  await pause(5_500);
  soonExpired = await pending();
  await patchMerchant({ expiry_minutes: 30 });
}, 60_000);
afterAll(() => gateway?.stopAndForget());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function patchMerchant(body: object): Promise<void> {
  expect((await shop.call('PATCH', '/api/panel/v1/merchant', body)).status).toBe(200);
}

async function pending(amount = '500.00', of: Shop = shop): Promise<Payment> {
  const answer = await of.create({ amount });
  expect(answer.status).toBe(201);
  return answer.body.data;
}

async function forward(message: Sms, of: Shop = shop): Promise<void> {
  const answer = await of.forward(message);
  expect(answer.body.results.map(({ status }) => status)).toEqual(['accepted']);
}

async function submit(
  payment: Payment,
  message: { readonly trxId: string },
  { of = shop, provider = 'bkash', sender = '' } = {},
): Promise<void> {
  expect(await of.submitTrx(payment.id, { provider, trxId: message.trxId, senderNumber: sender })).toBe(303);
}

async function meet(
  order: (typeof orders)[number],
  sides: { readonly sms: () => Promise<void>; readonly claim: () => Promise<void> },
): Promise<void> {
  const [first, second] = order === 'the SMS first' ? [sides.sms, sides.claim] : [sides.claim, sides.sms];
  await first();
  // Time for the first to be where the second will find it.
  await pause(100);
  await second();
}

async function casesOf(text: string, query = ''): Promise<readonly ReviewCase[]> {
  const answer = await shop.call<{ data: readonly ReviewCase[] }>(
    'GET',
    `/api/panel/v1/review-cases?limit=100${query}`,
  );
  expect(answer.status).toBe(200);
  return answer.body.data.filter((one) => JSON.stringify(one).includes(text));
}

/** Waits for a case that speaks of a text. */
async function openCase(text: string, reason?: string): Promise<ReviewCase> {
  const deadlineMs = Date.now() + 10_000;
  for (;;) {
    const found = (await casesOf(text, '&status=open')).find((one) => reason === undefined || one.reason === reason);
    if (found) return found;
    if (Date.now() > deadlineMs)
      throw new Error(`no open case ${reason ?? ''} speaks of ${text}: ${JSON.stringify(await casesOf(text))}`);
    await pause(50);
  }
}

/** The money completed this payment, and nothing about it waits for anybody. */
async function completes(payment: Payment, { trxId }: { readonly trxId: string }): Promise<void> {
  expect((await shop.becomes(payment.id, 'completed')).trx_id).toBe(trxId);
  // Payments has spoken; its word may still be on its way to the cases.
  const deadlineMs = Date.now() + 5_000;
  while ((await casesOf(trxId, '&status=open')).length > 0 && Date.now() < deadlineMs) await pause(50);
  expect(await casesOf(trxId, '&status=open')).toEqual([]);
}

/** The money waits for a person, and completed nobody. */
async function waits(payment: Payment, { trxId }: { readonly trxId: string }, reason: string): Promise<ReviewCase> {
  const found = await openCase(trxId, reason);
  expect(found.credit).toMatchObject({ trx_id: trxId, status: 'in_review' });
  expect((await shop.payment(payment.id)).status).toBe('awaiting_verification');
  return found;
}

let walletCount = 0;
/** A bKash wallet of its own with a phone of its own. */
async function secondWallet(): Promise<Shop> {
  walletCount += 1;
  const wallet = await shop.call<{ data: { id: string; number: string } }>('POST', '/api/panel/v1/wallets', {
    provider: 'bkash',
    number: `0171999990${walletCount}`,
    account_type: 'personal',
  });
  expect(wallet.status).toBe(201);
  return phoneOf([
    { id: wallet.body.data.id, provider: 'bkash', number: wallet.body.data.number, accountType: 'personal' },
  ]);
}

async function phoneOf(wallets: Wallets): Promise<Shop> {
  const device = await shop.call<{ data: { id: string; secret: string } }>('POST', '/api/panel/v1/devices', {
    name: 'Another phone',
    wallets: wallets.map(({ id }) => ({ wallet_id: id })),
  });
  expect(device.status).toBe(201);
  return new Shop({ ...gateway.demo, device: device.body.data, wallets });
}

interface Row {
  readonly name: string;
  readonly amount?: string;
  readonly from?: string;
  readonly minutesAgo?: number;
  readonly sender?: string;
  readonly reason: string | null;
}

const rows: readonly Row[] = [
  { name: 'everything as it should be', reason: null },
  { name: 'one poisha under', amount: '499.99', reason: 'amount_mismatch' },
  { name: 'one poisha over', amount: '500.01', reason: 'amount_mismatch' },
  { name: 'the sender the customer named', sender: senderNumber, reason: null },
  { name: 'the sender the customer named with +880', sender: '+8801712345678', reason: null },
  { name: 'another sender than the customer named', sender: '01812345678', reason: 'sender_mismatch' },
  { name: 'a masked sender that agrees', from: 'Nagad 0171XXX5678 through NPSB', sender: senderNumber, reason: null },
  {
    name: 'a masked sender that does not',
    from: 'Nagad 0171XXX0000 through NPSB',
    sender: senderNumber,
    reason: 'sender_mismatch',
  },
  { name: 'a message older than the payment', minutesAgo: 30, reason: 'credit_before_payment' },
  { name: 'a message a few minutes older than the payment, as clocks go', minutesAgo: 5, reason: null },
];

describe.each(orders)('%s', (order) => {
  it.each(rows)('with $name', async ({ sender = '', reason, ...facts }) => {
    const [payment, message] = [await pending(), sms(facts)];
    await meet(order, { sms: () => forward(message), claim: () => submit(payment, message, { sender }) });
    if (reason === null) await completes(payment, message);
    else expect((await waits(payment, message, reason)).payment_id).toBe(payment.id);
  });

  it.each([
    ['499.95', null],
    ['500.05', null],
    ['499.94', 'amount_mismatch'],
    ['500.06', 'amount_mismatch'],
  ])('with %s under a tolerance of 0.05', async (amount, reason) => {
    await patchMerchant({ amount_tolerance: '0.05' });
    try {
      const [payment, message] = [await pending(), sms({ amount })];
      await meet(order, { sms: () => forward(message), claim: () => submit(payment, message) });
      if (reason === null) await completes(payment, message);
      else await waits(payment, message, reason);
    } finally {
      await patchMerchant({ amount_tolerance: '0.00' });
    }
  });

  it('with the message from two phones, uploaded again, and as a notification: one payment, once', async () => {
    const [payment, other, message] = [await pending(), await pending(), sms()];
    const second = await phoneOf(gateway.demo.wallets);
    await meet(order, {
      sms: async () => {
        await Promise.all([forward(message), forward(message, second)]);
        expect((await shop.forward(message)).body.results[0]!.status).toBe('duplicate');
        await forward({ ...message, body: `${message.body}.`, sentAt: new Date().toISOString() });
      },
      claim: () => submit(payment, message),
    });
    await completes(payment, message);
    await submit(other, message);
    expect((await shop.becomes(other.id, 'failed')).failure_reason).toBe('duplicate_trx_id');
  });

  it.each([
    [1, 2],
    [2, 1],
  ])('with the message in two parts, of which part %i comes before part %i', async (...sequence) => {
    const [payment, message] = [await pending(), sms()];
    const texts = [message.body.slice(0, 100), message.body.slice(100)];
    const send = async (index: number): Promise<void> => {
      expect(
        (await shop.forward({ ...message, body: texts[index - 1]!, part: { key: message.trxId, index, total: 2 } }))
          .body.results[0]!.status,
      ).toBe('accepted');
    };
    await meet(order, {
      sms: async () => {
        await send(sequence[0]!);
        await pause(300);
        expect((await shop.payment(payment.id)).status).not.toBe('completed');
        await send(sequence[1]!);
      },
      claim: () => submit(payment, message),
    });
    await completes(payment, message);
  });

  it('with two payments that claim it: the first to submit is paid, the other fails', async () => {
    const [first, second, message] = [await pending(), await pending(), sms()];
    await meet(order, {
      sms: () => forward(message),
      claim: async () => {
        await submit(first, message);
        await submit(second, message);
      },
    });
    await completes(first, message);
    expect((await shop.becomes(second.id, 'failed')).failure_reason).toBe('duplicate_trx_id');
  });

  it('with two payments of which the credit fits one: that one is paid, whoever was first', async () => {
    const [early, right, message] = [await pending('900.00'), await pending(), sms()];
    await meet(order, {
      sms: () => forward(message),
      claim: async () => {
        await submit(early, message);
        await submit(right, message);
      },
    });
    await completes(right, message);
    expect((await shop.becomes(early.id, 'failed')).failure_reason).toBe('duplicate_trx_id');
  });

  it('with money in another wallet than the customer was shown', async () => {
    const [payment, message, other] = [await pending(), sms(), await secondWallet()];
    await meet(order, { sms: () => forward(message, other), claim: () => submit(payment, message) });
    await waits(payment, message, 'wrong_wallet');
  });

  it('with another provider than the customer picked', async () => {
    const [payment, message] = [await pending(), sms()];
    const nagadId = `7${message.trxId.slice(0, 7)}`;
    await meet(order, {
      sms: () => forward(message),
      claim: () => submit(payment, { trxId: nagadId }, { provider: 'nagad' }),
    });
    await waits(payment, message, 'unmatched_credit');
  });

  it('of money the merchant sent out: nobody is paid with it', async () => {
    const payment = await pending();
    const message = sms({
      text: (trxId, at) =>
        `Send Money Tk 500.00 to 01716224375 successful. Ref . Fee Tk 5.00. Balance Tk 231.40. TrxID ${trxId} at ${at}`,
    });
    await meet(order, { sms: () => forward(message), claim: () => submit(payment, message) });
    await pause(2_500);
    expect([(await shop.payment(payment.id)).status, await casesOf(message.trxId)]).toEqual([
      'awaiting_verification',
      [],
    ]);
  });

  it('of a message whose sender is forged: nobody is paid, a person sees the text', async () => {
    const [payment, message] = [await pending(), sms()];
    await meet(order, {
      sms: () => forward({ ...message, sender: 'bKash-BD' }),
      claim: () => submit(payment, message),
    });
    const found = await openCase(message.trxId, 'fraud_suspect');
    expect([found.credit, (await shop.payment(payment.id)).status]).toEqual([null, 'awaiting_verification']);
  });

  it('of a wallet that was closed meanwhile: nobody is paid, a person sees the money', async () => {
    const [payment, message, closed] = [await pending(), sms(), await secondWallet()];
    const close = () => shop.call('POST', `/api/panel/v1/wallets/${closed.demo.wallets[0]!.id}/close`);
    if (order === 'the SMS first') await close();
    await meet(order, {
      sms: async () => {
        await close();
        await forward(message, closed);
      },
      // The form offers a wallet only while it is open.
      claim: () => submit(payment, message, order === 'the SMS first' ? {} : { of: closed }),
    });
    const found = await openCase(message.trxId, 'unknown_wallet');
    expect([found.evidence[0]!.body, (await shop.payment(payment.id)).status]).toEqual([
      message.body,
      'awaiting_verification',
    ]);
  });
});

describe('a TrxID that is used', () => {
  it('fails who submits it at the same merchant, and says nothing to another', async () => {
    const [paid, again, message] = [await pending(), await pending(), sms()];
    await submit(paid, message);
    await forward(message);
    await completes(paid, message);
    const stranger = new Shop(gateway.demo, gateway.demo.merchant.testKey);
    const wallets = await stranger.call<{ data: readonly { id: string; provider: string; number: string }[] }>(
      'GET',
      '/api/panel/v1/wallets',
    );
    const there = new Shop(
      { ...gateway.demo, wallets: wallets.body.data.map((wallet) => ({ ...wallet, accountType: 'personal' })) },
      gateway.demo.merchant.testKey,
    );
    const foreign = await pending('500.00', there);
    // The same answer to what is used here, used elsewhere, and was never seen.
    await submit(again, message);
    await submit(foreign, message, { of: there });
    const unseen = await pending();
    await submit(unseen, sms());
    await shop.becomes(again.id, 'failed');
    expect([(await there.payment(foreign.id)).status, (await shop.payment(unseen.id)).status]).toEqual([
      'awaiting_verification',
      'awaiting_verification',
    ]);
  });
});

describe('a TrxID that is retyped', () => {
  it('leaves the old one to whoever owns it', async () => {
    const [hasty, owner, theirs, right] = [await pending(), await pending(), sms(), sms()];
    await submit(hasty, theirs);
    await submit(hasty, right);
    await submit(owner, theirs);
    await forward(theirs);
    await forward(right);
    await completes(owner, theirs);
    await completes(hasty, right);
  });

  it('may be retyped four times, and the last one counts', async () => {
    const payment = await pending();
    const tries = Array.from({ length: 6 }, () => sms());
    for (const message of tries.slice(0, 5)) await submit(payment, message);
    expect(await shop.submitTrx(payment.id, { provider: 'bkash', trxId: tries[5]!.trxId })).toBe(409);
    await forward(tries[5]!);
    await forward(tries[0]!);
    for (const message of [tries[5]!, tries[0]!]) await waits(payment, message, 'unmatched_credit');
    await forward(tries[4]!);
    await completes(payment, tries[4]!);
  });
});

describe('money that comes after the end', () => {
  it('of a payment that was completed waits for a person, who cannot pay it twice', async () => {
    const [payment, message, second] = [await pending(), sms(), sms()];
    await submit(payment, message);
    await forward(message);
    await completes(payment, message);
    await forward(second);
    const found = await openCase(second.trxId, 'unmatched_credit');
    const assigned = await shop.call('POST', `/api/panel/v1/review-cases/${found.id}/assign`, {
      payment_id: payment.id,
      reason: 'theirs',
    });
    expect(assigned.status).toBe(409);
    expect((await openCase(second.trxId, 'unmatched_credit')).id).toBe(found.id);
    expect((await shop.payment(payment.id)).trx_id).toBe(message.trxId);
  });

  it('of a payment that a person rejected waits for a person; the payment stays failed until somebody gives it to it', async () => {
    const [payment, message] = [await pending(), sms()];
    await submit(payment, message);
    await forward({ ...message, sender: 'bKash-BD' });
    const forged = await openCase(message.trxId, 'fraud_suspect');
    const rejected = await shop.call<{ data: ReviewCase }>('POST', `/api/panel/v1/review-cases/${forged.id}/reject`, {
      payment_id: payment.id,
      reason: 'a forged receipt',
    });
    expect([rejected.status, rejected.body.data.resolution]).toEqual([200, 'rejected']);
    expect((await shop.becomes(payment.id, 'failed')).failure_reason).toBe('rejected_by_admin');
    await forward(message);
    const found = await openCase(message.trxId, 'unmatched_credit');
    expect((await shop.payment(payment.id)).status).toBe('failed');
    await shop.call('POST', `/api/panel/v1/review-cases/${found.id}/complete`, {
      payment_id: payment.id,
      reason: 'theirs',
    });
    await completes(payment, message);
  });

  it('of a payment that expired waits for a person, and revives nothing by itself', async () => {
    await shop.becomes(soonExpired.id, 'expired', 75_000);
    const message = sms();
    expect(
      await shop.submitTrx(soonExpired.id, { provider: 'bkash', trxId: message.trxId }).catch(() => 'no form'),
    ).not.toBe(303);
    await forward(message);
    const found = await openCase(message.trxId, 'unmatched_credit');
    expect((await shop.payment(soonExpired.id)).status).toBe('expired');
    await shop.call('POST', `/api/panel/v1/review-cases/${found.id}/complete`, {
      payment_id: soonExpired.id,
      reason: 'theirs',
    });
    await completes(soonExpired, message);
  }, 120_000);
});

describe('a person', () => {
  const keyOf = async (name: string): Promise<Shop> => {
    const answer = await shop.call<{ data: { key: string } }>('POST', '/api/panel/v1/api-keys', {
      name,
      abilities: ['account:write', 'payments:read'],
    });
    expect(answer.status).toBe(201);
    return new Shop(gateway.demo, answer.body.data.key);
  };
  const entry = (message: Sms, changes: object = {}) => ({
    wallet_id: shop.wallet('bkash').id,
    trx_id: message.trxId,
    amount: '500.00',
    note: 'seen in the app',
    ...changes,
  });

  it("gives money of the wrong amount to its payment, in their name, and is shown the payment's state", async () => {
    const [rahima, payment, message] = [await keyOf('Rahima'), await pending(), sms({ amount: '499.00' })];
    await submit(payment, message);
    await forward(message);
    const found = await waits(payment, message, 'amount_mismatch');
    await rahima.call('POST', `/api/panel/v1/review-cases/${found.id}/complete`, { reason: 'one taka less' });
    await completes(payment, message);
    const shown = (await rahima.call<{ data: ReviewCase }>('GET', `/api/panel/v1/review-cases/${found.id}`)).body.data;
    expect([shown.status, shown.resolution, shown.payment?.status]).toEqual(['closed', 'completed', 'completed']);
    expect(shown.history.map(({ actor, action }) => [actor, action])).toEqual([
      ['system', 'opened'],
      ['Rahima', 'assigned'],
      ['Rahima', 'completed'],
    ]);
    expect((await casesOf(found.id, `&payment_id=${payment.id}&provider=bkash`)).length).toBe(1);
  });

  it('enters money no message told of; its message comes later and counts for nothing more', async () => {
    const [rahima, payment, other, message] = [await keyOf('Rahima'), await pending(), await pending(), sms()];
    await submit(payment, message);
    expect((await rahima.call('POST', '/api/panel/v1/credits', entry(message))).status).toBe(201);
    await completes(payment, message);
    await forward(message);
    await submit(other, message);
    expect((await shop.becomes(other.id, 'failed')).failure_reason).toBe('duplicate_trx_id');
    expect((await rahima.call<{ type: string }>('POST', '/api/panel/v1/credits', entry(message))).body.type).toBe(
      'urn:paymatch:problem:credit-exists',
    );
  });

  it('enters a large sum only together with another person', async () => {
    const [rahima, karim, payment, message] = [
      await keyOf('Rahima'),
      await keyOf('Karim'),
      await pending('10000.01'),
      sms(),
    ];
    const proposed = await rahima.call<{ data: ReviewCase }>(
      'POST',
      '/api/panel/v1/credits',
      entry(message, { amount: '10000.01', payment_id: payment.id }),
    );
    expect([proposed.status, proposed.body.data.reason]).toEqual([201, 'credit_proposed']);
    const confirm = (by: Shop) =>
      by.call<{ type?: string }>('POST', `/api/panel/v1/review-cases/${proposed.body.data.id}/confirm`);
    const [self, sameName] = [await confirm(rahima), await confirm(await keyOf('rahima'))];
    expect([self.status, self.body.type, sameName.status]).toEqual([409, 'urn:paymatch:problem:same-person', 409]);
    expect((await shop.payment(payment.id)).status).toBe('pending');
    expect((await confirm(karim)).status).toBe(200);
    await completes(payment, message);
  });
});
