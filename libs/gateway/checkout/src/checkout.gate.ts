import { Inject, Injectable } from '@nestjs/common';
import type { PaymentSnapshot } from '@paymatch/contracts';
import { VISITOR_LIMITER, type VisitorLimiter } from '@paymatch/gateway-access';
import { clientAddress } from '@paymatch/gateway-edge';
import type { FastifyRequest } from 'fastify';
import {
  CHECKOUT_OPTIONS,
  CHECKOUT_SURROUNDINGS,
  type CheckoutOptions,
  type CheckoutSurroundings,
} from './checkout.options.js';
import { CheckoutProblem } from './checkout-problem.js';
import { FORM_TOKEN_FIELD, isOwnForm } from './form-guard.js';
import { defaultSubmissionLimits, SubmissionLimiter } from './submission-limiter.js';
import { formField, readVisitor, type Visitor } from './visitor.js';

/** Who may come in: forms from our own pages only, and not too many TrxIDs a minute. */
@Injectable()
export class CheckoutGate {
  private readonly limiter: SubmissionLimiter;

  constructor(
    @Inject(CHECKOUT_OPTIONS) private readonly options: CheckoutOptions,
    @Inject(CHECKOUT_SURROUNDINGS) private readonly surroundings: CheckoutSurroundings,
    @Inject(VISITOR_LIMITER) limiter: VisitorLimiter,
  ) {
    this.limiter = new SubmissionLimiter(limiter, {
      perPaymentMax: options.trxPerPaymentMax ?? defaultSubmissionLimits.perPaymentMax,
      perAddressMax: options.trxPerAddressMax ?? defaultSubmissionLimits.perAddressMax,
      linkOrdersPerAddressMax: options.linkOrdersPerAddressMax ?? defaultSubmissionLimits.linkOrdersPerAddressMax,
    });
  }

  visitor(request: FastifyRequest): Visitor {
    return readVisitor(request, this.options);
  }

  /** Throws `other_site` for a form that another site may have sent. */
  formVisitor(request: FastifyRequest): Visitor {
    const visitor = this.visitor(request);
    if (!isOwnForm(request, visitor.cookieToken, formField(request.body, FORM_TOKEN_FIELD)))
      throw new CheckoutProblem('other_site');
    return visitor;
  }

  /**
   * Throws `too_many_submissions`. Counted before the payment is looked up, so that guessing addresses is slowed as
   * well.
   */
  async countFromAddress(request: FastifyRequest): Promise<void> {
    refuseFor(await this.limiter.fromAddress(clientAddress(request), this.surroundings.clock.nowMs()));
  }

  /** Throws `too_many_submissions`. */
  async countLinkOrder(request: FastifyRequest): Promise<void> {
    refuseFor(await this.limiter.linkOrder(clientAddress(request), this.surroundings.clock.nowMs()));
  }

  /** Throws `too_many_submissions`. */
  async countForPayment(payment: PaymentSnapshot): Promise<void> {
    refuseFor(await this.limiter.forPayment(payment.id, this.surroundings.clock.nowMs()));
  }
}

function refuseFor(waitSeconds: number): void {
  if (waitSeconds > 0) throw new CheckoutProblem('too_many_submissions', waitSeconds);
}
