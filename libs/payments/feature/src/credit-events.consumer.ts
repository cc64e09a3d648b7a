import {
  contractVersion,
  newId,
  topics,
  type CreditEvent,
  type CreditMatched,
  type MatchRefused,
  type PaymentCommand,
  type PaymentReply,
} from '@paymatch/contracts';
import { MESSAGE_BUS, Refusal, type Message, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { PaymentCommandQueue } from './payment-command.queue.js';
import type { PaymentMeasures } from './payment.measures.js';
import { PAYMENT_COMMAND_QUEUE, PAYMENT_MEASURES } from './tokens.js';

/** What sms-matching found, turned into commands; payments has the last word on each. */
@Controller()
export class CreditEventsConsumer {
  @Inject(PAYMENT_MEASURES) private readonly measures!: PaymentMeasures;
  @Inject(CLOCK) private readonly clock!: Clock;

  constructor(
    @Inject(PAYMENT_COMMAND_QUEUE) private readonly queue: PaymentCommandQueue,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @EventPattern(
    { topic: topics.creditsEvents.name, group: 'payments.credits' },
    { batchSizeMax: 200, from: 'beginning' },
  )
  async handle(@Payload() messages: readonly Message<CreditEvent>[]): Promise<void> {
    const results = await Promise.allSettled(messages.map((message) => this.carryOut(message)));
    const failed = results.find((result) => result.status === 'rejected');
    // Commands are idempotent, so the whole batch may come again.
    if (failed) throw failed.reason;
  }

  private async carryOut(message: Message<CreditEvent>): Promise<void> {
    const command = commandFor(message.data);
    if (!command) return;
    try {
      const reply = await this.queue.send({
        ...message,
        type: command.type,
        dataVersion: contractVersion,
        causationId: message.id,
        data: command,
      });
      this.logger.info('credit decided', {
        paymentId: command.paymentId,
        merchantId: command.merchantId,
        creditId: 'creditId' in command ? command.creditId : undefined,
        command: command.type,
        outcome: reply.outcome,
        status: reply.payment.status,
        reviewReason: reply.payment.reviewReason,
        correlationId: message.correlationId,
        traceparent: message.traceparent,
      });
      if (isMatch(message) && reply.outcome === 'changed' && reply.payment.status === 'completed')
        this.measures.completed(message.data.credit.receivedAt, this.clock.nowMs());
      if (isMatch(message) && !isAnswered(reply, message.data)) await this.refuse(message, silentReason(reply));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (isMatch(message)) await this.refuse(message, error.code.toLowerCase());
      this.logger.warn('credit refused', {
        paymentId: command.paymentId,
        command: command.type,
        code: error.code,
        correlationId: message.correlationId,
        traceparent: message.traceparent,
      });
    }
  }

  private async refuse(message: Message<CreditMatched>, reason: string): Promise<void> {
    const { merchantId, livemode, paymentId, occurredAt, credit } = message.data;
    const { creditId } = credit;
    const data: MatchRefused = {
      type: 'payments.match-refused',
      merchantId,
      livemode,
      paymentId,
      creditId,
      reason,
      occurredAt,
    };
    await this.bus.publish(topics.paymentsRefusals.name, [
      {
        ...message,
        id: newId(),
        type: data.type,
        source: 'payments',
        key: creditId,
        dataVersion: contractVersion,
        causationId: message.id,
        data,
      },
    ]);
  }
}

/** The credit is nobody's then, and sms-matching must hear it: it would wait for an answer that never comes. */
function isMatch(message: Message<CreditEvent>): message is Message<CreditMatched> {
  return message.data.type === 'credits.matched';
}

/** Whether the payment's own facts say what became of the credit. */
function isAnswered({ payment, events }: PaymentReply, { credit }: CreditMatched): boolean {
  return (
    payment.creditId === credit.creditId ||
    events.some((fact) => fact.type === 'payments.review-required' && fact.details['creditId'] === credit.creditId)
  );
}

/** Why nothing was said about the credit: the payment has said the same before, or the money is spent. */
function silentReason({ payment }: PaymentReply): string {
  if (payment.completedAt !== null) return 'already_paid';
  return payment.failureReason === 'duplicate_trx_id'
    ? 'credit_already_used'
    : (payment.reviewReason ?? 'credit_already_used');
}

/** The event's own id is the command's id, so that a redelivered event changes nothing. */
function commandFor(event: CreditEvent): PaymentCommand | null {
  const base = {
    commandId: event.eventId,
    merchantId: event.merchantId,
    livemode: event.livemode,
    now: event.occurredAt,
  };
  switch (event.type) {
    case 'credits.matched': {
      const { paymentId, claimKey, toleranceMinor, decidedBy, credit } = event;
      const { creditId, amountMinor, provider, trxId, senderNumber, walletNumber } = credit;
      const money = { creditId, claimKey, amountMinor, toleranceMinor, provider, trxId, senderNumber, walletNumber };
      return { ...base, type: 'ConfirmCredit', paymentId, ...money, decidedBy };
    }
    case 'credits.needs-review':
      return {
        ...base,
        type: 'RequireReview',
        paymentId: event.paymentId,
        reason: event.reason,
        creditId: event.credit.creditId,
        receivedMinor: event.credit.amountMinor,
      };
    case 'credits.trx-already-used':
      return {
        ...base,
        type: 'FailPayment',
        paymentId: event.paymentId,
        reason: 'duplicate_trx_id',
        trxId: event.trxId,
        decidedBy: null,
      };
    case 'credits.payment-rejected':
      return {
        ...base,
        type: 'FailPayment',
        paymentId: event.paymentId,
        reason: 'rejected_by_admin',
        trxId: null,
        decidedBy: event.actor,
        note: event.reason,
      };
    case 'credits.money-returned':
      return {
        ...base,
        type: 'RecordReturn',
        paymentId: event.paymentId,
        creditId: event.credit.creditId,
        returnId: event.returnId,
        amountMinor: event.amountMinor,
        reason: event.reason,
      };
    case 'credits.message-missing':
      return { ...base, type: 'ReportMissingMessage', paymentId: event.paymentId, trxId: event.trxId };
    case 'credits.review-resolved': {
      const { paymentId, creditId, resolution, actor } = event;
      return { ...base, type: 'ResolveReview', paymentId, creditId, resolution, decidedBy: actor };
    }
    case 'credits.review-case-opened':
    case 'credits.review-case-closed':
      return null;
  }
}
