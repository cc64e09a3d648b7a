import type { ProcessStanding } from '@paymatch/contracts';

/** Whoever has been silent for so long is not there. */
const SILENT_MS = 60_000;
const BACKUP_OLD_MS = 26 * 3_600_000;

export interface MadeBackup {
  readonly folder: string;
  readonly at: string;
  readonly endedAt: string;
  readonly verifiedAt?: string;
  readonly bytes: number;
  readonly major: string;
}

export interface Lag {
  readonly kind: 'consumer' | 'relay';
  readonly name: string;
  readonly rows: number;
  readonly seconds: number | null;
}

export interface Parked {
  readonly group: string;
  readonly count: number;
}

export function isSpeaking({ at }: ProcessStanding, nowMs: number): boolean {
  return nowMs - Date.parse(at) < SILENT_MS;
}

/** What is to be said of the backups that were made, newest first. */
export function backupAdvice([newest]: readonly MadeBackup[], nowMs: number): 'make' | 'old' | 'ok' {
  if (newest === undefined) return 'make';
  return nowMs - Date.parse(newest.at) > BACKUP_OLD_MS ? 'old' : 'ok';
}

export function figuresOf(standings: readonly ProcessStanding[], name: string): ProcessStanding['figures'] {
  return standings.flatMap(({ figures }) => figures.filter((figure) => figure.name === name));
}

/** The same figure of two processes is one figure: both looked at the same place. */
function largest(figures: ProcessStanding['figures']): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { labels, value } of figures) {
    const name = Object.values(labels).join(' ');
    found.set(name, Math.max(found.get(name) ?? 0, value));
  }
  return found;
}

export function lagsOf(standings: readonly ProcessStanding[]): readonly Lag[] {
  const seconds = largest(figuresOf(standings, 'paymatch_relay_lag_seconds'));
  return [
    ...[...largest(figuresOf(standings, 'paymatch_consumer_lag_messages'))].map(([name, rows]): Lag => ({
      kind: 'consumer',
      name,
      rows,
      seconds: null,
    })),
    ...[...largest(figuresOf(standings, 'paymatch_relay_lag_rows'))].map(([name, rows]): Lag => ({
      kind: 'relay',
      name,
      rows,
      seconds: seconds.get(name) ?? null,
    })),
  ];
}

export function parkedOf(standings: readonly ProcessStanding[]): readonly Parked[] {
  return [...largest(figuresOf(standings, 'paymatch_parked_messages'))].map(([group, count]) => ({ group, count }));
}
