import {
  firstPace,
  judgeAttempt,
  nextPace,
  type AttemptResult,
  type ReceiverPace,
} from '@paymatch/webhook-dispatch-domain';

/** The ones not heard of for longest are forgotten first, and learnt again. */
const RECEIVERS_MAX = 10_000;

/** What this dispatcher has learnt of how much each receiver can take at a time, and how much is under way there. */
export class ReceiverPaces {
  private readonly paces = new Map<string, ReceiverPace>();
  private readonly underWay = new Map<string, { count: number; fullAtMs: number }>();

  constructor(private readonly max: number) {}

  get start(): number {
    return firstPace(this.max).limit;
  }

  /** Of receivers that differ from the start only: the rest need not be told with every lease. */
  limits(): ReadonlyMap<string, number> {
    const limits = new Map<string, number>();
    for (const [receiver, { limit }] of this.paces) if (limit !== this.start) limits.set(receiver, limit);
    return limits;
  }

  /** An attempt begins. Gives what to call when it is over. */
  begin(receiver: string): (result: AttemptResult, durationMs: number) => void {
    const beganAtMs = performance.now();
    const there = this.underWay.get(receiver) ?? { count: 0, fullAtMs: Number.NEGATIVE_INFINITY };
    this.underWay.set(receiver, there);
    there.count += 1;
    if (there.count >= this.paceOf(receiver).limit) there.fullAtMs = performance.now();
    return (result, durationMs) => {
      const attempt = { outcome: judgeAttempt(result, 0), result, durationMs, wasFull: there.fullAtMs >= beganAtMs };
      this.remember(receiver, nextPace(this.paceOf(receiver), attempt, this.max));
      there.count -= 1;
      if (there.count === 0) this.underWay.delete(receiver);
    };
  }

  private paceOf(receiver: string): ReceiverPace {
    return this.paces.get(receiver) ?? firstPace(this.max);
  }

  private remember(receiver: string, pace: ReceiverPace): void {
    this.paces.delete(receiver);
    if (this.paces.size >= RECEIVERS_MAX) this.paces.delete(this.paces.keys().next().value!);
    this.paces.set(receiver, pace);
  }
}
