/** Notes since when, and why, something that ought to go on does not. */
export class Standstill {
  private standing: { readonly sinceMs: number; readonly reason: string } | undefined;

  /** Goes on, or has nothing to do. */
  end(): void {
    this.standing = undefined;
  }

  /** Stands still; it counts from the first time that is said, with the reason said last. */
  begin(reason: string): void {
    this.standing = { sinceMs: this.standing?.sinceMs ?? performance.now(), reason };
  }

  /** Empty, or the one line that says so once it has lasted so long. */
  problems(what: string, afterMs: number): readonly string[] {
    if (this.standing === undefined) return [];
    const forMs = performance.now() - this.standing.sinceMs;
    return forMs < afterMs
      ? []
      : [`${what} has stood still for ${Math.floor(forMs / 1_000)} s: ${this.standing.reason}`];
  }
}
