import { SimulatedProcess } from './simulated-process.js';

interface Callback {
  readonly process: SimulatedProcess;
  readonly run: () => void;
}

interface Waiting extends Callback {
  /** In the order of making. */
  readonly number: number;
  /** From one time to the next; `null`: it comes once. */
  readonly repeatMs: number | null;
}

/** What `setTimeout` gives within a simulated process. */
export class VirtualTimer {
  isOver = false;

  constructor(
    readonly waiting: Waiting,
    public dueMs: number,
  ) {}

  get process(): SimulatedProcess {
    return this.waiting.process;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  close(): void {
    this.isOver = true;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

const nextTurn = setImmediate;

/** The time of the simulated processes: a value. Their timers come when the scheduler says so, once it has moved it. */
export class VirtualTime {
  private timers: VirtualTimer[] = [];
  private immediates: Callback[] = [];
  private timersMade = 0;

  constructor(public nowMs: number) {}

  add(run: () => void, ms: number, repeats = false): VirtualTimer {
    const process = SimulatedProcess.current!;
    this.timersMade += 1;
    const delayMs = Math.max(1, Math.trunc(Number(ms) || 0));
    const waiting = { run, process, number: this.timersMade, repeatMs: repeats ? delayMs : null };
    const timer = new VirtualTimer(waiting, this.nowMs + delayMs);
    if (!process.isDead) this.timers.push(timer);
    return timer;
  }

  addImmediate(run: () => void): void {
    this.immediates.push({ process: SimulatedProcess.current!, run });
  }

  /** Timers whose time has come, oldest first. */
  due(): readonly VirtualTimer[] {
    this.timers = this.timers.filter((timer) => !timer.isOver && !timer.process.isDead);
    return this.timers
      .filter((timer) => timer.dueMs <= this.nowMs)
      .sort((a, b) => a.dueMs - b.dueMs || a.waiting.number - b.waiting.number);
  }

  /** When the next timer comes; `undefined` when nobody waits. */
  nextDueMs(): number | undefined {
    const times = this.timers.filter((timer) => !timer.isOver && !timer.process.isDead).map(({ dueMs }) => dueMs);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  isAwaitedBy(process: SimulatedProcess): boolean {
    return this.timers.some((timer) => !timer.isOver && timer.process === process);
  }

  fire(timer: VirtualTimer): void {
    const { repeatMs, process, run } = timer.waiting;
    if (repeatMs === null) timer.isOver = true;
    else timer.dueMs = this.nowMs + repeatMs;
    process.run(run);
  }

  /** Resolves when every process has come to where it waits for a statement, a timer or the outside. */
  async settle(): Promise<void> {
    for (;;) {
      // Everything that has been promised is carried out before the next turn of the event loop.
      await new Promise<void>((resolve) => nextTurn(resolve));
      const callbacks = this.immediates.splice(0);
      if (callbacks.length === 0) return;
      for (const { process, run } of callbacks) if (!process.isDead) process.run(run);
    }
  }
}
