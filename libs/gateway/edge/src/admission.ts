export type AdmissionProblem =
  'unauthenticated' | 'suspended' | 'rate_limited' | 'origin_not_allowed' | 'ability_missing';

/** A request that may not come in; each face says it in its own words. */
export class AdmissionRefused extends Error {
  override readonly name = 'AdmissionRefused';
  constructor(
    readonly problem: AdmissionProblem,
    message: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}
