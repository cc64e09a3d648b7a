const SIZE_MAX = 50_000;

/**
 * Which version of a payment this process wrote last. It saves work when the broker's copy of a fact comes by; nothing
 * is decided by it: what it has forgotten is written again, and changes nothing.
 */
export class RecentVersions {
  private readonly versions = new Map<string, number>();

  /** 0 when not known. */
  versionOf(paymentId: string): number {
    return this.versions.get(paymentId) ?? 0;
  }

  forgetAll(): void {
    this.versions.clear();
  }

  remember(paymentId: string, version: number): void {
    const known = this.versions.get(paymentId);
    if (known !== undefined && known >= version) return;
    this.versions.delete(paymentId);
    if (this.versions.size >= SIZE_MAX) this.versions.delete(this.versions.keys().next().value!);
    this.versions.set(paymentId, version);
  }
}
