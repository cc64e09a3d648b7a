import { isUuid, type MatchRefused } from '@paymatch/contracts';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import { causeOf } from '../slots/match-traces.js';
import type { MatchingWork } from '../slots/matching-work.js';
import { byMerchant } from '../slots/matching-stage.js';
import { settle } from '../slots/settlement.js';
import { giveBack } from '../slots/slot-matching.js';
import type { PaymentEventsOptions } from './payment-events.handler.js';

type Refused = Message<MatchRefused>;

/** Takes payments' word on matches that became no fact: the money is nobody's again, at once, and a person sees it. */
export class MatchRefusalsHandler {
  constructor(private readonly options: PaymentEventsOptions) {}

  /** Idempotent: only money that is offered to that payment at this moment is given back. */
  async handle(messages: readonly Refused[], nowMs: number): Promise<void> {
    messages.forEach(check);
    const groups = byMerchant(messages, ({ data }) => data);
    await this.options.stage.commit(
      groups.map((group) => ({
        kind: 'refusals',
        merchant: group[0]!.data,
        nowMs,
        wanted: { creditIds: group.map(({ data }) => data.creditId) },
        decide: ({ work }) => {
          for (const message of group) {
            work.cause = causeOf(message);
            this.apply(work, message.data);
          }
        },
      })),
    );
  }

  private apply(work: MatchingWork, { merchantId, livemode, paymentId, creditId, reason }: MatchRefused): void {
    const credit = work.credit(creditId);
    if (credit === undefined || credit.merchantId !== merchantId || credit.livemode !== livemode) return;
    if (credit.status !== 'matched' || credit.paymentId !== paymentId) return;
    giveBack(work, credit, { reason, paymentId, actor: 'payments' });
    settle(work, credit, this.options.settings);
  }
}

function check({ data }: Refused): void {
  if (!isUuid(data.creditId) || typeof data.reason !== 'string')
    throw new ContractError('a refused match names its credit and the reason');
}
