import { setTimeout as sleep } from 'node:timers/promises';
import { nextSms, type ShopClient } from './shop-client.js';
import type { WebhookArrivals } from './webhook-arrivals.js';

export interface Ends {
  readonly client: ShopClient;
  readonly arrivals: WebhookArrivals;
}

/** How payments went, in milliseconds each. */
export interface PaymentTimes {
  readonly count: number;
  readonly seconds: number;
  readonly whole: readonly number[];
  /** From the moment the last thing that was missing (SMS or TrxID) was sent until the shop had the webhook. */
  readonly lastToWebhook: readonly number[];
  /** Until the read model said completed; only where it was asked. */
  readonly lastToRead: readonly number[];
}

const WEBHOOK_MS = 60_000;
/** Long enough for the matcher to have noted a credit that nobody waits for yet. */
const CREDIT_NOTED_MS = 40;
/** Until every part of the system knows of a new endpoint. */
const ENDPOINT_KNOWN_MS = 2_000;
const READ_EVERY_MS = 2;
const READ_MS = 30_000;

/** One payment from its creation until the shop's server has the webhook. */
async function payWhole({ client, arrivals }: Ends, times: Mutable): Promise<void> {
  const beganAt = performance.now();
  const id = await client.create();
  const sms = nextSms();
  await client.submitTrx(id, sms.trxId);
  const sentAt = performance.now();
  await client.forward(sms);
  const arrivedAt = await arrivals.of('payment.completed', id, WEBHOOK_MS);
  times.lastToWebhook.push(arrivedAt - sentAt);
  times.whole.push(arrivedAt - beganAt);
}

/**
 * The same with the money first: the customer's TrxID is what is waited for, and the read model is asked until it says
 * so.
 */
async function payTrxLast({ client }: Ends, times: Mutable): Promise<void> {
  const beganAt = performance.now();
  const id = await client.create();
  const sms = nextSms();
  await client.forward(sms);
  await sleep(CREDIT_NOTED_MS);
  const sentAt = performance.now();
  const submitted = client.submitTrx(id, sms.trxId);
  const readAt = await client.becomes(id, 'completed', { everyMs: READ_EVERY_MS, timeoutMs: READ_MS });
  await submitted;
  times.lastToRead.push(readAt - sentAt);
  times.whole.push(readAt - beganAt);
}

/** A payment that nobody pays yet: from its creation until the shop's server is told of it. */
async function createOnly({ client, arrivals }: Ends, times: Mutable): Promise<void> {
  const sentAt = performance.now();
  const arrivedAt = await arrivals.of('payment.created', await client.create(), WEBHOOK_MS);
  times.lastToWebhook.push(arrivedAt - sentAt);
  times.whole.push(arrivedAt - sentAt);
}

/** Resolves when the endpoint is known everywhere; whole payments come before, told of only when completed. */
export async function hearOfCreated({ client, arrivals }: Ends): Promise<void> {
  await client.sendWebhooksTo(arrivals.url, ['payment.created']);
  await sleep(ENDPOINT_KNOWN_MS);
}

interface Mutable {
  readonly whole: number[];
  readonly lastToWebhook: number[];
  readonly lastToRead: number[];
}

/** How far a payment goes, and in which order. */
export const ways = { whole: payWhole, trxLast: payTrxLast, createdOnly: createOnly } as const;
type Pay = (ends: Ends, times: Mutable) => Promise<void>;

interface Bounds {
  readonly countMax: number;
  readonly secondsMax: number;
}

/** So many payers, each with the next payment as soon as the last is whole, until one bound is met. */
export async function closedLoop(
  ends: Ends,
  { payers, countMax, secondsMax, pay = ways.whole }: Bounds & { readonly payers: number; readonly pay?: Pay },
): Promise<PaymentTimes> {
  const times: Mutable = { whole: [], lastToWebhook: [], lastToRead: [] };
  const beganAt = performance.now();
  let begun = 0;
  await Promise.all(
    Array.from({ length: payers }, async () => {
      while (begun < countMax && performance.now() - beganAt < secondsMax * 1_000) {
        begun += 1;
        await pay(ends, times);
      }
    }),
  );
  return { ...times, count: times.whole.length, seconds: (performance.now() - beganAt) / 1_000 };
}

/** Payments begun at fixed times whatever the system does. */
export async function paced(
  ends: Ends,
  {
    perSecond,
    seconds,
    pay = ways.whole,
  }: { readonly perSecond: number; readonly seconds: number; readonly pay?: Pay },
): Promise<PaymentTimes> {
  const times: Mutable = { whole: [], lastToWebhook: [], lastToRead: [] };
  const beganAt = performance.now();
  const running: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const dueAt = beganAt + (index * 1_000) / perSecond;
    while (performance.now() < dueAt) await sleep(dueAt - performance.now());
    running.push(pay(ends, times));
  }
  await Promise.all(running);
  return { ...times, count: times.whole.length, seconds: (performance.now() - beganAt) / 1_000 };
}
