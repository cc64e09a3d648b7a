import {
  callbackSigner,
  examplePayment,
  newId,
  topics,
  type CreatePayment,
  type PaymentEventData,
  type PaymentReply,
  type PaymentSnapshot,
  type WebhookSecretView,
  webhookSecretPurpose,
} from '@paymatch/contracts';
import { TextSealer } from '@paymatch/platform-secrets';
import { RequestUnavailable, type Message, type MessageBus } from '@paymatch/platform-messaging';

/** Speaks the bus's port and answers from memory, as payments and webhook-dispatch would. */
export class BusDouble implements MessageBus {
  private readonly sealer = new TextSealer('a secret of at least thirty-two characters', webhookSecretPurpose);
  readonly commands: CreatePayment[] = [];
  readonly published: { readonly topic: string; readonly message: Message }[] = [];
  /** What the next requests and messages meet. */
  failure: Error | null = null;
  private readonly payments = new Map<string, PaymentSnapshot>();

  publish(topic: string, messages: readonly Message[]): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    this.published.push(...messages.map((message) => ({ topic, message })));
    return Promise.resolve();
  }

  async request<Reply>(topic: string, command: Message): Promise<Reply> {
    if (this.failure !== null) throw this.failure;
    if (topic === topics.webhooksCommands.name) return this.callbackSecret(command) as Reply;
    const data = command.data as CreatePayment;
    if (topic !== topics.paymentsCommands.name || data.type !== 'CreatePayment')
      throw new RequestUnavailable(`nobody handles ${command.type} on ${topic} here`);
    this.commands.push(data);
    return this.create(data) as Reply;
  }

  /** As if the sweep, the matcher or a person had done it. */
  move(paymentId: string, change: Partial<PaymentSnapshot>): PaymentEventData {
    return this.store({ ...this.payments.get(paymentId)!, ...change }, 'payments.payment-completed');
  }

  private callbackSecret(command: Message): WebhookSecretView {
    const signer = callbackSigner(command.data as { readonly merchantId: string; readonly livemode: boolean });
    return { signer, sealed: this.sealer.seal(`whsec_of_${signer}`, signer).toString('base64') };
  }

  private create(command: CreatePayment): PaymentReply {
    const { type: _type, commandId: _commandId, paymentId, now, invoiceIsUsedOnce, ...facts } = command;
    const holder = [...this.payments.values()].find(
      (payment) =>
        payment.merchantId === command.merchantId &&
        payment.livemode === command.livemode &&
        payment.invoiceId === command.invoiceId,
    );
    if (holder !== undefined && invoiceIsUsedOnce) return { outcome: 'existing', payment: holder, events: [] };
    const payment = examplePayment({ ...facts, id: paymentId, version: 0 }, Date.parse(now));
    const event = this.store(payment, 'payments.payment-created');
    return { outcome: 'created', payment: event.payment, events: [event] };
  }

  private store(payment: PaymentSnapshot, type: PaymentEventData['type']): PaymentEventData {
    const next = { ...payment, version: payment.version + 1 };
    this.payments.set(payment.id, next);
    return { type, eventId: newId(), details: {}, payment: next };
  }
}
