import { EventEmitter } from 'node:events';
import type { Client, QueryConfig } from 'pg';
import type { Session } from './connections.js';
import type { SimulatedProcess } from './simulated-process.js';

type Answer = (error: Error | null, result?: unknown) => void;

/** A statement (or the opening of a connection) that a process waits for. */
export interface Step {
  readonly number: number;
  readonly client: GatedClient;
  readonly label: string;
  /** `null`: the connection is to be opened. */
  readonly query: QueryConfig | null;
  readonly answer: Answer;
}

/** Where statements wait to be carried out. */
export interface Gate {
  arrive(step: Omit<Step, 'number'>): void;
  /** The process itself closes the connection. */
  closed(client: GatedClient): void;
}

/** As the driver words it when the server's side is gone. */
export class ConnectionLost extends Error {
  constructor() {
    super('Connection terminated unexpectedly');
  }
}

/** A connection as the driver's pool knows it, whose statements are carried out when the scheduler says so. */
export class GatedClient extends EventEmitter {
  session: Session | undefined;
  isCut = false;
  /** Names and meaning are the driver's: the pool looks at them. */
  _queryable = true;
  _ending = false;
  readonly connection = { stream: { destroy: (): void => this.gate.closed(this) } };

  constructor(
    readonly process: SimulatedProcess,
    private readonly gate: Gate,
    private readonly options: {
      readonly types?: unknown;
      readonly rewrite: ((query: QueryConfig) => QueryConfig) | undefined;
    },
  ) {
    super();
  }

  connect(answer?: Answer): Promise<void> | void {
    if (answer) this.gate.arrive({ client: this, label: 'connect', query: null, answer });
    else
      return new Promise((resolve, reject) => {
        this.connect((error) => (error ? reject(error) : resolve()));
      });
  }

  query(query: QueryConfig | string, values?: unknown[] | Answer, answer?: Answer): Promise<unknown> | void {
    if (typeof values === 'function') return this.query(query, undefined, values);
    if (answer) return this.ask(query, values, answer);
    return new Promise((resolve, reject) => {
      this.ask(query, values, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }

  private ask(query: QueryConfig | string, values: unknown[] | undefined, answer: Answer): void {
    const { text, name, values: own, ...rest } = typeof query === 'string' ? ({ text: query } as QueryConfig) : query;
    const given = values ?? own;
    const rowMode = (rest as { rowMode?: string }).rowMode;
    const config = {
      text: text.replace(REAL_TIMEOUT, '$1 = 0'),
      ...(name !== undefined && { name }),
      ...(given !== undefined && { values: given }),
      ...(rowMode !== undefined && { rowMode }),
      types: this.options.types,
    } as QueryConfig;
    if (this.isCut || this._ending) {
      process.nextTick(() => answer(new Error('Client has encountered a connection error and is not queryable')));
      return;
    }
    const carried = this.options.rewrite?.(config) ?? config;
    this.gate.arrive({ client: this, label: labelOf(config), query: carried, answer });
  }

  end(done?: () => void): Promise<void> | void {
    this._ending = true;
    this.gate.closed(this);
    if (done) process.nextTick(done);
    else return Promise.resolve();
  }

  /** From now on nothing can be asked over it. */
  break(): void {
    this.isCut = true;
    this._queryable = false;
  }

  /** The network or the server has ended it, and the process learns of it as the driver tells: by an event. */
  tellOfEnd(): void {
    this.process.run(() => {
      this.emit('error', new ConnectionLost());
      this.emit('end');
    });
  }

  ref(): void {}
  unref(): void {}
}

/** The server's own clock would end, on a slow machine, sessions whose heartbeats come by simulated time. */
const REAL_TIMEOUT = /(SET idle_session_timeout) = \d+/;

/** How the trace tells a statement from others: its words without what differs from one schedule to the next. */
function labelOf({ text }: QueryConfig): string {
  return text.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim().slice(0, 72);
}

/** One process's connections, for `DatabaseOptions.client`; `rewrite` puts another statement in the place of one. */
export function clientsOf(
  process: SimulatedProcess,
  gate: Gate,
  rewrite?: (query: QueryConfig) => QueryConfig,
): new () => Client {
  class ClientOfProcess extends GatedClient {
    constructor(options?: { readonly types?: unknown }) {
      super(process, gate, { types: options?.types, rewrite });
    }
  }
  return ClientOfProcess as unknown as new () => Client;
}
