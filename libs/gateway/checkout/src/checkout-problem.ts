export type ProblemCode = 'not_found' | 'other_site' | 'too_many_submissions' | 'too_many_streams' | 'other_method';

/** A request the checkout answers with a page of its own instead of the payment's. */
export class CheckoutProblem extends Error {
  override readonly name = 'CheckoutProblem';
  constructor(
    readonly code: ProblemCode,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(code);
  }
}
