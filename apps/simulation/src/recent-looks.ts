import type { QueryConfig, QueryResult } from 'pg';
import type { Session } from './connections.js';
import { LEASES, type StatementWords, type Vocabulary } from './statement-words.js';

interface Look {
  readonly result: QueryResult;
  /** When it was asked, counted in changes. */
  readonly at: number;
}

/**
 * What looks have seen since anything they look at was changed in this schedule: the database would answer the very
 * same, and most of what services ask is whether there is something new. Within a transaction it is always asked.
 */
export class RecentLooks {
  private readonly looks = new Map<string, Look>();
  private readonly changedAt = new Map<string, number>();
  private changes = 0;

  constructor(private readonly vocabulary: Vocabulary) {}

  /** The answer, if it is known. */
  answerTo(session: Session, query: QueryConfig): QueryResult | undefined {
    const words = this.vocabulary.wordsOf(query);
    if (words.transaction !== null) return this.turnTransaction(words.transaction, session, query);
    if (session.changing !== null && session.changing.size > 0) return undefined;
    const look = this.looks.get(this.keyOf(words, session, query));
    if (look === undefined || this.lastChange(words, query) > look.at) return undefined;
    if (words.kind === 'constant') return look.result;
    return { ...look.result, rows: look.result.rows.map((row: object) => ({ ...row })) };
  }

  /** A transaction begins with its first statement that is carried out; without one there is nothing to be ended. */
  private turnTransaction(turn: 'begins' | 'ends', session: Session, query: QueryConfig): QueryResult | undefined {
    if (turn === 'ends' && session.opening === null) return undefined;
    session.opening = turn === 'begins' ? query : null;
    session.changing = turn === 'begins' ? new Set() : null;
    return { command: query.text, rowCount: null as unknown as number, oid: 0, fields: [], rows: [] };
  }

  /** Keeps what a statement has seen, or forgets what it has changed; `null`: it was refused. */
  noteAnswer(session: Session, query: QueryConfig, result: QueryResult | null): void {
    const words = this.vocabulary.wordsOf(query);
    session.hasLeases ||= words.takesLease;
    if (words.transaction === 'ends') {
      this.change(session.changing ?? []);
      session.changing = null;
    } else if (result !== null && this.isLook(words, result)) {
      if (session.changing === null || session.changing.size === 0)
        this.looks.set(this.keyOf(words, session, query), { result, at: this.changes });
    } else if (result === null || result.rowCount !== 0 || !words.isIdleWithoutRows) {
      const changed = words.places.flatMap((place) => changedPlaces(place, query));
      this.change(changed);
      for (const place of changed) session.changing?.add(place);
    }
  }

  /** What the session was in the middle of has not happened, and its leases are free. */
  noteEnd(session: Session): void {
    this.change([...(session.changing ?? []), ...(session.hasLeases ? [`${LEASES} *`] : [])]);
  }

  private isLook(words: StatementWords, { rows, rowCount }: QueryResult): boolean {
    if (words.kind === 'constant') return true;
    if (words.takesLease) return (rows[0] as { taken?: boolean } | undefined)?.taken === false;
    if (words.kind === 'change') return rowCount === 0 && this.isVain(words);
    if (!words.seesOpenTransactions) return true;
    // Whatever is open: there is nothing it could hide.
    return (rows as { is_more_hidden?: boolean; xid?: string | null }[]).every(
      ({ is_more_hidden: isMoreHidden, xid }) => isMoreHidden === false && xid === null,
    );
  }

  private change(places: Iterable<string>): void {
    this.changes += 1;
    for (const place of places) this.changedAt.set(place, this.changes);
  }

  private lastChange({ places }: StatementWords, query: QueryConfig): number {
    return places
      .flatMap((place) => seenPlaces(place, query))
      .reduce((last, place) => Math.max(last, this.changedAt.get(place) ?? 0), 0);
  }

  private isVain({ finds }: StatementWords): boolean {
    return (
      finds !== null && finds.every((place) => this.vocabulary.beginsEmpty(place) && !this.changedAt.has(`${place} *`))
    );
  }

  /** Who holds a lease gets another answer than who does not; where there is nothing, everybody finds nothing. */
  private keyOf(words: StatementWords, { pid }: Session, { text, values }: QueryConfig): string {
    if (values === undefined || this.isVain(words)) return text;
    return `${words.takesLease ? pid : ''} ${text}\n${JSON.stringify(values)}`;
  }
}

/** Which rows a statement names, of tables that nearly every statement reads or changes; `null`: it may be any. */
function rowsNamedIn(place: string, { text, values = [] }: QueryConfig): readonly string[] | null {
  const named =
    place === 'bus.log'
      ? text.startsWith('INSERT INTO bus.log')
        ? values[0]
        : text.includes('log.topic = $5')
          ? values[4]
          : undefined
      : place.endsWith('.reader_checkpoints') && /^(INSERT|.*\breader = \$1|WITH reached)/s.test(text.trim())
        ? values[0]
        : undefined;
  if (Array.isArray(named)) return named as string[];
  if (typeof named !== 'string') return null;
  return named.startsWith('{') ? named.slice(1, -1).replaceAll('"', '').split(',') : [named];
}

/** `place` itself stands for all its rows, `place *` for any of them. */
function changedPlaces(place: string, query: QueryConfig): readonly string[] {
  const rows = rowsNamedIn(place, query);
  return rows === null ? [place, `${place} *`] : [...rows.map((row) => `${place} ${row}`), `${place} *`];
}

function seenPlaces(place: string, query: QueryConfig): readonly string[] {
  const rows = rowsNamedIn(place, query);
  return rows === null ? [`${place} *`] : [...rows.map((row) => `${place} ${row}`), place];
}
