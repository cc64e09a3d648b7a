/**
 * Data of a message on `processes.standing`, keyed by the instance: how one process stands, every few seconds. Whoever
 * has not said so for a minute is gone or in trouble.
 */
export interface ProcessStanding {
  readonly type: 'processes.standing';
  /** Process, host and process id. */
  readonly instance: string;
  /** The services that run in it. */
  readonly services: readonly string[];
  readonly version: string;
  /** When it was started. */
  readonly since: string;
  readonly at: string;
  readonly ready: boolean;
  /** Why it is not ready. */
  readonly problems: readonly string[];
  /** Some of what `/metrics` has. */
  readonly figures: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}
