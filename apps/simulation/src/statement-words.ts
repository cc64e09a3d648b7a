import type { QueryConfig } from 'pg';

/** What a statement may read and change, as far as its words tell. */
export interface StatementWords {
  /** `look`: reads tables and changes nothing; `constant`: the same answer always; `change`: anything else. */
  readonly kind: 'look' | 'constant' | 'change';
  /** Tables as `schema.table`, those that its functions name included. */
  readonly places: readonly string[];
  /** It has changed nothing if it tells of no row. */
  readonly isIdleWithoutRows: boolean;
  /** Where these tables are empty it finds nothing and changes nothing, whatever its values; `null`: not known. */
  readonly finds: readonly string[] | null;
  /** The answer depends on transactions that are still open, unless there is nothing to be read. */
  readonly seesOpenTransactions: boolean;
  readonly transaction: 'begins' | 'ends' | null;
  readonly takesLease: boolean;
}

/** Leases are advisory locks: one that is taken elsewhere stays so until somebody gives one back. */
export const LEASES = 'leases';

const PLACE = /(INTO\s+)?"?\b(payments|sms_matching|webhook_dispatch|gateway|bus)"?\."?([a-z_0-9]+)"?(\s*\()?/g;
const CHANGES =
  /\b(INSERT|UPDATE|DELETE|TRUNCATE|FOR (NO KEY )?UPDATE|FOR (KEY )?SHARE)\b|nextval|pg_notify|set_config|pg_logical|advisory/i;
const TIMED = /\b(now\(\)|clock_timestamp|current_timestamp|statement_timestamp|localtime|random\()/i;
const MAKES_ROWS =
  /\b(unnest|VALUES|generate_series|jsonb?_\w+)\b|pg_notify|nextval|set_config|pg_logical|count\(|EXISTS/i;
/** Settings of durability and notifications make no difference here: the server does not die, and nobody hears. */
const CONSTANT = [
  /^SELECT 1$/,
  /^SELECT version\(\)$/,
  /^SELECT \* FROM current_schema\(\)$/,
  /^SET synchronous_commit = off; SET idle_session_timeout = 0$/,
  /^LISTEN \w+$/,
];

export interface DatabaseFunction {
  readonly name: string;
  readonly body: string;
}

/** Of one database, since its functions name tables that a statement does not. */
export class Vocabulary {
  private readonly known = new Map<string, StatementWords>();
  private readonly functions = new Map<string, string>();

  constructor(
    functions: readonly DatabaseFunction[],
    /** From a table to those whose rows go along when one of its own is removed. */
    private readonly cascades: ReadonlyMap<string, readonly string[]>,
    /** Tables without a row when a schedule begins. */
    private readonly empty: ReadonlySet<string>,
  ) {
    for (const { name, body } of functions) this.functions.set(name, `${this.functions.get(name) ?? ''}\n${body}`);
  }

  beginsEmpty(place: string): boolean {
    return this.empty.has(place);
  }

  /** Never asks the database: a statement it does not understand counts as a change. */
  wordsOf({ text }: QueryConfig): StatementWords {
    let words = this.known.get(text);
    if (words === undefined) {
      words = this.read(text);
      this.known.set(text, words);
    }
    return words;
  }

  private read(text: string): StatementWords {
    const called = new Set<string>();
    const places = new Set<string>();
    this.collect(text, places, called);
    const takesLease = /pg_(try_)?advisory_(un)?lock/.test(text);
    if (takesLease) places.add(LEASES);
    const changes =
      [...called].some((name) => CHANGES.test(this.functions.get(name) ?? 'INSERT')) || CHANGES.test(text);
    const isLook = /^\s*\(?\s*(SELECT|WITH)\b/i.test(text) && !changes && !TIMED.test(text) && places.size > 0;
    const isPlain = /^\s*(INSERT|UPDATE|DELETE)\b/.test(text);
    const changed = /^\s*(?:UPDATE|DELETE FROM)\s+"?(\w+)"?\."?(\w+)"?/.exec(text);
    const claims = called.has('webhook_dispatch.claim_due');
    const isMovedOnly = !claims && (TIMED.test(text) || MAKES_ROWS.test(text) || called.size > 0 || places.size === 0);
    return {
      kind: CONSTANT.some((constant) => constant.test(text.trim())) ? 'constant' : isLook ? 'look' : 'change',
      places: [...places],
      isIdleWithoutRows: isPlain || claims,
      finds:
        isMovedOnly || takesLease
          ? null
          : claims
            ? ['webhook_dispatch.schedule']
            : changed !== null
              ? [`${changed[1]}.${changed[2]}`]
              : [...places],
      seesOpenTransactions: text.includes('pg_current_snapshot'),
      transaction: /^(BEGIN|START TRANSACTION)\b/.test(text)
        ? 'begins'
        : /^(COMMIT|ROLLBACK)\b/.test(text)
          ? 'ends'
          : null,
      takesLease,
    };
  }

  private collect(text: string, places: Set<string>, called: Set<string>): void {
    for (const [, into, schema, word, bracket] of text.matchAll(PLACE)) {
      const name = `${schema}.${word}`;
      const body = this.functions.get(name);
      if (bracket === undefined || into !== undefined || body === undefined) {
        places.add(name);
        for (const other of this.cascades.get(name) ?? []) places.add(other);
      } else if (!called.has(name)) {
        called.add(name);
        this.collect(body, places, called);
      }
    }
  }
}
