import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSystem } from './running-system.js';
import { inParallel, nextSms, ShopClient } from './shop-client.js';
import { WebhookArrivals } from './webhook-arrivals.js';

const WARM_UP = 300;
const CREATES = 300;
const CALLERS = 16;
const CREATES_OF_MANY = 3_000;
const PAID = 150;
const READ_EVERY_MS = 3;
const DEADLINE_MS = 30_000;
const PAUSE_MS = 20;

export const hopNames = [
  'POST /api/v1/payments → 201, one caller',
  'POST /api/v1/payments → 201, 16 callers',
  '201 → webhook payment.created has arrived',
  'TrxID page opened and form sent → 303',
  'SMS sent → phone answered',
  'SMS sent → read as completed',
  'SMS sent → webhook payment.completed has arrived',
] as const;
export type HopTimes = Readonly<Record<(typeof hopNames)[number], number[]>> & { readonly sixteenPerSecond: number };

/**
 * One payment at a time all the way, so that each hop is seen without a queue before it; then creates by 16 callers at
 * once. Reads go to another gateway than the one that was told, where there is one.
 */
export async function measureHops({ demo, gateways }: RunningSystem): Promise<HopTimes> {
  const arrivals = await WebhookArrivals.start();
  const teller = new ShopClient(demo, gateways[0]!);
  const reader = new ShopClient(demo, gateways.at(-1)!);
  try {
    const times = Object.fromEntries(hopNames.map((name) => [name, [] as number[]])) as Record<
      (typeof hopNames)[number],
      number[]
    >;
    await teller.sendWebhooksTo(arrivals.url, ['payment.created', 'payment.completed']);
    await inParallel(Array.from({ length: WARM_UP }), CALLERS, async () => {
      await teller.create();
    });
    for (let round = 0; round < CREATES; round += 1) {
      const id = await timed(times['POST /api/v1/payments → 201, one caller'], () => teller.create());
      const answeredAt = performance.now();
      // A shop may be told before the API's caller is: then no time has passed.
      times['201 → webhook payment.created has arrived'].push(
        Math.max(0, (await arrivals.of('payment.created', id, DEADLINE_MS)) - answeredAt),
      );
    }
    for (let round = 0; round < PAID; round += 1) await onePaid(times, { teller, reader, arrivals });
    const beganAt = performance.now();
    await inParallel(Array.from({ length: CREATES_OF_MANY }), CALLERS, async () => {
      await timed(times['POST /api/v1/payments → 201, 16 callers'], () => teller.create());
    });
    return { ...times, sixteenPerSecond: (CREATES_OF_MANY / (performance.now() - beganAt)) * 1_000 };
  } finally {
    await teller.close();
    await reader.close();
    await arrivals.stop();
  }
}

interface Ends {
  readonly teller: ShopClient;
  readonly reader: ShopClient;
  readonly arrivals: WebhookArrivals;
}

async function onePaid(
  times: Record<(typeof hopNames)[number], number[]>,
  { teller, reader, arrivals }: Ends,
): Promise<void> {
  const id = await teller.create();
  const sms = nextSms();
  await timed(times['TrxID page opened and form sent → 303'], () => teller.submitTrx(id, sms.trxId));
  // Long enough for sms-matching to have heard of the TrxID: the SMS is what is waited for.
  await sleep(PAUSE_MS);
  const sentAt = performance.now();
  const arrived = arrivals.of('payment.completed', id, DEADLINE_MS);
  await timed(times['SMS sent → phone answered'], () => teller.forward(sms));
  times['SMS sent → read as completed'].push(
    (await reader.becomes(id, 'completed', { everyMs: READ_EVERY_MS, timeoutMs: DEADLINE_MS })) - sentAt,
  );
  times['SMS sent → webhook payment.completed has arrived'].push((await arrived) - sentAt);
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const beganAt = performance.now();
  const result = await work();
  times.push(performance.now() - beganAt);
  return result;
}
