import type { Demo } from './running-gateway.js';
import { bkashSms, Shop, type Payment } from './shop.js';
import { isGenuine, WebhookReceiver } from './webhook-receiver.js';

/** A gateway to be tried, however it is run. */
export interface Subject {
  readonly demo: Demo;
}

/** Nobody is told traces here, so it comes back as it was sent. */
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let shop: Shop;
let receiver: WebhookReceiver;
let demo: Demo;

async function pending(
  amount: number | string = 500,
  headers: Readonly<Record<string, string>> = {},
): Promise<Payment> {
  const answer = await shop.create({ amount }, headers);
  expect(answer.status).toBe(201);
  return answer.body.data;
}

interface CaseList {
  readonly data: readonly {
    readonly reason: string;
    readonly payment_id?: string | null;
    readonly credit: { readonly trx_id: string | null } | null;
    readonly evidence?: readonly { readonly body: string }[];
  }[];
}

async function caseWith(text: string): Promise<CaseList['data'][number]> {
  const deadlineMs = Date.now() + 10_000;
  for (;;) {
    const answer = await shop.call<CaseList>('GET', '/api/panel/v1/review-cases?status=open');
    expect(answer.status).toBe(200);
    const found = answer.body.data.find((candidate) => JSON.stringify(candidate).includes(text));
    if (found) return found;
    if (Date.now() > deadlineMs)
      throw new Error(`no open review case speaks of ${text}: ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * What must hold of one payment, from the shop's call to the signed webhook; the same for one process and for a
 * cluster.
 */
export function describeOnePayment(name: string, subject: () => Subject, readsInARow: number): void {
  describe(name, () => {
    beforeAll(async () => {
      demo = subject().demo;
      shop = new Shop(demo);
      receiver = await WebhookReceiver.start();
      await shop.hearAt(receiver.url, [
        'payment.created',
        'payment.awaiting_verification',
        'payment.completed',
        'payment.failed',
        'payment.expired',
        'payment.review_required',
      ]);
    });
    afterAll(() => receiver?.stop());

    describe('a payment', () => {
      it('whose TrxID comes first is completed by its SMS, and the shop is told in order, signed, in its own trace', async () => {
        const payment = await pending(500, { traceparent });
        const sms = bkashSms('500.00');
        expect(await shop.submitTrx(payment.id, { provider: 'bkash', trxId: sms.trxId })).toBe(303);
        await shop.becomes(payment.id, 'awaiting_verification');
        const forwarded = await shop.forward(sms);
        expect(forwarded.body.results.map((result) => result.status)).toEqual(['accepted']);
        const completed = await shop.becomes(payment.id, 'completed');
        expect(completed.trx_id).toBe(sms.trxId);
        await receiver.waitFor(payment.id, 'payment.completed');
        const webhooks = receiver.of(payment.id);
        expect(webhooks.map((webhook) => [webhook.event, webhook.body.sequence, webhook.body.data.status])).toEqual([
          ['payment.created', 1, 'pending'],
          ['payment.awaiting_verification', 2, 'awaiting_verification'],
          ['payment.completed', 3, 'completed'],
        ]);
        for (const webhook of webhooks) expect(isGenuine(webhook, demo.merchant.webhookSecret)).toBe(true);
        expect(webhooks.map(({ headers }) => headers['traceparent'])).toEqual(webhooks.map(() => traceparent));
      });

      it('whose SMS comes first is completed by its TrxID, typed in lower case with spaces', async () => {
        const payment = await pending('1234.50');
        const sms = bkashSms('1234.50');
        await shop.forward(sms);
        await shop.submitTrx(payment.id, {
          provider: 'bkash',
          trxId: ` ${sms.trxId.slice(0, 4).toLowerCase()} ${sms.trxId.slice(4)} `,
        });
        await shop.becomes(payment.id, 'completed');
      });

      it('is completed once by an SMS that is uploaded twice, and the second upload is known as such', async () => {
        const payment = await pending();
        const sms = { ...bkashSms('500.00'), sentAt: new Date().toISOString() };
        await shop.submitTrx(payment.id, { provider: 'bkash', trxId: sms.trxId });
        await shop.forward(sms);
        const again = await shop.forward(sms);
        expect(again.body.results[0]!.status).toBe('duplicate');
        await shop.becomes(payment.id, 'completed');
        await receiver.waitFor(payment.id, 'payment.completed');
        expect(receiver.of(payment.id).filter((webhook) => webhook.event === 'payment.completed')).toHaveLength(1);
      });

      it.each(['499.99', '500.01'])(
        'of 500.00 is not completed by %s; the money becomes a case for a person',
        async (amount) => {
          const payment = await pending();
          const sms = bkashSms(amount);
          await shop.submitTrx(payment.id, { provider: 'bkash', trxId: sms.trxId });
          await shop.forward(sms);
          expect((await caseWith(sms.trxId)).reason).toBe('amount_mismatch');
          expect((await shop.payment(payment.id)).status).toBe('awaiting_verification');
        },
      );

      it('is not completed by a forged sender; the text becomes a case for a person', async () => {
        const payment = await pending();
        const sms = bkashSms('500.00');
        await shop.submitTrx(payment.id, { provider: 'bkash', trxId: sms.trxId });
        await shop.forward({ sender: 'bKash-BD', body: sms.body });
        await caseWith(sms.trxId);
        expect((await shop.payment(payment.id)).status).toBe('awaiting_verification');
      });

      it('fails when its TrxID has completed another one', async () => {
        const [first, second] = [await pending(), await pending()];
        const sms = bkashSms('500.00');
        await shop.submitTrx(first.id, { provider: 'bkash', trxId: sms.trxId });
        await shop.forward(sms);
        await shop.becomes(first.id, 'completed');
        expect(await shop.submitTrx(second.id, { provider: 'bkash', trxId: sms.trxId })).toBe(303);
        expect((await shop.becomes(second.id, 'failed')).failure_reason).toBe('duplicate_trx_id');
      });
    });

    describe('an unknown text from the provider', () => {
      it('is kept and shown to a person', async () => {
        const text = `Your bKash parcel ${Date.now()} of Tk 500.00 has arrived`;
        await shop.forward({ sender: 'bKash', body: text });
        await caseWith(text);
      });
    });

    describe('many at once', () => {
      it('64 creates with one invoice_id give one payment: one 201 and 63 times 200', async () => {
        const invoice = `RACE-${Date.now()}`;
        const answers = await Promise.all(
          Array.from({ length: 64 }, () => shop.create({ amount: 500, invoice_id: invoice })),
        );
        expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
        expect(answers.filter((answer) => answer.status === 200)).toHaveLength(63);
        expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === 'true')).toHaveLength(63);
        expect(new Set(answers.map((answer) => answer.body.data.id)).size).toBe(1);
        const list = await shop.call<{ meta: { total: number } }>('GET', `/api/v1/payments?invoice_id=${invoice}`);
        expect(list.body.meta.total).toBe(1);
      });

      it('eight payments that race for one TrxID and one SMS: exactly one is completed', async () => {
        const sms = bkashSms('500.00');
        const payments = await Promise.all(Array.from({ length: 8 }, () => pending()));
        await Promise.all([
          ...payments.slice(0, 4).map((payment) => shop.submitTrx(payment.id, { provider: 'bkash', trxId: sms.trxId })),
          shop.forward(sms),
          ...payments.slice(4).map((payment) => shop.submitTrx(payment.id, { provider: 'bkash', trxId: sms.trxId })),
        ]);
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        const statuses = (await Promise.all(payments.map((payment) => shop.payment(payment.id)))).map(
          (payment) => payment.status,
        );
        expect(statuses.filter((status) => status === 'completed')).toHaveLength(1);
        expect(statuses.filter((status) => status === 'failed')).toHaveLength(7);
      });

      it('what was created is found at once by id and in the list, many times in a row under load', async () => {
        let isDone = false;
        const load = Array.from({ length: 4 }, async () => {
          while (!isDone) await shop.create({ amount: 1 });
        });
        try {
          for (let i = 0; i < readsInARow; i += 1) {
            const invoice = `RYW-${process.pid}-${i}`;
            const created = await shop.create({ amount: 500, invoice_id: invoice });
            const { id } = created.body.data;
            const [byId, listed] = await Promise.all([
              shop.call<{ data: Payment }>('GET', `/api/v1/payments/${id}`),
              shop.call<{ data: Payment[] }>('GET', `/api/v1/payments?invoice_id=${invoice}`),
            ]);
            expect([
              created.status,
              byId.status,
              byId.body.data.id,
              listed.body.data.map((payment) => payment.id),
            ]).toEqual([201, 200, id, [id]]);
          }
        } finally {
          isDone = true;
          await Promise.all(load);
        }
      });
    });
  });
}
