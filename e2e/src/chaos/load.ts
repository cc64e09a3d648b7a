import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sms } from '../bkash-message.js';
import { Shop, type Payment } from '../shop.js';
import { persistently, tell, type CallResult } from './calls.js';
import type { Entry, ForwardedSms } from './history.js';
import type { Phone } from './phone.js';
import type { Random } from './random.js';
import type { Subject } from './subject.js';

export interface LoadOptions {
  readonly subject: Subject;
  readonly shop: Shop;
  readonly phone: Phone;
  readonly random: Random;
  readonly note: (entry: Entry) => void;
}

const LANES = 3;
const PAUSE_MS = [100, 400] as const;
const LATE_MS = [1_000, 6_000] as const;
export const ANSWER_MS = 4_000;

/** How payments go, the usual ones more often. */
const ways = [
  { name: 'trxFirst', weight: 8 },
  { name: 'smsFirst', weight: 4 },
  { name: 'wrongAmount', weight: 2 },
  { name: 'smsTwice', weight: 3 },
  { name: 'lateSms', weight: 2 },
  { name: 'race', weight: 3 },
  { name: 'forged', weight: 1 },
  { name: 'unreadable', weight: 1 },
  { name: 'refunded', weight: 3 },
  { name: 'abandoned', weight: 1 },
  { name: 'stranger', weight: 2 },
] as const;

/** Shops, customers, a phone and strangers at work, each with the next payment when the last is done. */
export class Load {
  private isOver = false;
  private readonly lanes: Promise<void>[];
  private readonly others: readonly (readonly [string, Shop])[];
  /** Payments that were begun. */
  count = 0;

  constructor(private readonly options: LoadOptions) {
    const { demo, strangersKey } = options.subject;
    this.others = [
      ['a stranger', new Shop(demo, strangersKey, ANSWER_MS)],
      ['a test key', new Shop(demo, demo.merchant.testKey, ANSWER_MS)],
    ];
    this.lanes = Array.from({ length: LANES }, () => this.lane());
  }

  /** No new payments; resolves when those under way are done or given up. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.lanes);
  }

  private async lane(): Promise<void> {
    const { random } = this.options;
    while (!this.isOver) {
      await this.one(random.weighted(ways).name);
      await sleep(random.between(...PAUSE_MS));
    }
  }

  private async one(way: (typeof ways)[number]['name']): Promise<void> {
    const { phone, random } = this.options;
    const amountMinor = random.between(100, 99_999);
    const id = await this.create(amountMinor);
    if (id === null || way === 'abandoned') return;
    const paid = message(way === 'wrongAmount' ? amountMinor + random.pick([-1, 1]) : amountMinor, sortOf(way));
    switch (way) {
      case 'smsFirst':
        await phone.forward(paid);
        return void (await this.submit(id, paid.trxId));
      case 'race':
        return this.race(id, amountMinor, paid);
      case 'lateSms':
        await this.submit(id, paid.trxId);
        await sleep(random.between(...LATE_MS));
        return phone.forward(paid);
      case 'smsTwice':
        await Promise.all([this.submit(id, paid.trxId), phone.forward(paid), phone.forward(paid)]);
        return;
      default:
        await this.submit(id, paid.trxId);
        await phone.forward(paid);
        if (way === 'refunded') await this.refund(id, amountMinor);
        if (way === 'stranger') await this.beCurious(id);
    }
  }

  private async race(id: string, amountMinor: number, paid: ForwardedSms): Promise<void> {
    const other = await this.create(amountMinor);
    await Promise.all([
      this.submit(id, paid.trxId),
      ...(other === null ? [] : [this.submit(other, paid.trxId)]),
      this.options.phone.forward(paid),
    ]);
  }

  private async create(amountMinor: number): Promise<string | null> {
    const [key, invoice] = [randomUUID(), `CHAOS-${randomUUID()}`];
    this.count += 1;
    const body = { amount: (amountMinor / 100).toFixed(2), invoice_id: invoice };
    const result = await this.persist(
      () => this.options.shop.create(body, { 'idempotency-key': key }),
      ({ body: answer, ...went }) => {
        const paymentId = went.outcome === 'ok' ? (answer?.data.id ?? null) : null;
        return { type: 'create', key, invoice, amountMinor, paymentId, ...went };
      },
    );
    return result.outcome === 'ok' ? (result.body?.data.id ?? null) : null;
  }

  private submit(paymentId: string, trxId: string): Promise<CallResult<never>> {
    return this.persist(
      async () => ({ status: await this.options.shop.submitTrx(paymentId, { provider: 'bkash', trxId }) }),
      ({ body: _body, ...went }) => ({ type: 'submit', paymentId, trxId, ...went }),
    );
  }

  /** Once it is completed; what does not come to that is not refunded. */
  private async refund(paymentId: string, amountMinor: number): Promise<void> {
    const { shop } = this.options;
    for (let tries = 0; tries < 20; tries += 1) {
      const { body } = await tell(() => shop.call<{ data: Payment }>('GET', `/api/v1/payments/${paymentId}`));
      if (body?.data?.status === 'completed') break;
      await sleep(100);
    }
    const key = randomUUID();
    const part = Math.floor(amountMinor / 2);
    await this.persist(
      () =>
        shop.call(
          'POST',
          `/api/v1/payments/${paymentId}/refund`,
          { amount: (part / 100).toFixed(2) },
          { 'idempotency-key': key },
        ),
      ({ body: _body, ...went }) => ({ type: 'refund', key, paymentId, amountMinor: part, ...went }),
    );
  }

  private async beCurious(paymentId: string): Promise<void> {
    for (const [by, shop] of this.others)
      for (const [method, pathname] of [
        ['GET', `/api/v1/payments/${paymentId}`],
        ['POST', `/api/v1/payments/${paymentId}/refund`],
      ] as const) {
        const { body: _body, ...went } = await tell(() => shop.call(method, pathname));
        this.options.note({ type: 'foreign', by, asked: `${method} ${pathname}`, paymentId, ...went });
      }
  }

  private persist<Body>(
    send: () => Promise<{ readonly status: number; readonly body?: Body }>,
    entryOf: (result: CallResult<Body>) => Entry,
  ): Promise<CallResult<Body>> {
    const { note } = this.options;
    return persistently(send, { note: (result) => note(entryOf(result)), isOver: () => this.isOver });
  }
}

function sortOf(way: string): ForwardedSms['sort'] {
  return way === 'forged' || way === 'unreadable' ? way : 'genuine';
}

/** What the phone gets about that much money, or what somebody wants it to take for that. */
export function message(amountMinor: number, sort: ForwardedSms['sort']): ForwardedSms {
  const amount = (amountMinor / 100).toFixed(2);
  const text = (trxId: string, at: string): string => `Offer! Tk ${amount} waits for you. TrxID ${trxId} at ${at}`;
  const { sender, body, trxId } = sms({ amount, ...(sort === 'unreadable' && { text }) });
  return { sender: sort === 'forged' ? 'bKash-BD' : sender, body, trxId, amountMinor, sort };
}
