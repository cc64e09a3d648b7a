import type { ParkingLot } from '../parking/parking-lot.js';

const NONE: ReadonlySet<string> = new Set();

export interface BlockedKeysOptions {
  readonly parkingLot: ParkingLot;
  readonly group: string;
  readonly topic: string;
  /** How old the knowledge may be; it only decides how soon a replayed key flows without a look at the table. */
  readonly refreshMs: number;
  /** How many keys are kept in memory; beyond it every batch asks the table. */
  readonly keysMax: number;
}

/**
 * Which keys of a topic wait for a parked message, as this consumer knows it: no query while nothing is parked.
 * Only the owner of a key parks its messages, so what is kept here can be wrong in one case: the key came over from
 * another instance. Carriers therefore report every change of ownership (`forget`) before the first batch after it. A
 * key kept although it was replayed meanwhile is harmless: parking behind it is refused by the table, and the message
 * is handled.
 */
export class BlockedKeys {
  private known: Set<string> | 'too many' = new Set();
  private loadedAtMs = Number.NEGATIVE_INFINITY;
  private loading: { readonly done: Promise<void>; readonly added: Set<string> } | undefined;

  constructor(private readonly options: BlockedKeysOptions) {}

  /** Those of `keys` that (probably) wait. */
  async among(keys: () => readonly string[]): Promise<ReadonlySet<string>> {
    while (performance.now() - this.loadedAtMs > this.options.refreshMs) await this.load();
    if (this.known === 'too many') return new Set(await this.options.parkingLot.blockedAmong(this.options, keys()));
    return this.known.size === 0 ? NONE : this.known;
  }

  add(key: string): void {
    this.loading?.added.add(key);
    if (this.known === 'too many') return;
    this.known.add(key);
    if (this.known.size > this.options.keysMax) this.known = 'too many';
  }

  delete(key: string): void {
    if (this.known !== 'too many') this.known.delete(key);
  }

  /** Makes the next batch look at the table. */
  forget(): void {
    this.loading = undefined;
    this.loadedAtMs = Number.NEGATIVE_INFINITY;
  }

  private load(): Promise<void> {
    // Partitions of one topic run side by side and share one look at the table.
    if (this.loading !== undefined) return this.loading.done;
    const added = new Set<string>();
    const done = this.read(added);
    this.loading = { added, done };
    return done;
  }

  private async read(added: ReadonlySet<string>): Promise<void> {
    const isCurrent = (): boolean => this.loading?.added === added;
    const startedAtMs = performance.now();
    try {
      const keys = await this.options.parkingLot.blockedKeys(this.options, this.options.keysMax + 1);
      // Ownership changed while the query ran: what it saw may be too old.
      if (!isCurrent()) return;
      this.known = keys.length + added.size > this.options.keysMax ? 'too many' : new Set([...keys, ...added]);
      this.loadedAtMs = startedAtMs;
    } finally {
      if (isCurrent()) this.loading = undefined;
    }
  }
}
