import { contractVersion, topics, type CreditEvent, type PaymentCommand } from '@paymatch/contracts';
import { Refusal, type Message } from '@paymatch/platform-messaging';
import { LOGGER, type Logger } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { PaymentCommandQueue } from './payment-command.queue.js';
import { PAYMENT_COMMAND_QUEUE } from './tokens.js';

/** What sms-matching found, turned into commands; payments has the last word on each. */
@Controller()
export class CreditEventsConsumer {
  constructor(
    @Inject(PAYMENT_COMMAND_QUEUE) private readonly queue: PaymentCommandQueue,
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
        command: command.type,
        outcome: reply.outcome,
        status: reply.payment.status,
        reviewReason: reply.payment.reviewReason,
        correlationId: message.correlationId,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The case stays open in sms-matching, since no payment took the credit.
      this.logger.warn('credit refused', {
        paymentId: command.paymentId,
        command: command.type,
        code: error.code,
        correlationId: message.correlationId,
      });
    }
  }
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
      const { credit } = event;
      return {
        ...base,
        type: 'ConfirmCredit',
        paymentId: event.paymentId,
        creditId: credit.creditId,
        claimKey: event.claimKey,
        amountMinor: credit.amountMinor,
        toleranceMinor: event.toleranceMinor,
        provider: credit.provider,
        trxId: credit.trxId,
        senderNumber: credit.senderNumber,
        walletNumber: credit.walletNumber,
        decidedBy: event.decidedBy,
      };
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
    case 'credits.credit-received':
    case 'credits.review-case-opened':
    case 'credits.review-case-closed':
      return null;
  }
}
