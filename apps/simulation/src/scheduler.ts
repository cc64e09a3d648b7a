import type { Gatehouse } from './gatehouse.js';
import type { Step } from './gated-client.js';
import type { Random } from './random.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { Trace } from './trace.js';
import type { VirtualTime, VirtualTimer } from './virtual-time.js';

/** Something that the outside does at a moment: a customer, a phone, an operator who starts a process again. */
export interface OutsideAction {
  readonly atMs: number;
  readonly name: string;
  readonly act: () => void;
}

export interface SchedulerOptions {
  readonly time: VirtualTime;
  readonly gatehouse: Gatehouse;
  readonly random: Random;
  readonly trace: Trace;
  /** Processes that are at work on their start outside the gate (modules being made), which takes no simulated time. */
  readonly isStarting: () => boolean;
  /** A start is many steps, and each alike: fewer faults happen in one. */
  readonly isYoung: (process: SimulatedProcess) => boolean;
  readonly onDeath: (process: SimulatedProcess) => void;
  /** How often a step ends in a fault, while there may be faults. */
  readonly faultShare: number;
  readonly faultsMax: number;
}

type Move =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'timer'; readonly timer: VirtualTimer }
  | { readonly kind: 'action'; readonly action: OutsideAction };

type Fault = 'none' | 'dies before' | 'dies after' | 'cut before' | 'cut after';

const SLOW_SHARE = 0.03;
const SLOW_MS = [10, 60, 250] as const;

const nextTurn = setImmediate;

/** Decides which process moves next and where one dies; everything that moves, moves here. */
export class Scheduler {
  private actions: OutsideAction[] = [];
  stepsTaken = 0;
  deaths = 0;
  cuts = 0;
  mayFail = true;

  constructor(private readonly options: SchedulerOptions) {}

  plan(action: OutsideAction): void {
    this.actions.push(action);
  }

  get hasPlans(): boolean {
    return this.actions.length > 0;
  }

  /** Moves until nothing can without time going on. */
  async exhaust(movesMax: number): Promise<void> {
    for (let moves = 0; moves < movesMax; moves += 1) if (!(await this.move())) return;
    throw new Error(`the processes have not come to rest in ${movesMax} moves`);
  }

  /** Lets time go on to the next thing that waits for it, and a little or a lot further; `false`: nothing waits. */
  async passTime(furtherMs: number): Promise<boolean> {
    const { time } = this.options;
    const times = [time.nextDueMs(), ...this.actions.map(({ atMs }) => atMs)].filter((ms) => ms !== undefined);
    if (times.length === 0) return false;
    time.nowMs = Math.max(time.nowMs, Math.min(...times)) + furtherMs;
    await this.settle();
    return true;
  }

  private async move(): Promise<boolean> {
    const { random, time } = this.options;
    // Some statements take their time: what is timed comes between.
    if (this.mayFail && random.chance(SLOW_SHARE)) time.nowMs += random.pick(SLOW_MS);
    await this.settle();
    const moves = this.moves();
    if (moves.length === 0) return false;
    const move = random.pick(moves);
    if (move.kind === 'step') await this.take(move.step);
    else if (move.kind === 'timer') time.fire(move.timer);
    else this.act(move.action);
    await this.settle();
    await this.options.gatehouse.endClosed();
    if (this.options.gatehouse.hasBlocked) await this.answerUnblocked();
    return true;
  }

  private moves(): readonly Move[] {
    const { gatehouse, time } = this.options;
    return [
      ...gatehouse.ready().map((step): Move => ({ kind: 'step', step })),
      ...time.due().map((timer): Move => ({ kind: 'timer', timer })),
      ...this.actions.filter(({ atMs }) => atMs <= time.nowMs).map((action): Move => ({ kind: 'action', action })),
    ];
  }

  private act(action: OutsideAction): void {
    this.actions = this.actions.filter((other) => other !== action);
    this.options.trace.add(`outside: ${action.name}`);
    action.act();
  }

  private async take(step: Step): Promise<void> {
    const { gatehouse, trace } = this.options;
    const { client, label } = step;
    const fault = this.chooseFault(step);
    this.stepsTaken += 1;
    let isCarriedOut = false;
    if (fault === 'none' || fault === 'dies after' || fault === 'cut after') {
      const outcome = await gatehouse.carryOut(step, fault !== 'none');
      isCarriedOut = outcome !== 'blocked';
      trace.add(`${client.process.name}: ${label}${outcome === 'blocked' ? ' (waits for a lock)' : ''}`);
    }
    if (fault === 'none') return;
    trace.add(`${client.process.name}: ${fault} ${label}`);
    if (fault === 'dies before' || fault === 'dies after') await this.kill(client.process);
    else {
      this.cuts += 1;
      client.break();
      if (isCarriedOut) client.process.run(() => step.answer(lostAnswer()));
      await gatehouse.cut(client);
    }
  }

  async kill(process: SimulatedProcess): Promise<void> {
    this.deaths += 1;
    process.die();
    await this.options.gatehouse.bury(process);
    this.options.onDeath(process);
  }

  private chooseFault({ query, client }: Step): Fault {
    const { random, faultShare, faultsMax, isYoung } = this.options;
    const share = isYoung(client.process) ? faultShare / 10 : faultShare;
    if (!this.mayFail || this.deaths + this.cuts >= faultsMax || !random.chance(share)) return 'none';
    return random.pick(
      query === null
        ? (['dies before', 'dies after'] as const)
        : (['dies before', 'dies after', 'dies after', 'cut before', 'cut after'] as const),
    );
  }

  private async answerUnblocked(): Promise<void> {
    const { gatehouse, trace } = this.options;
    for (const { client, label } of await gatehouse.answerUnblocked())
      trace.add(`${client.process.name}: ${label} (has its lock)`);
    await this.settle();
  }

  private async settle(): Promise<void> {
    await this.options.time.settle();
    while (this.options.isStarting()) {
      await new Promise<void>((resolve) => nextTurn(resolve));
      await this.options.time.settle();
    }
  }
}

function lostAnswer(): Error {
  return new Error('Connection terminated unexpectedly');
}
