import { setTimeout as sleep } from 'node:timers/promises';
import type { Shop } from '../shop.js';
import { tell } from './calls.js';
import type { Entry } from './history.js';
import { message } from './load.js';
import type { ChaosReceiver } from './receiver.js';

const EVERY_MS = 400;
const IN_FLIGHT_MAX = 8;
const WHOLE_MS = 15_000;
const AMOUNT_MINOR = 50_000;

/** Fresh payments, one after the other, each tried once: how well the system is just now. */
export class Probes {
  private isOver = false;
  private readonly inFlight = new Set<Promise<void>>();
  private readonly running: Promise<void>;
  /** When the last one that went all the way began. */
  lastWholeBeganMs = 0;

  constructor(
    private readonly shop: Shop,
    private readonly receiver: ChaosReceiver,
    private readonly note: (entry: Entry) => void,
  ) {
    this.running = this.run();
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.running;
    await Promise.all(this.inFlight);
  }

  private async run(): Promise<void> {
    while (!this.isOver) {
      if (this.inFlight.size < IN_FLIGHT_MAX) {
        const probe = this.one().finally(() => this.inFlight.delete(probe));
        this.inFlight.add(probe);
      }
      await sleep(EVERY_MS);
    }
  }

  private async one(): Promise<void> {
    const fromMs = Date.now();
    const invoice = `PROBE-${fromMs}-${Math.random()}`;
    const created = await tell(() => this.shop.create({ amount: '500.00', invoice_id: invoice }));
    const paymentId = created.outcome === 'ok' ? (created.body?.data.id ?? null) : null;
    this.note({ type: 'create', key: invoice, invoice, amountMinor: AMOUNT_MINOR, paymentId, ...wentOf(created) });
    const isWhole = paymentId !== null && (await this.pay(paymentId));
    if (isWhole) this.lastWholeBeganMs = Math.max(this.lastWholeBeganMs, fromMs);
    this.note({ type: 'probe', paymentId, fromMs, toMs: Date.now(), isWhole });
  }

  private async pay(paymentId: string): Promise<boolean> {
    const paid = message(AMOUNT_MINOR, 'genuine');
    const completed = this.receiver.completionOf(paymentId).then(() => true);
    const submitted = await tell(async () => ({
      status: await this.shop.submitTrx(paymentId, { provider: 'bkash', trxId: paid.trxId }),
    }));
    this.note({ type: 'submit', paymentId, trxId: paid.trxId, ...wentOf(submitted) });
    const forwarded = await tell(() => this.shop.forward(paid));
    const results = forwarded.outcome === 'ok' ? (forwarded.body?.results ?? []).map(({ status }) => status) : [];
    this.note({ type: 'forward', messages: [paid], results, ...wentOf(forwarded) });
    const isAccepted = submitted.outcome === 'ok' && forwarded.outcome === 'ok';
    const isWhole = isAccepted && (await Promise.race([completed, sleep(WHOLE_MS, false, { ref: false })]));
    this.receiver.forget(paymentId);
    return isWhole;
  }
}

function wentOf<Result extends { readonly body: unknown }>({ body: _body, ...went }: Result): Omit<Result, 'body'> {
  return went;
}
