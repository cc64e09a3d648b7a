import { randomUUID } from 'node:crypto';
import { bkashSms, Shop } from './shop.js';

/** No traffic goes on for longer, whatever becomes of the test that started it. */
const LIFETIME_MAX_MS = 240_000;

/** How often a careful client sends a request again whose connection broke behind the proxy. */
const REPEATS_MAX = 3;

export interface Customer {
  readonly id: string;
  readonly trxId: string;
  /**
   * Both the TrxID and the SMS were acknowledged: this payment must be completed, whatever happens to processes
   * meanwhile.
   */
  isPaid: boolean;
}

/** Shops and customers at work while something breaks: keeps what was acknowledged, and every answer that was not. */
export class Traffic {
  readonly customers: Customer[] = [];
  /** HTTP status → how often; 0 = no answer at all. */
  readonly refused = new Map<number, number>();
  /** Requests sent again because the proxy lost its connection to a process that stopped (502). */
  repeated = 0;
  /** What stood behind each 0. */
  readonly faults: string[] = [];
  private isOver = false;
  private readonly endsAtMs = Date.now() + LIFETIME_MAX_MS;
  private readonly running: Promise<void>[];

  constructor(
    private readonly shop: Shop,
    lanes: number,
  ) {
    this.running = Array.from({ length: lanes }, () => this.lane());
  }

  /** Waits until so many more payments have been paid since the call. */
  async untilPaid(count: number, timeoutMs: number): Promise<void> {
    const paid = (): number => this.customers.filter((customer) => customer.isPaid).length;
    const [before, deadlineMs] = [paid(), Date.now() + timeoutMs];
    while (paid() - before < count) {
      if (Date.now() > deadlineMs)
        throw new Error(
          `only ${paid() - before} of ${count} payments were paid in ${timeoutMs} ms; refused: ` +
            `${JSON.stringify([...this.refused])}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.running);
  }

  private async lane(): Promise<void> {
    while (!this.isOver && Date.now() < this.endsAtMs) {
      try {
        await this.onePayment();
      } catch (error) {
        // A connection that broke in the middle: nothing was acknowledged, so nothing is owed. It is counted all the
        // same.
        this.note(0);
        this.faults.push(String(error));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  private async onePayment(): Promise<void> {
    // Under one key however often it is sent, as the contract tells clients to.
    const headers = { 'idempotency-key': randomUUID() };
    const created = await this.carefully(() => this.shop.create({ amount: 500 }, headers));
    if (created.status !== 201) return this.refuse(created.status);
    const sms = bkashSms('500.00');
    const customer: Customer = { id: created.body.data.id, trxId: sms.trxId, isPaid: false };
    this.customers.push(customer);
    const submitted = await this.carefully(async () => ({
      status: await this.shop.submitTrx(customer.id, { provider: 'bkash', trxId: sms.trxId }),
    }));
    if (submitted.status !== 303) return this.refuse(submitted.status);
    const forwarded = await this.carefully(() => this.shop.forward(sms));
    if (forwarded.status !== 200) return this.refuse(forwarded.status);
    customer.isPaid = ['accepted', 'duplicate'].includes(forwarded.body.results[0]?.status ?? '');
  }

  /**
   * A listener that closes resets connections the kernel has taken and the process has not; the proxy answers 502,
   * which says nothing about what happened. Every request here may be sent again, and whoever does so loses nothing and
   * gets nothing twice.
   */
  private async carefully<Answer extends { readonly status: number }>(send: () => Promise<Answer>): Promise<Answer> {
    let answer = await send();
    for (let again = 0; answer.status === 502 && again < REPEATS_MAX; again += 1) {
      this.repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      answer = await send();
    }
    return answer;
  }

  private async refuse(status: number): Promise<void> {
    this.note(status);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  private note(status: number): void {
    this.refused.set(status, (this.refused.get(status) ?? 0) + 1);
  }
}
