import { plainBrand } from '@paymatch/gateway-access';
import { offeredFor } from '../language.js';
import { CheckoutWorld } from '../testing/checkout-world.js';
import { phaseAt, statusAt } from '../payment-phase.js';
import { textsIn } from '../texts/texts.js';
import { html } from './html.js';
import { clockText, deadlineText, moneyText, momentText } from './money-text.js';
import { cancelView } from './outcome.view.js';
import type { PaymentPage } from './page-context.js';
import { paymentView } from './payment.view.js';

describe('a template', () => {
  it('escapes every value in content and in attributes', () => {
    expect(html`<a title="${'"\'`><&'}">${'<b>&amp;'}</a>`.text).toBe(
      '<a title="&quot;&#39;&#96;&gt;&lt;&amp;">&lt;b&gt;&amp;amp;</a>',
    );
  });

  it('takes markup of other templates and lists of them as they are, and nothing for null and false', () => {
    expect(html`<ul>${['<', '>'].map((text) => html`<li>${text}</li>`)}${null}${false}${0}</ul>`.text).toBe(
      '<ul><li>&lt;</li><li>&gt;</li>0</ul>',
    );
  });
});

describe('amounts', () => {
  it.each([
    [1, '৳0.01'],
    [50_000, '৳500.00'],
    [150_000, '৳1,500.00'],
    [12_345_678, '৳1,23,456.78'],
    [999_999_999, '৳99,99,999.99'],
  ])('%i poisha read %s', (minor, text) => {
    expect(moneyText(minor, 'BDT').full).toBe(text);
  });

  it('are copied without sign and grouping', () => {
    expect(moneyText(12_345_678, 'BDT').plain).toBe('123456.78');
  });

  it('are read in Bangla digits in Bangla, and copied as an app takes them', () => {
    expect(moneyText(12_345_678, 'BDT', 'bn')).toMatchObject({ full: '৳১,২৩,৪৫৬.৭৮', plain: '123456.78' });
  });
});

describe('times', () => {
  const english = { dialect: 'fastaar', language: 'en' } as const;
  const bangla = { dialect: 'fastaar', language: 'bn' } as const;

  it.each([
    ['2026-06-12T08:30:00Z', '2:30 PM'],
    ['2026-06-12T18:05:00Z', '12:05 AM'],
    ['2026-06-12T06:00:00Z', '12:00 PM'],
  ])('%s is %s in Dhaka', (iso, text) => {
    expect(clockText(iso, english)).toBe(text);
  });

  it('give the day in Dhaka, not in UTC', () => {
    expect(momentText('2026-06-11T18:00:00Z', english)).toBe('12 Jun 2026, 12:00 AM');
  });

  it.each([
    ['2026-06-11T18:05:00Z', 'রাত ১২:০৫'],
    ['2026-06-11T21:59:00Z', 'রাত ৩:৫৯'],
    ['2026-06-11T22:00:00Z', 'ভোর ৪:০০'],
    ['2026-06-12T00:00:00Z', 'সকাল ৬:০০'],
    ['2026-06-12T06:00:00Z', 'দুপুর ১২:০০'],
    ['2026-06-12T10:04:00Z', 'বিকাল ৪:০৪'],
    ['2026-06-12T12:00:00Z', 'সন্ধ্যা ৬:০০'],
    ['2026-06-12T14:00:00Z', 'রাত ৮:০০'],
  ])('%s is %s in Bangla', (iso, text) => {
    expect(clockText(iso, bangla)).toBe(text);
  });

  it('name the month in Bangla', () => {
    expect(momentText('2026-06-12T08:30:00Z', bangla)).toBe('১২ জুন ২০২৬, দুপুর ২:৩০');
  });

  it('have their day when it is another one', () => {
    const now = Date.parse('2026-06-12T08:30:00Z');
    expect(deadlineText('2026-06-12T17:59:00Z', now, english)).toBe('11:59 PM');
    expect(deadlineText('2026-06-12T18:00:00Z', now, english)).toBe('13 Jun 2026, 12:00 AM');
  });
});

describe('a merchant and a customer who write markup into everything', () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'';
  const world = new CheckoutWorld();
  const merchant = world.addMerchant({ name: evil });
  const wallets = [1, 2].map((n) => world.addWallet(merchant.id, { provider: evil, number: `${evil}${n}` }));
  const hostileUrl = `https://shop.example/?x=${evil}`;

  const pageOf = (
    details: Parameters<CheckoutWorld['addPayment']>[1],
    more: Partial<PaymentPage> = {},
  ): PaymentPage => {
    const payment = world.addPayment(merchant.id, {
      invoiceId: evil,
      successUrl: hostileUrl,
      cancelUrl: hostileUrl,
      metadata: { [evil]: evil },
      provider: evil,
      trxId: evil,
      walletNumber: evil,
      senderNumber: evil,
      ...details,
    });
    return {
      texts: textsIn('en'),
      language: 'en',
      languages: offeredFor('fastaar'),
      assets: { css: '/a.css', brand: null, script: '/a.js', icon: '/a.svg' },
      payment,
      reference: payment.id,
      brand: { ...plainBrand, accountHolder: evil, supportPhone: evil, whatsapp: evil, supportEmail: evil },
      isStaying: false,
      address: hostileUrl,
      logoPath: null,
      status: statusAt(payment, world.nowMs),
      phase: phaseAt(payment, world.nowMs),
      nowMs: world.nowMs,
      merchant,
      wallets,
      offered: wallets,
      selected: null,
      isRetyping: false,
      notice: evil,
      draft: { trxId: evil, senderNumber: evil, trxProblem: 'length', isSenderWrong: true },
      formToken: evil,
      path: '/pay/x',
      returnTo: { success: hostileUrl, cancel: hostileUrl },
      ...more,
    };
  };

  it.each([
    ['choosing', pageOf({})],
    ['sending', pageOf({}, { selected: wallets[0]! })],
    ['verifying', pageOf({ status: 'awaiting_verification' })],
    ['correcting', pageOf({ status: 'awaiting_verification' }, { isRetyping: true })],
    ['in review', pageOf({ status: 'awaiting_verification', reviewReason: 'amount_mismatch' })],
    ['without a message', pageOf({ status: 'awaiting_verification', reviewReason: 'message_missing' })],
    ['completed', pageOf({ status: 'completed', completedAt: '2026-06-12T08:30:00Z' })],
    ['refunded', pageOf({ status: 'refunded' })],
    ['failed', pageOf({ status: 'failed', failureReason: 'duplicate_trx_id', reviewReason: 'late_money' })],
    ['expired', pageOf({ status: 'expired', livemode: false })],
    ['a test', pageOf({ livemode: false })],
  ])('get plain text on the page of a payment that is %s', (_state, page) => {
    const text = paymentView(page)!.text;
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toMatch(/<script>|<img|onerror=alert\(1\)>/);
    expect(text).not.toMatch(/ style=| on[a-z]+="/);
  });

  it('get plain text on the page that asks before cancelling', () => {
    expect(cancelView(pageOf({})).text).not.toMatch(/<script>|<img/);
  });
});
