/** Where a running part says what keeps this process from doing its work. */
export interface Readiness {
  /** A check gives one line for each problem; asked at every look, so it only reads what is known. */
  addReadinessCheck(check: () => readonly string[]): void;
}
