import { clientsOf } from './gated-client.js';
import { Gatehouse } from './gatehouse.js';
import type { History } from './history.js';
import type { Random } from './random.js';
import type { Receiver } from './receiver.js';
import { Scheduler, type OutsideAction } from './scheduler.js';
import { startServices, type BrokenParts, type RunningServices, type ServiceName } from './services.js';
import type { SimulatedDatabase } from './simulated-database.js';
import { SimulatedProcess } from './simulated-process.js';
import { Trace } from './trace.js';
import type { VirtualTime } from './virtual-time.js';

interface Place {
  readonly name: string;
  readonly services: readonly ServiceName[];
  starts: number;
  process: SimulatedProcess;
  running: RunningServices | undefined;
  isMaking: boolean;
}

export interface MachineOptions {
  readonly database: SimulatedDatabase;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly history: History;
  readonly receiver: Receiver;
  readonly broken: BrokenParts;
  readonly doubtsLooks: boolean;
}

const ALL: readonly ServiceName[] = ['payments', 'sms-matching', 'webhook-dispatch', 'api-gateway'];
const LAYOUTS: Readonly<Record<History['layout'], readonly (readonly [string, readonly ServiceName[]])[]>> = {
  'one process': [['all', ALL]],
  'two processes': [
    ['left', ALL],
    ['right', ALL],
  ],
  apart: [
    ['payments', ['payments', 'api-gateway']],
    ['matching', ['sms-matching']],
    ['webhooks', ['webhook-dispatch']],
  ],
};
const RESTARTED_WITHIN_MS = 3_000;

/** The processes of one schedule: started, killed and started again. */
export class Machine {
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly startFailures: Error[] = [];
  private readonly gatehouse: Gatehouse;
  private readonly places: Place[];

  constructor(private readonly options: MachineOptions) {
    const { time, random, history } = options;
    const startedMs = time.nowMs;
    this.trace = new Trace(() => time.nowMs - startedMs);
    this.gatehouse = new Gatehouse(options.database, options.doubtsLooks);
    this.scheduler = new Scheduler({
      time,
      random,
      trace: this.trace,
      gatehouse: this.gatehouse,
      isStarting: () => this.isMaking(),
      isYoung: (process) => this.places.some((place) => place.process === process && place.running === undefined),
      onDeath: (process) => this.planStart(process),
      faultShare: history.faultShare,
      faultsMax: history.faultsMax,
    });
    this.places = LAYOUTS[history.layout].map(([name, services]) => ({
      name,
      services,
      starts: 0,
      process: new SimulatedProcess(name),
      running: undefined,
      isMaking: false,
    }));
  }

  get carriedOut(): number {
    return this.gatehouse.carriedOut;
  }

  get nowMs(): number {
    return this.options.time.nowMs;
  }

  plan(action: OutsideAction): void {
    this.scheduler.plan(action);
  }

  /** A running process with that service; chance decides which, if there are several. Its code runs as part of it. */
  front(service: ServiceName): RunningServices | undefined {
    const living = this.places.filter((place) => place.running !== undefined && place.services.includes(service));
    if (living.length === 0) return undefined;
    const { process, running } = this.options.random.pick(living);
    return {
      bus: {
        publish: (...args) => process.run(() => running!.bus.publish(...args)),
        request: (...args) => process.run(() => running!.bus.request(...args)),
      },
      get: <Part>(token: symbol) => within(process, running!.get<Part & object>(token)) as Part,
    };
  }

  startAll(): void {
    for (const place of this.places) this.start(place);
  }

  get isWhole(): boolean {
    return this.places.every(({ running }) => running !== undefined);
  }

  /** The end of the schedule: every process is ended where it stands. */
  async killAll(): Promise<void> {
    for (const { process } of this.places) {
      process.die();
      await this.gatehouse.bury(process);
    }
    await this.gatehouse.endClosed();
  }

  private start(place: Place): void {
    place.starts += 1;
    const process = new SimulatedProcess(place.starts === 1 ? place.name : `${place.name}#${place.starts}`);
    place.process = process;
    place.isMaking = true;
    const { database, receiver, broken } = this.options;
    const client = clientsOf(process, this.gatehouse, broken.statement);
    process
      .run(() =>
        startServices({ url: database.url, services: place.services, client, sender: receiver.sender(), broken }),
      )
      .then(
        (running) => {
          if (process.isDead) return;
          place.running = running;
          place.isMaking = false;
        },
        (error: Error) => {
          place.isMaking = false;
          // As a supervisor would: what cannot start is started again.
          if (process.isDead) return;
          this.startFailures.push(error);
          this.trace.add(`${process.name}: cannot start: ${error.message}`);
          process.die();
          this.gatehouse.leave(process);
          this.planStart(process);
        },
      );
  }

  private planStart(process: SimulatedProcess): void {
    const place = this.places.find((each) => each.process === process)!;
    place.running = undefined;
    place.isMaking = false;
    const atMs = this.nowMs + this.options.random.below(RESTARTED_WITHIN_MS);
    this.plan({ atMs, name: `${place.name} is started again`, act: () => this.start(place) });
  }

  /** Whether a process is busy with what the gate does not see: modules being made. */
  private isMaking(): boolean {
    return this.places.some(
      ({ isMaking, process }) =>
        isMaking && !process.isDead && !this.gatehouse.hasStepOf(process) && !this.options.time.isAwaitedBy(process),
    );
  }
}

/** Calls of its methods belong to the process. */
function within<Part extends object>(process: SimulatedProcess, part: Part): Part {
  return new Proxy(part, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value !== 'function'
        ? value
        : (...args: unknown[]) => process.run(() => Reflect.apply(value, target, args) as unknown);
    },
  });
}
