import type { PaymentSnapshot } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';

/** One move of a merchant's test clock. Numbers of one merchant go upwards by one. */
export interface Jump {
  readonly jump: number;
  readonly byMs: number;
  readonly jumpedAt: Date;
  readonly afterPayment: string | null;
}

export interface TestClockState {
  readonly advancedMs: number;
  /** When its last jump was asked for; `null` before the first. */
  readonly jumpedAt: Date | null;
  readonly unfinished: Jump | null;
}

/** What the clock is to show: so much more than now, or a moment. */
export type Advance = { readonly byMs: number } | { readonly toMs: number };

export type Begun = 'begun' | 'same_again' | 'unfinished' | 'backward' | 'too_far';

interface Row {
  readonly advanced_ms: string | number;
  readonly jump: string | number;
  readonly by_ms: string | number;
  readonly target_at: Date;
  readonly jumped_at: Date;
  readonly after_payment: string | null;
  readonly is_finished: boolean;
}

const NONE: TestClockState = { advancedMs: 0, jumpedAt: null, unfinished: null };

/** The clocks of test mode, one row a merchant who has moved theirs. */
export class TestClocksStore {
  constructor(private readonly database: Database) {}

  async read(merchantId: string): Promise<TestClockState> {
    const { rows } = await this.database.query<Row>('SELECT * FROM gateway.test_clocks WHERE merchant_id = $1', [
      merchantId,
    ]);
    return rows[0] === undefined ? NONE : stateOf(rows[0]);
  }

  /** Writes the next jump down before anything follows it; the row's lock lets one begin at a time. */
  begin(
    merchantId: string,
    ask: Advance,
    limits: { readonly nowMs: number; readonly advancedMaxMs: number },
  ): Promise<Begun> {
    const { nowMs, advancedMaxMs } = limits;
    return this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO gateway.test_clocks (merchant_id, advanced_ms, jump, by_ms, target_at, jumped_at, is_finished)
         VALUES ($1, 0, 0, 0, $2, $2, true) ON CONFLICT (merchant_id) DO NOTHING`,
        [merchantId, new Date(nowMs)],
      );
      const { rows } = await tx.query<Row>('SELECT * FROM gateway.test_clocks WHERE merchant_id = $1 FOR UPDATE', [
        merchantId,
      ]);
      const row = rows[0]!;
      if (!row.is_finished) return 'unfinished';
      const readingMs = nowMs + Number(row.advanced_ms);
      if ('toMs' in ask && ask.toMs === row.target_at.getTime() && Number(row.jump) > 0) return 'same_again';
      const byMs = 'toMs' in ask ? ask.toMs - readingMs : ask.byMs;
      if (byMs <= 0) return 'backward';
      if (Number(row.advanced_ms) + byMs > advancedMaxMs) return 'too_far';
      await tx.query(
        `UPDATE gateway.test_clocks SET advanced_ms = advanced_ms + $2, jump = jump + 1, by_ms = $2, target_at = $3,
           jumped_at = $4, after_payment = NULL, is_finished = false WHERE merchant_id = $1`,
        [merchantId, byMs, new Date(readingMs + byMs), new Date(nowMs)],
      );
      return 'begun';
    });
  }

  /** Pending test payments that were there when the clock jumped, after the last one that has followed it. */
  async followers(merchantId: string, jump: Jump, limit: number): Promise<readonly PaymentSnapshot[]> {
    const { rows } = await this.database.query<{ snapshot: PaymentSnapshot }>(
      `SELECT snapshot FROM gateway.payments_v1
        WHERE merchant_id = $1 AND NOT livemode AND status = 'pending' AND id > $2 AND created_at <= $3
        ORDER BY id LIMIT $4`,
      [merchantId, jump.afterPayment ?? '00000000-0000-0000-0000-000000000000', jump.jumpedAt, limit],
    );
    return rows.map(({ snapshot }) => snapshot);
  }

  async progress(merchantId: string, jump: Jump, afterPayment: string): Promise<void> {
    await this.database.query(
      `UPDATE gateway.test_clocks SET after_payment = greatest(after_payment, $3)
        WHERE merchant_id = $1 AND jump = $2`,
      [merchantId, jump.jump, afterPayment],
    );
  }

  async finish(merchantId: string, jump: Jump): Promise<void> {
    await this.database.query(
      'UPDATE gateway.test_clocks SET is_finished = true WHERE merchant_id = $1 AND jump = $2',
      [merchantId, jump.jump],
    );
  }
}

function stateOf(row: Row): TestClockState {
  const jump: Jump = {
    jump: Number(row.jump),
    byMs: Number(row.by_ms),
    jumpedAt: row.jumped_at,
    afterPayment: row.after_payment,
  };
  return {
    advancedMs: Number(row.advanced_ms),
    jumpedAt: jump.jump === 0 ? null : row.jumped_at,
    unfinished: row.is_finished ? null : jump,
  };
}
