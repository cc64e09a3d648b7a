import { Client, type QueryConfig, type QueryResult } from 'pg';

/** What a simulated connection is, while it lives: one session of the database. */
export interface Session {
  readonly client: Client;
  readonly pid: number;
  /** What its open transaction may have changed; `null` outside of one. */
  changing: Set<string> | null;
  hasLeases: boolean;
  /** Asked for, and not carried out before the first statement that needs the database. */
  opening: QueryConfig | null;
}

/** What a session that ended leaves behind, but for its prepared statements, which say nothing. */
const AS_NEW = 'ROLLBACK; SELECT pg_advisory_unlock_all()';
const LOOK_AGAIN_MS = 8;
const LOOK_TWICE_MS = 4;
const PATIENCE_MS = 20_000;

const later = setTimeout;
const notLater = clearTimeout;
const clock = performance.now.bind(performance);

/**
 * Sessions of the real database. A simulated connection that ends gives its session back as a new one is: rolled back,
 * without locks; to make a new one would take long.
 */
export class Connections {
  private readonly free: Session[] = [];
  private readonly sessions: Session[] = [];

  private constructor(
    private readonly url: string,
    private readonly watch: Client,
  ) {}

  static async open(url: string): Promise<Connections> {
    const watch = new Client({ connectionString: url, application_name: 'simulation' });
    // Its next question tells.
    watch.on('error', () => undefined);
    await watch.connect();
    return new Connections(url, watch);
  }

  async take(): Promise<Session> {
    const known = this.free.pop();
    if (known !== undefined) return known;
    // The one that waits looks for a circle at once, so that it is always the last one of the circle that is refused.
    const options = '-c deadlock_timeout=1ms -c default_transaction_isolation=read\\ committed';
    const client = new Client({ connectionString: this.url, application_name: 'simulated', options });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const session = { client, pid: rows[0]!.pid, changing: null, hasLeases: false, opening: null };
    this.sessions.push(session);
    return session;
  }

  /** Ends whatever the session is in the middle of. */
  async giveBack(session: Session, isBusy: boolean): Promise<void> {
    if (isBusy) await this.watch.query('SELECT pg_cancel_backend($1)', [session.pid]);
    if (isBusy || session.hasLeases || session.changing !== null) await session.client.query(AS_NEW);
    session.changing = null;
    session.opening = null;
    session.hasLeases = false;
    this.free.push(session);
  }

  /** Whether the session waits for a lock that another one holds. */
  private async isBlocked(session: Session): Promise<boolean> {
    const { rows } = await this.watch.query<{ blocked: boolean }>(
      'SELECT cardinality(pg_blocking_pids($1)) > 0 AS blocked',
      [session.pid],
    );
    return rows[0]?.blocked === true;
  }

  /** Resolves when the statement is over or waits for a lock; says which. */
  async untilOverOrBlocked(session: Session, statement: Promise<unknown>): Promise<'over' | 'blocked'> {
    let isOver = false;
    const over = statement.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    const deadline = clock() + PATIENCE_MS;
    for (;;) {
      await within(LOOK_AGAIN_MS, over);
      if (isOver) return 'over';
      if (await this.isBlocked(session)) {
        // PostgreSQL looks for a deadlock a moment after it began to wait: only then is it certain that it waits.
        await within(LOOK_TWICE_MS, over);
        if (isOver) return 'over';
        if (await this.isBlocked(session)) return 'blocked';
      }
      if (clock() > deadline) throw new Error(`a statement has taken longer than ${PATIENCE_MS} ms`);
    }
  }

  query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<QueryResult<Row & {}>> {
    return this.watch.query<Row & {}>({ text, values: [...values] } as QueryConfig);
  }

  async close(): Promise<void> {
    await Promise.all([this.watch, ...this.sessions.map(({ client }) => client)].map((client) => client.end()));
  }
}

/** Resolves when `work` does, at the latest after so long. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = later(resolve, ms);
  });
  await Promise.race([work, patience]);
  notLater(timer);
}
