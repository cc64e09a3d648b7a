import { isCallbackEvent, isSubscribed, webhookEventOf } from './index.js';

describe('the webhook of a fact', () => {
  it.each([
    ['payments.payment-created', 'payment.created'],
    ['payments.trx-submitted', 'payment.awaiting_verification'],
    ['payments.payment-completed', 'payment.completed'],
    ['payments.payment-failed', 'payment.failed'],
    ['payments.payment-expired', 'payment.expired'],
    ['payments.refund-recorded', 'payment.refunded'],
    ['payments.review-required', 'payment.review_required'],
    ['payments.review-resolved', 'payment.review_resolved'],
  ])('%s is %s', (fact, event) => {
    expect(webhookEventOf(fact)).toBe(event);
  });

  it.each(['payments.money-returned', 'payments.not-known-yet', 'toString', '__proto__', ''])('%s is none', (fact) => {
    expect(webhookEventOf(fact)).toBeNull();
  });
});

describe('a callback of contract B', () => {
  it.each([
    ['payment.completed', true],
    ['payment.failed', true],
    ['payment.expired', true],
    ['payment.created', false],
    ['payment.awaiting_verification', false],
    ['payment.refunded', false],
    ['payment.review_required', false],
    ['payment.review_resolved', false],
  ] as const)('for %s is made: %s', (event, isMade) => {
    expect(isCallbackEvent(event)).toBe(isMade);
  });
});

describe('an endpoint', () => {
  const endpoint = { url: 'https://shop.example/hook', events: ['payment.completed'] };
  it('gets what it asked for and nothing else', () => {
    expect(isSubscribed(endpoint, 'payment.completed')).toBe(true);
    expect(isSubscribed(endpoint, 'payment.failed')).toBe(false);
  });
  it('without an address gets nothing', () => {
    expect(isSubscribed({ ...endpoint, url: null }, 'payment.completed')).toBe(false);
    expect(isSubscribed(undefined, 'payment.completed')).toBe(false);
  });
});

describe('an endpoint that asked for all of a kind', () => {
  it('gets all of that kind and no other', () => {
    const endpoint = { url: 'https://shop.example/hook', events: ['payment.*'] };
    expect(isSubscribed(endpoint, 'payment.refunded')).toBe(true);
    expect(isSubscribed({ ...endpoint, events: ['endpoint.*'] }, 'payment.refunded')).toBe(false);
  });
});
