const SIZE_MAX = 10_000;

interface Kept<Answer> {
  readonly answer: Promise<Answer>;
  readonly freshUntilMs: number;
}

export interface RecentAnswersOptions<Answer> {
  readonly keptMs: number;
  /** A clock that only goes forward when absent. */
  readonly nowMs?: () => number;
  /** Whether an answer is worth keeping; all are when absent. Failures never are. */
  readonly isKept?: (answer: Answer) => boolean;
}

/**
 * Answers that are asked for over and over, kept for a moment. The promise is kept, so that a thousand requests that
 * miss together ask once. Another instance's change is seen when the moment is over; this one's own when it calls
 * `forgetAll` after its commit.
 */
export class RecentAnswers<Answer> {
  private readonly kept = new Map<string, Kept<Answer>>();
  private readonly nowMs: () => number;

  constructor(private readonly options: RecentAnswersOptions<Answer>) {
    this.nowMs = options.nowMs ?? (() => performance.now());
  }

  get(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    return this.find(question) ?? this.askAnew(question, ask);
  }

  /** What is kept and fresh, or `undefined`. */
  find(question: string): Promise<Answer> | undefined {
    const kept = this.kept.get(question);
    return kept !== undefined && this.nowMs() < kept.freshUntilMs ? kept.answer : undefined;
  }

  askAnew(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    const answer = ask();
    this.kept.delete(question);
    if (this.kept.size >= SIZE_MAX) this.kept.delete(this.kept.keys().next().value!);
    const entry: Kept<Answer> = { answer, freshUntilMs: this.nowMs() + this.options.keptMs };
    this.kept.set(question, entry);
    const forget = (): void => {
      if (this.kept.get(question) === entry) this.kept.delete(question);
    };
    answer.then((found) => {
      if (this.options.isKept?.(found) === false) forget();
    }, forget);
    return answer;
  }

  /** What is being asked meanwhile is answered to those who wait for it, and not kept. */
  forgetAll(): void {
    this.kept.clear();
  }
}
