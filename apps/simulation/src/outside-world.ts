import {
  inEnvelope,
  newId,
  topics,
  type CreatePayment,
  type MessageReceived,
  type PaymentCommand,
  type PaymentReply,
  type WalletRef,
} from '@paymatch/contracts';
import { PAYMENTS_CLIENT, type PaymentsClient } from '@paymatch/gateway-read-models';
import { Refusal } from '@paymatch/platform-messaging';
import { T0, type History, type PlannedMoney, type PlannedPayment } from './history.js';
import type { Machine } from './machine.js';

export const wallet: WalletRef = {
  id: '0197a6f0-0000-7000-8000-00000000000a',
  provider: 'bkash',
  number: '01711111111',
  accountType: 'personal',
  toleranceMinor: 0,
};

/** What a client was told; an answer that never came is not told. */
export interface Acknowledged {
  readonly commandId: string;
  readonly paymentId: string;
  readonly type: PaymentCommand['type'];
  readonly outcome: PaymentReply['outcome'];
  readonly status: string;
}

const ASKED_AGAIN_AFTER_MS = 1_500;
const ASKED_MAX = 60;
/** Of one shop. */
export const webhookUrlOf = (merchantId: string): string => `https://shop.example/${merchantId}`;

/** Shops, customers and phones. Who gets no answer asks again, with the same ids, whoever answers then. */
export class OutsideWorld {
  readonly acknowledged: Acknowledged[] = [];
  readonly uploaded: { readonly rawId: string; readonly merchantId: string; readonly money: PlannedMoney }[] = [];
  readonly merchantIds: readonly string[];
  private unanswered = 0;

  constructor(
    private readonly machine: Machine,
    private readonly history: History,
  ) {
    this.merchantIds = Array.from({ length: history.shopCount }, () => newId());
  }

  /** Whether everybody has the answers they asked for. */
  get isSatisfied(): boolean {
    return this.unanswered === 0;
  }

  begin(): void {
    for (const merchantId of this.merchantIds) this.setEndpoint(merchantId);
    for (const [index, payment] of this.history.payments.entries()) this.planPayment(payment, index);
    for (const money of this.history.money)
      for (const [copy, atMs] of money.uploadsAtMs.entries())
        for (const shop of money.shops) this.planUpload(money, { shop, copy, atMs });
  }

  private setEndpoint(merchantId: string): void {
    const id = newId();
    const data = {
      type: 'CreateEndpoint',
      merchantId,
      livemode: true,
      url: webhookUrlOf(merchantId),
      description: '',
      events: [],
      headers: {},
      order: 'strict',
      concurrencyMax: null,
      ratePerSecond: null,
      secretSealed: null,
    } as const;
    const time = new Date(T0).toISOString();
    const message = inEnvelope(data, { id, source: 'api-gateway', key: merchantId, time, correlationId: id });
    this.until(T0, 'a shop sets its endpoint', async () => {
      await this.machine.front('webhook-dispatch')?.bus.request(topics.webhooksCommands.name, message, {
        timeoutMs: 5_000,
      });
      return true;
    });
  }

  private planPayment(planned: PlannedPayment, index: number): void {
    const paymentId = newId();
    const creation: Omit<CreatePayment, 'now' | 'expiresAt'> = {
      type: 'CreatePayment',
      ...this.base(paymentId, planned),
      dialect: 'fastaar',
      source: 'api',
      method: 'wallet',
      amountMinor: planned.amountMinor,
      currency: 'BDT',
      invoiceId: `invoice ${index}`,
      customerId: null,
      metadata: {},
      successUrl: null,
      cancelUrl: null,
      callbackUrl: null,
      payer: null,
      exchange: null,
      charge: null,
      instructions: null,
      invoiceIsUsedOnce: false,
    };
    this.ask(planned.createAtMs, `payment ${index} is made`, (nowMs) => ({
      ...creation,
      expiresAt: new Date(nowMs + planned.lastsMs).toISOString(),
    }));
    for (const { atMs, trxId } of planned.submits) {
      const base = this.base(paymentId, planned);
      this.ask(Math.max(atMs, planned.createAtMs + 1), `payment ${index}: customer says ${trxId}`, () => ({
        type: 'SubmitTrx',
        ...base,
        provider: wallet.provider,
        trxId,
        senderNumber: null,
        walletNumber: wallet.number,
      }));
    }
    const base = this.base(paymentId, planned);
    if (planned.refundAtMs !== null)
      this.ask(planned.refundAtMs, `payment ${index}: shop refunds`, () => ({
        type: 'RecordRefund',
        ...base,
        amountMinor: null,
        source: 'api',
      }));
  }

  private base(paymentId: string, { shop }: PlannedPayment) {
    return { commandId: newId(), paymentId, merchantId: this.merchantIds[shop]!, livemode: true };
  }

  private ask(atMs: number, name: string, commandAt: (nowMs: number) => WithoutNow<PaymentCommand>): void {
    this.until(atMs, name, async () => {
      const front = this.machine.front('api-gateway');
      if (front === undefined) return false;
      const command = commandAt(this.machine.nowMs);
      const now = new Date(this.machine.nowMs).toISOString();
      const client = front.get<PaymentsClient>(PAYMENTS_CLIENT);
      try {
        const { outcome, payment } = await client.send({ ...command, now } as PaymentCommand);
        const { commandId, paymentId, type } = command;
        this.acknowledged.push({ commandId, paymentId, type, outcome, status: payment.status });
        return true;
      } catch (error) {
        // A payment whose making has no answer yet is not known: its customer would not be here.
        if (error instanceof Refusal) return error.code !== 'PAYMENT_NOT_FOUND';
        throw error;
      }
    });
  }

  private planUpload(money: PlannedMoney, { shop, copy, atMs }: Upload): void {
    const merchantId = this.merchantIds[shop]!;
    const rawId = newId();
    const at = new Date(atMs).toISOString();
    const data: MessageReceived = {
      type: 'credits.message-received',
      rawId,
      merchantId,
      livemode: true,
      deviceId: `phone ${copy}`,
      seq: null,
      sender: money.isForged ? '+8801899999999' : 'bKash',
      body: bkashSms(money),
      simSlot: 1,
      wallets: [wallet],
      sentAt: at,
      receivedAt: at,
      arrivedAt: at,
    };
    const key = `${merchantId}:${wallet.number}`;
    const message = inEnvelope(data, { id: rawId, source: 'api-gateway', key, time: at, correlationId: rawId });
    this.until(atMs, `phone ${copy} of shop ${shop} tells of ${money.trxId}`, async () => {
      const front = this.machine.front('api-gateway');
      if (front === undefined) return false;
      await front.bus.publish(topics.creditsReceived.name, [message]);
      this.uploaded.push({ rawId, merchantId, money });
      return true;
    });
  }

  /** Tries at `atMs` and again until `attempt` says that it has its answer. */
  private until(atMs: number, name: string, attempt: () => Promise<boolean>): void {
    this.unanswered += 1;
    let isAnswered = false;
    const tryAt = (nextMs: number, count: number): void => {
      if (count > ASKED_MAX) throw new Error(`nobody has answered: ${name}`);
      const act = (): void => {
        if (isAnswered) return;
        attempt().then(
          (answered) => {
            if (!answered || isAnswered) return;
            isAnswered = true;
            this.unanswered -= 1;
          },
          (error: unknown) => this.machine.trace.add(`no answer: ${name}: ${(error as Error).message}`),
        );
        tryAt(this.machine.nowMs + ASKED_AGAIN_AFTER_MS, count + 1);
      };
      this.machine.plan({ atMs: nextMs, name: count === 1 ? name : `${name}, asked again if need be`, act });
    };
    tryAt(atMs, 1);
  }
}

interface Upload {
  readonly shop: number;
  /** Which of the shop's phones. */
  readonly copy: number;
  readonly atMs: number;
}

type WithoutNow<Command> = Command extends unknown ? Omit<Command, 'now'> : never;

/** A bKash receipt as it is worded. */
function bkashSms({ trxId, amountMinor, balanceMinor, printedMinute }: PlannedMoney): string {
  const taka = (minor: number): string =>
    (minor / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const minute = String(printedMinute + 1).padStart(2, '0');
  return (
    `You have received Tk ${taka(amountMinor)} from 01822222222. Fee Tk 0.00. Balance Tk ${taka(balanceMinor)}. ` +
    `TrxID ${trxId} at 14/08/2026 11:${minute}`
  );
}
