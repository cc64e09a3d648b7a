import { createHash } from 'node:crypto';
import { faultKinds, type FaultKind, type Target } from './fault-kinds.js';
import { Random } from './random.js';

export interface Fault {
  readonly no: number;
  readonly kind: string;
  readonly part: string;
  /** After the start of the load. */
  readonly atMs: number;
  readonly forMs: number;
  readonly strength: number;
}

/** The first fault, and the last thing before the end: the load has to be there. */
const QUIET_AT_START_MS = 1_500;
/** Between two small faults, on the average; 35 or so a minute. */
const SMALL_EVERY_MS = 1_700;
/** From the end of one breaking fault to the next: what has to come back needs longer the heavier it is. */
const QUIET_MS: Readonly<Record<string, number>> = { kafka: 11_000 };
const QUIET_ELSE_MS = 7_500;
const QUIET_JITTER_MS = 1_500;

/** The faults of a run: they follow from these three values and from nothing else. */
export function schedule(seed: number, durationMs: number, target: Target): readonly Fault[] {
  const random = new Random(seed ^ (target === 'cluster' ? 0x5eed : 0xface));
  const breaking = faultKinds.filter((kind) => kind.isBreaking);
  const small = faultKinds.filter((kind) => !kind.isBreaking);
  const found: Omit<Fault, 'no'>[] = [];
  const add = (kinds: readonly FaultKind[], atMs: number): Omit<Fault, 'no'> => {
    const kind = random.weighted(kinds);
    const fault = {
      kind: kind.name,
      part: random.pick(kind.parts[target]),
      atMs,
      forMs: random.between(...kind.forMs),
      strength: random.between(...kind.strength),
    };
    if (atMs + fault.forMs <= durationMs) found.push(fault);
    return fault;
  };
  for (let atMs = QUIET_AT_START_MS; atMs < durationMs;) {
    const { part, forMs } = add(breaking, atMs);
    atMs += forMs + (QUIET_MS[part] ?? QUIET_ELSE_MS) + random.between(0, QUIET_JITTER_MS);
  }
  for (let atMs = QUIET_AT_START_MS; atMs < durationMs;) {
    add(small, atMs);
    atMs += Math.round(-Math.log(1 - random.next()) * SMALL_EVERY_MS);
  }
  return found.sort((a, b) => a.atMs - b.atMs).map((fault, index) => ({ no: index + 1, ...fault }));
}

/** What two runs can be told to be the same by. */
export function hashOf(faults: readonly Fault[]): string {
  return createHash('sha256').update(JSON.stringify(faults)).digest('hex').slice(0, 16);
}
