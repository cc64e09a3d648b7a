import {
  examplePayment,
  newId,
  type CreatePayment,
  type PaymentCommand,
  type PaymentEventData,
  type PaymentReply,
  type PaymentSnapshot,
  type RecordRefund,
  type SimulateOutcome,
} from '@paymatch/contracts';
import { Refusal, RequestUnavailable, type Message, type MessageBus } from '@paymatch/platform-messaging';

/** Speaks the bus's port and answers payment commands from memory, as the payments service would. */
export class PaymentsDouble implements MessageBus {
  readonly commands: PaymentCommand[] = [];
  /** What the next requests meet instead of an answer. */
  failure: Error | null = null;
  /** The next command is carried out, but its answer is lost on the way back. */
  losesNextAnswer = false;
  private refunds = 0;
  private readonly payments = new Map<string, PaymentSnapshot>();
  private readonly replies = new Map<string, PaymentSnapshot>();

  readonly published: { readonly topic: string; readonly message: Message }[] = [];

  publish(topic: string, messages: readonly Message[]): Promise<void> {
    this.published.push(...messages.map((message) => ({ topic, message })));
    return Promise.resolve();
  }

  async request<Reply>(_topic: string, command: Message): Promise<Reply> {
    if (this.failure !== null) throw this.failure;
    const data = command.data as PaymentCommand;
    this.commands.push(data);
    const reply = this.answer(data) as Reply;
    if (!this.losesNextAnswer) return reply;
    this.losesNextAnswer = false;
    throw new RequestUnavailable('no answer in time');
  }

  /** As if the sweep, the matcher or a person had done it. */
  move(paymentId: string, change: Partial<PaymentSnapshot>): PaymentEventData {
    return this.store({ ...this.payments.get(paymentId)!, ...change }, 'payments.payment-completed');
  }

  private answer(command: PaymentCommand): PaymentReply {
    const repeated = this.replies.get(command.commandId);
    if (repeated !== undefined) return { outcome: 'unchanged', payment: this.payments.get(repeated.id)!, events: [] };
    const reply =
      command.type === 'CreatePayment'
        ? this.create(command)
        : command.type === 'RecordRefund'
          ? this.refund(command)
          : command.type === 'SimulateOutcome'
            ? this.simulate(command)
            : null;
    if (reply === null) throw new RequestUnavailable(`nobody handles ${command.type} here`);
    this.replies.set(command.commandId, reply.payment);
    return reply;
  }

  private create(command: CreatePayment): PaymentReply {
    const { type: _type, commandId: _commandId, paymentId, now, invoiceIsUsedOnce: _once, ...facts } = command;
    const holder = [...this.payments.values()].find(
      (payment) =>
        payment.merchantId === command.merchantId &&
        payment.livemode === command.livemode &&
        command.invoiceId !== null &&
        payment.invoiceId === command.invoiceId &&
        !['failed', 'expired', 'refunded'].includes(payment.status),
    );
    if (holder !== undefined) return { outcome: 'existing', payment: holder, events: [] };
    const payment = examplePayment({ ...facts, id: paymentId, version: 0 }, Date.parse(now));
    const event = this.store(payment, 'payments.payment-created');
    return { outcome: 'created', payment: event.payment, events: [event] };
  }

  private refund(command: RecordRefund): PaymentReply {
    const payment = this.payments.get(command.paymentId);
    if (payment === undefined || payment.merchantId !== command.merchantId) throw new Refusal('PAYMENT_NOT_FOUND');
    if (payment.status !== 'completed' && payment.status !== 'partially_refunded')
      throw new Refusal('PAYMENT_NOT_REFUNDABLE');
    const remaining = payment.amountMinor - payment.refundedMinor;
    const amountMinor = command.amountMinor ?? remaining;
    if (amountMinor > remaining) throw new Refusal('REFUND_EXCEEDS_REMAINING');
    const event = this.store(
      {
        ...payment,
        refundedMinor: payment.refundedMinor + amountMinor,
        status: amountMinor === remaining ? 'refunded' : 'partially_refunded',
      },
      'payments.refund-recorded',
      { at: command.now, refundId: (this.refunds += 1), amountMinor, source: command.source },
    );
    return { outcome: 'changed', payment: event.payment, events: [event] };
  }

  private simulate(command: SimulateOutcome): PaymentReply {
    const payment = this.payments.get(command.paymentId);
    if (payment === undefined || payment.merchantId !== command.merchantId) throw new Refusal('PAYMENT_NOT_FOUND');
    if (payment.status !== 'pending' && payment.status !== 'awaiting_verification') throw new Refusal('PAYMENT_CLOSED');
    const change: Partial<PaymentSnapshot> =
      command.outcome === 'review'
        ? { reviewReason: 'amount_mismatch', receivedMinor: payment.amountMinor - 1 }
        : { status: ({ complete: 'completed', fail: 'failed', expire: 'expired' } as const)[command.outcome] };
    const event = this.store({ ...payment, ...change }, 'payments.payment-completed');
    return { outcome: 'changed', payment: event.payment, events: [event] };
  }

  private store(
    payment: PaymentSnapshot,
    type: PaymentEventData['type'],
    details: PaymentEventData['details'] = {},
  ): PaymentEventData {
    const next = { ...payment, version: payment.version + 1 };
    this.payments.set(payment.id, next);
    return { type, eventId: newId(), details, payment: next };
  }
}
