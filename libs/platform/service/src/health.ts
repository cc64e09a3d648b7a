import type { Readiness } from '@paymatch/platform-observability';

const STOPPING = 'stopping';

/**
 * Whether this process may be given work, and whether it should be ended. Answered at `/health/ready` and
 * `/health/live`.
 */
export class Health implements Readiness {
  private readyProblem: string | null = 'starting';
  private readonly readinessChecks: (() => readonly string[])[] = [];
  private readonly livenessChecks: (() => readonly string[])[] = [];

  markReady(): void {
    this.readyProblem = null;
  }

  markNotReady(reason: string): void {
    this.readyProblem = reason;
  }

  markStopping(): void {
    this.readyProblem = STOPPING;
  }

  get isStopping(): boolean {
    return this.readyProblem === STOPPING;
  }

  /**
   * Requests are served from the moment everything runs until the socket closes, also while others are told not to send
   * more.
   */
  get hasStarted(): boolean {
    return this.readyProblem !== 'starting';
  }

  /** A check returns one line per problem; liveness means progress, not merely being there. */
  addLivenessCheck(check: () => readonly string[]): void {
    this.livenessChecks.push(check);
  }

  /** What keeps work from being done now, but passes by itself. */
  addReadinessCheck(check: () => readonly string[]): void {
    this.readinessChecks.push(check);
  }

  ready(): { readonly status: 'ok' | 'unavailable'; readonly problems: readonly string[] } {
    const checks = [...this.readinessChecks, ...this.livenessChecks];
    const problems =
      this.readyProblem === null ? [...new Set(checks.flatMap((check) => check()))] : [this.readyProblem];
    return { status: problems.length === 0 ? 'ok' : 'unavailable', problems };
  }

  live(): { readonly status: 'ok' | 'unavailable'; readonly problems: readonly string[] } {
    const problems = this.livenessChecks.flatMap((check) => check());
    return { status: problems.length === 0 ? 'ok' : 'unavailable', problems };
  }
}
