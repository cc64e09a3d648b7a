import { Inject, Injectable } from '@nestjs/common';
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
  ) {
    this.limiter = new SubmissionLimiter({
      ...defaultSubmissionLimits,
      perPaymentMax: options.trxPerPaymentMax ?? defaultSubmissionLimits.perPaymentMax,
      perAddressMax: options.trxPerAddressMax ?? defaultSubmissionLimits.perAddressMax,
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

  /** Throws `too_many_submissions`. Counted before the payment is looked up, so that guessing addresses is slowed as well. */
  countSubmission(request: FastifyRequest, ulid: string): void {
    const waitSeconds = this.limiter.take(ulid.slice(0, 26).toLowerCase(), request.ip, this.surroundings.clock.nowMs());
    if (waitSeconds > 0) throw new CheckoutProblem('too_many_submissions', waitSeconds);
  }
}
