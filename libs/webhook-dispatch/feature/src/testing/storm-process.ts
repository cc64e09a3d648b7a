/*
 * One dispatcher as a process of its own, which makes deliveries from its part of the facts and sends them, until it is
 * killed: `node storm-process.js <database url> <part> <epoch ms> <speed>`. What it has done so far is in the database
 * alone.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { webhookSecretPurpose, type PaymentEventData } from '@paymatch/contracts';
import { Outbox, type Message } from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { Database } from '@paymatch/platform-postgres';
import { TextSealer } from '@paymatch/platform-secrets';
import { DeliveryDispatcher } from '../deliveries/delivery.dispatcher.js';
import { makeDeliveries } from '../deliveries/delivery.maker.js';
import { UndiciSender } from '../sender/undici.sender.js';
import { webhookDispatchSchema } from '../webhook-dispatch.migrations.js';
import { fasterClock, stormSecret } from './storm.js';

const BATCH = 20;
const LEASE_REAL_MS = 2_000;

async function main(url: string, part: number, clockOf: { epochMs: number; speed: number }): Promise<void> {
  const database = await Database.connect({ url, schema: webhookDispatchSchema, poolMax: 6, applicationName: 'storm' });
  const clock = fasterClock(clockOf);
  const sealer = new TextSealer(stormSecret, webhookSecretPurpose);
  const dispatcher = new DeliveryDispatcher({
    database,
    sealer,
    clock,
    sender: new UndiciSender({ allowHttp: true, allowPrivateTargets: true, timeoutMs: 5_000 }),
    outbox: new Outbox({ schema: webhookDispatchSchema }),
    logger: silentLogger,
    inFlightMax: 256,
    perReceiverMax: 64,
    pollMs: 100,
    leaseMs: LEASE_REAL_MS * clockOf.speed,
    renewMs: LEASE_REAL_MS / 6,
  });
  dispatcher.start();
  for (;;) {
    const { rows } = await database.query<{ n: number; message: Message<PaymentEventData> }>(
      `SELECT f.n, f.message FROM storm_facts f JOIN storm_progress p ON p.part = $1
       WHERE f.part = $1 AND f.n > p.n ORDER BY f.n LIMIT ${BATCH}`,
      [part],
    );
    if (rows.length === 0) {
      await sleep(50);
      continue;
    }
    const messages = rows.map(({ message }) => message);
    await dispatcher.sendMade((terms) =>
      makeDeliveries(messages, terms, { database, sealer, publicUrl: 'https://pay.example' }),
    );
    // Killed before this, it makes the same again, which must change nothing.
    await database.query('UPDATE storm_progress SET n = $2 WHERE part = $1', [part, rows.at(-1)!.n]);
  }
}

// Whoever started it is gone, killed perhaps: nobody will end it.
process.stdin.resume().on('end', () => process.exit());
const [url, part, epochMs, speed] = process.argv.slice(2);
void main(url!, Number(part), { epochMs: Number(epochMs), speed: Number(speed) });
