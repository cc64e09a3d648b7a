export interface RunnerSettings {
  /** How often one message is tried before it is parked. */
  readonly attemptsMax: number;
  /** Wait before the second attempt; each further one is three times as long. */
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  /** Longest wait between two looks at a database or broker that is away. */
  readonly unreachableWaitMaxMs: number;
  readonly blockedRefreshMs: number;
  readonly blockedKeysMax: number;
  /**
   * How long PostgreSQL may refuse one message (a lock, a right, a column) before it is parked: while others succeed,
   * and while none does.
   */
  readonly refusedAloneMs: number;
  readonly refusedUnclearMs: number;
  /** How long a fault of ours that all keys meet holds the consumer before their messages are parked after all. */
  readonly alikeHoldMs: number;
}

export const defaultRunnerSettings: RunnerSettings = {
  attemptsMax: 5,
  backoffFirstMs: 100,
  backoffMaxMs: 3_000,
  unreachableWaitMaxMs: 1_000,
  blockedRefreshMs: 5_000,
  blockedKeysMax: 10_000,
  refusedAloneMs: 10_000,
  refusedUnclearMs: 60_000,
  alikeHoldMs: 300_000,
};
