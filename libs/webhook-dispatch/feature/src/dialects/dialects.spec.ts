import { uuidToUlid, webhookEventNames, type WebhookEventName } from '@paymatch/contracts';
import { webhookEventOf, type WebhookEventName as DomainEventName } from '@paymatch/webhook-dispatch-domain';
import { callbackFact, fact, snapshot, T0 } from '../testing/payment-facts.js';
import { webhookDialects } from './dialects.js';

const rendered = (dialect: 'fastaar' | 'smartfastpay', message: ReturnType<typeof fact>): string =>
  webhookDialects[dialect].render({
    event: webhookEventOf(message.data.type)!,
    fact: message.data,
    occurredAt: message.time,
    publicUrl: 'https://pay.example',
  });

describe('the body of contract A', () => {
  it('has exactly the fields of the contract, in its order', () => {
    const message = fact('payments.payment-completed', snapshot({ status: 'completed', version: 3, livemode: false }));
    const body = JSON.parse(rendered('fastaar', message)) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual(['id', 'event', 'livemode', 'sequence', 'created_at', 'data']);
    expect(body).toMatchObject({
      id: message.data.eventId,
      livemode: false,
      sequence: 3,
      data: { id: uuidToUlid(message.data.payment.id), livemode: false },
    });
  });

  it('shows a payment as expired only when it was at the moment of the event', () => {
    const payment = snapshot();
    expect(
      JSON.parse(rendered('fastaar', fact('payments.payment-created', payment, T0 + 30 * 60_000 - 1))),
    ).toMatchObject({ data: { status: 'pending' } });
    expect(JSON.parse(rendered('fastaar', fact('payments.payment-created', payment, T0 + 30 * 60_000)))).toMatchObject({
      data: { status: 'expired' },
    });
  });
});

describe('the body of contract B', () => {
  const entry = (change: Parameters<typeof callbackFact>[1]): Record<string, unknown> =>
    (
      JSON.parse(rendered('smartfastpay', callbackFact('https://shop.example/cb', change))) as {
        data: Record<string, unknown>[];
      }
    ).data[0]!;

  it.each([
    ['completed', 'paid', 'paid'],
    ['failed', 'canceled', 'denied'],
    ['expired', 'canceled', 'expired'],
  ] as const)('of a payment that is %s says %s and %s', (status, transaction, payment) => {
    expect(entry({ status })).toMatchObject({ status: transaction, type: 'payment', payment_status: payment });
  });

  it('without an exchange has its own amount and a rate of one', () => {
    expect(entry({ exchange: null, amountMinor: 1_999 })).toMatchObject({ amount: '19.99', exchange: '1.00' });
  });

  it('is as JSON.stringify writes it: slashes are not escaped', () => {
    expect(rendered('smartfastpay', callbackFact('https://shop.example/cb'))).toContain('"transaction_id":"T/1"');
  });

  it('of a payment that is not over is refused', () => {
    expect(() => entry({ status: 'pending' })).toThrow('only finished payments call back');
  });
});

it('the domain and the contract know the same events', () => {
  const known: Record<WebhookEventName, DomainEventName> & Record<DomainEventName, WebhookEventName> =
    Object.fromEntries(webhookEventNames.map((name) => [name, name])) as never;
  expect(Object.keys(known)).toHaveLength(8);
});
