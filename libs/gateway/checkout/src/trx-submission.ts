import { Inject, Injectable } from '@nestjs/common';
import type { PaymentRefusalCode, PaymentSnapshot } from '@paymatch/contracts';
import type { Wallet } from '@paymatch/gateway-receiving';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import { testTrxIds } from '@paymatch/vocabulary';
import { CheckoutDesk, type PageChoice } from './checkout.desk.js';
import { CheckoutProblem } from './checkout-problem.js';
import type { PageAnswer } from './page-reply.js';
import { isOpen } from './payment-phase.js';
import { providerOf } from './providers.js';
import { readSenderNumber, readTrxId } from './trx-id.js';
import type { Visitor } from './visitor.js';
import { paymentView } from './views/payment.view.js';
import { emptyDraft } from './views/page-context.js';

export interface TrxForm {
  readonly walletId: string;
  readonly trxId: string;
  readonly senderNumber: string;
}

/** `see_other`: the payment's own page says the rest. Otherwise the page to answer with. */
export type SubmissionAnswer = 'see_other' | PageAnswer;

interface Target {
  readonly provider: string;
  readonly number: string;
}
interface Submission {
  readonly payment: PaymentSnapshot;
  readonly visitor: Visitor;
  readonly choice: PageChoice;
}

/** What the customer sees when payments refuses a TrxID; the compiler wants a line for every code. */
const refusalAnswers: Readonly<
  Record<PaymentRefusalCode, 'closed' | 'expired' | 'exhausted' | 'not_found' | 'refused'>
> = {
  PAYMENT_NOT_FOUND: 'not_found',
  PAYMENT_CLOSED: 'closed',
  PAYMENT_EXPIRED: 'expired',
  TRX_ATTEMPTS_EXHAUSTED: 'exhausted',
  INVALID_COMMAND: 'refused',
  CREDIT_ALREADY_USED: 'refused',
  PAYMENT_NOT_REFUNDABLE: 'refused',
  REFUND_EXCEEDS_REMAINING: 'refused',
  LIVE_PAYMENT_CANNOT_BE_SIMULATED: 'refused',
};

/**
 * Takes a TrxID from a customer. The answer never depends on whether that TrxID exists or was used: it is checked for
 * its shape, handed to payments, and what became of it shows on the payment's page alone.
 */
@Injectable()
export class TrxSubmission {
  constructor(@Inject(CheckoutDesk) private readonly desk: CheckoutDesk) {}

  async submit(payment: PaymentSnapshot, form: TrxForm, visitor: Visitor): Promise<SubmissionAnswer> {
    const wallets = await this.desk.activeWallets(payment, form.walletId);
    const target = receivingWallet(payment, form, wallets);
    if (target === null) return this.page({ payment, visitor, choice: { notice: 'noticeWalletGone' } }, 409);
    const provider = providerOf(target.provider);
    const { trxId, problem } = readTrxId(provider, form.trxId);
    const { senderNumber, isWrong } = readSenderNumber(provider, form.senderNumber);
    const draft = { trxId, senderNumber: senderNumber ?? '', trxProblem: problem, isSenderWrong: isWrong };
    const choice: PageChoice = { walletId: form.walletId, isRetyping: payment.status !== 'pending', draft };
    if (problem !== null || isWrong) return this.page({ payment, visitor, choice }, 422);
    try {
      await this.desk.send(payment, {
        type: 'SubmitTrx',
        provider: target.provider,
        trxId,
        senderNumber,
        walletNumber: target.number,
      });
      // To live payments these are TrxIDs like any other.
      const outcome = payment.livemode ? undefined : testTrxIds[trxId];
      if (outcome !== undefined) await this.desk.send(payment, { type: 'SimulateOutcome', outcome });
      return 'see_other';
    } catch (error) {
      if (error instanceof Refusal) return this.refused({ payment, visitor, choice }, error);
      if (!(error instanceof RequestUnavailable)) throw error;
      const page = await this.page({ payment, visitor, choice: { ...choice, notice: 'noticeUnavailable' } }, 503);
      return { ...page, retryAfterSeconds: error.retryAfterSeconds };
    }
  }

  private async refused(submission: Submission, refusal: Refusal): Promise<SubmissionAnswer> {
    const { payment, visitor, choice } = submission;
    const answer = refusalAnswers[refusal.code as PaymentRefusalCode] as
      (typeof refusalAnswers)[PaymentRefusalCode] | undefined;
    switch (answer) {
      case 'not_found':
        throw new CheckoutProblem('not_found');
      case 'exhausted':
        return this.page({ payment, visitor, choice: { notice: 'noticeAttempts' } }, 409);
      case 'expired':
        // Payments' clock decides, also when ours is a moment behind.
        return this.page({ payment: { ...payment, status: 'expired' }, visitor, choice: {} }, 409);
      case 'closed': {
        const current = await this.desk.find(this.desk.ulidOf(payment));
        if (!isOpen(current.status)) return 'see_other';
        return this.page(
          { payment: current, visitor, choice: { ...choice, draft: emptyDraft, notice: 'noticeClosed' } },
          409,
        );
      }
      case 'refused':
        return this.page({ payment, visitor, choice: { ...choice, notice: 'noticeRefused' } }, 422);
      case undefined:
        throw new Error(`payments refused a TrxID with a code nobody knows: ${refusal.code}`, { cause: refusal });
    }
  }

  private async page(submission: Submission, status: number): Promise<PageAnswer> {
    const page = await this.desk.layOut(submission.payment, submission.visitor, submission.choice);
    const view = paymentView(page);
    if (view === null) throw new CheckoutProblem('other_method');
    return { status, page: view };
  }
}

/**
 * The wallet the form names; when a waiting customer only corrects the TrxID, the one they named before, even if it was
 * closed since.
 */
function receivingWallet(payment: PaymentSnapshot, form: TrxForm, wallets: readonly Wallet[]): Target | null {
  if (form.walletId !== '') return wallets.find((wallet) => wallet.id === form.walletId) ?? null;
  if (payment.provider === null || payment.walletNumber === null) return null;
  return { provider: payment.provider, number: payment.walletNumber };
}
