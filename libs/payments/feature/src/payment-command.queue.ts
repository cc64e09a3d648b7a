import { isUuid, type PaymentReply } from '@paymatch/contracts';
import { GroupCommit, GroupCommitClosed, GroupCommitFull } from '@paymatch/platform-batching';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import { PaymentCommandHandler } from './payment-command.handler.js';
import type { PaymentMeasures } from './payment.measures.js';
import type { CommandMessage } from './payment-unit-of-work.js';

export interface PaymentCommandQueueOptions {
  readonly handler: PaymentCommandHandler;
  readonly batchSizeMax: number;
  readonly concurrencyMax: number;
  /** Called after each commit: the relay may publish. */
  readonly onCommitted: () => void;
  readonly measures?: PaymentMeasures;
}

/** Every payment command goes through here: commands that arrive together commit together. */
export class PaymentCommandQueue {
  private readonly groupCommit: GroupCommit<CommandMessage, PaymentReply>;

  constructor(options: PaymentCommandQueueOptions) {
    this.groupCommit = new GroupCommit({
      batchSizeMax: options.batchSizeMax,
      concurrencyMax: options.concurrencyMax,
      streamOf: (message) => message.data.paymentId,
      commitBatch: async (messages) => {
        const results = await options.handler.commitBatch(messages);
        options.onCommitted();
        options.measures?.batch(messages, results);
        return results;
      },
    });
    options.measures?.watchQueue(() => this.groupCommit.depth);
  }

  /**
   * Resolves after the command's events are committed. Rejects with `Refusal`, `RequestUnavailable` (too many wait), or
   * a fault.
   */
  async send(message: CommandMessage): Promise<PaymentReply> {
    const { paymentId, merchantId, commandId } = message.data;
    // The store could not even be asked about such ids, and the rest of the batch would fail with them.
    if (!isUuid(paymentId) || !isUuid(merchantId) || !isUuid(commandId))
      throw new Refusal('INVALID_COMMAND', { reason: 'payment, merchant and command ids must be UUIDs' });
    try {
      return await this.groupCommit.submit(message);
    } catch (error) {
      if (error instanceof GroupCommitFull || error instanceof GroupCommitClosed)
        throw new RequestUnavailable(error.message, 1, { cause: error });
      throw error;
    }
  }

  /** Refuses new commands; resolves when every accepted one has its answer. */
  close(): Promise<void> {
    return this.groupCommit.close();
  }
}
