import { prepared } from '@paymatch/platform-postgres';
import type { QueryConfig, QueryResult } from 'pg';
import type { Connections, Session } from './connections.js';
import { ConnectionLost, type Gate, type GatedClient, type Step } from './gated-client.js';
import { RecentLooks } from './recent-looks.js';
import type { SimulatedDatabase } from './simulated-database.js';
import type { SimulatedProcess } from './simulated-process.js';

interface Running {
  readonly step: Step;
  readonly outcome: Promise<void>;
  error: Error | null;
  result: QueryResult | undefined;
}

/** Carries out statements one at a time, and knows which of them wait for a lock. */
export class Gatehouse implements Gate {
  private readonly waiting: Step[] = [];
  private blocked: Running[] = [];
  private readonly clients = new Set<GatedClient>();
  private readonly closing: GatedClient[] = [];
  private readonly looks: RecentLooks;
  private arrived = 0;

  private readonly connections: Connections;
  /** Statements that the database was asked for. */
  carriedOut = 0;

  constructor(
    { connections, vocabulary }: Pick<SimulatedDatabase, 'connections' | 'vocabulary'>,
    private readonly doubtsLooks = false,
  ) {
    this.connections = connections;
    this.looks = new RecentLooks(vocabulary);
  }

  arrive(step: Omit<Step, 'number'>): void {
    if (step.client.process.isDead) return;
    this.arrived += 1;
    this.waiting.push({ ...step, number: this.arrived });
  }

  closed(client: GatedClient): void {
    this.closing.push(client);
  }

  /** What could be carried out now: on each connection the first step, unless one before it waits for a lock. */
  ready(): readonly Step[] {
    const busy = new Set(this.blocked.map(({ step }) => step.client));
    return this.waiting.filter(({ client }) => {
      const isFirst = !busy.has(client);
      busy.add(client);
      return isFirst;
    });
  }

  hasStepOf(process: SimulatedProcess): boolean {
    return [...this.waiting, ...this.blocked.map(({ step }) => step)].some((step) => step.client.process === process);
  }

  get hasBlocked(): boolean {
    return this.blocked.length > 0;
  }

  /** Carries a step out; `loses` is called between that and its answer, and says that nobody hears it. */
  async carryOut(step: Step, loses: boolean): Promise<'answered' | 'blocked' | 'lost'> {
    this.waiting.splice(this.waiting.indexOf(step), 1);
    const { client, query } = step;
    if (query === null) {
      client.session = await this.connections.take();
      this.clients.add(client);
      if (!loses) client.process.run(() => step.answer(null));
      return loses ? 'lost' : 'answered';
    }
    const session = client.session!;
    const known = this.looks.answerTo(session, query);
    if (known !== undefined) {
      if (this.doubtsLooks) await holdAgainst(session, query, known);
      if (!loses) client.process.run(() => step.answer(null, known));
      return loses ? 'lost' : 'answered';
    }
    const running = this.begin(step, session, query);
    const state = await this.connections.untilOverOrBlocked(session, running.outcome);
    if (state === 'blocked') {
      this.blocked.push(running);
      return 'blocked';
    }
    if (!loses) deliver(running);
    return loses ? 'lost' : 'answered';
  }

  /** Answers what waited for a lock and has it now, oldest first; returns those steps. */
  async answerUnblocked(): Promise<readonly Step[]> {
    const over: Running[] = [];
    for (const running of this.blocked)
      if ((await this.connections.untilOverOrBlocked(running.step.client.session!, running.outcome)) === 'over')
        over.push(running);
    this.blocked = this.blocked.filter((running) => !over.includes(running));
    for (const running of over) deliver(running);
    return over.map(({ step }) => step);
  }

  /** Sessions of connections that their process has closed end now. */
  async endClosed(): Promise<void> {
    for (const client of this.closing.splice(0)) await this.end(client);
  }

  /** The connection is gone; what was asked over it fails. */
  async cut(client: GatedClient): Promise<void> {
    client.break();
    const lost = [...this.blocked.map(({ step }) => step), ...this.waiting].filter((step) => step.client === client);
    await this.end(client);
    for (const step of lost) client.process.run(() => step.answer(new ConnectionLost()));
    client.tellOfEnd();
  }

  /** As `bury`, but with the next step. */
  leave(process: SimulatedProcess): void {
    this.closing.push(...[...this.clients].filter((client) => client.process === process));
  }

  /** All its connections end; nothing that was asked is ever answered. */
  async bury(process: SimulatedProcess): Promise<void> {
    for (const client of [...this.clients].filter((each) => each.process === process)) await this.end(client);
    remove(this.waiting, (step) => step.client.process === process);
  }

  private begin(step: Step, session: Session, query: QueryConfig): Running {
    const running: { -readonly [Key in keyof Running]: Running[Key] } = {
      step,
      outcome: Promise.resolve(),
      error: null,
      result: undefined,
    };
    this.carriedOut += 1;
    // The driver carries them out in this order.
    if (session.opening !== null) session.client.query(session.opening).catch(() => undefined);
    session.opening = null;
    running.outcome = session.client.query(named(query)).then(
      (result) => {
        running.result = result;
        this.looks.noteAnswer(session, query, result);
      },
      (error: Error) => {
        running.error = error;
        this.looks.noteAnswer(session, query, null);
      },
    );
    return running;
  }

  private async end(client: GatedClient): Promise<void> {
    remove(this.waiting, (step) => step.client === client);
    const isBusy = this.blocked.some(({ step }) => step.client === client);
    this.blocked = this.blocked.filter(({ step }) => step.client !== client);
    this.clients.delete(client);
    const { session } = client;
    client.session = undefined;
    if (session === undefined) return;
    this.looks.noteEnd(session);
    await this.connections.giveBack(session, isBusy);
  }
}

/** What begins and ends a transaction has no answer, and the session's settings are as they are. */
async function holdAgainst(session: Session, query: QueryConfig, known: QueryResult): Promise<void> {
  if (!/^\W*(SELECT|WITH|UPDATE|DELETE)\b/.test(query.text)) return;
  const { rows } = await session.client.query(named(query));
  if (JSON.stringify(rows) !== JSON.stringify(known.rows))
    throw new Error(`a look is answered otherwise than the database would: ${query.text}`);
}

/** Sessions outlive schedules: parsed and planned once in their life. */
function named(query: QueryConfig): QueryConfig {
  return query.values === undefined ? query : { ...query, ...preparedOnce(query.text) };
}

const statements = new Map<string, ReturnType<typeof prepared>>();

function preparedOnce(text: string): ReturnType<typeof prepared> {
  let statement = statements.get(text);
  if (statement === undefined) {
    statement = prepared(text);
    statements.set(text, statement);
  }
  return statement;
}

function deliver({ step, error, result }: Running): void {
  step.client.process.run(() => step.answer(error, result));
}

function remove<Item>(items: Item[], isUnwanted: (item: Item) => boolean): void {
  for (let index = items.length - 1; index >= 0; index -= 1) if (isUnwanted(items[index]!)) items.splice(index, 1);
}
