import type { Database, Tx } from '@paymatch/platform-postgres';

/** What an operator sells; `null` = without limit. */
export interface Plan {
  readonly id: string;
  /** For people; nothing is charged here. */
  readonly price: string | null;
  /** Live payments created in one calendar month (UTC). */
  readonly paymentsPerMonth: number | null;
  readonly walletsMax: number | null;
  readonly phonesMax: number | null;
}

export interface Subscription {
  readonly plan: Plan;
  readonly activeUntil: Date;
}

type Row = {
  id: string;
  price: string | null;
  payments_per_month: number | null;
  wallets_max: number | null;
  phones_max: number | null;
};

const COLUMNS = 'p.id, p.price, p.payments_per_month, p.wallets_max, p.phones_max';

export class PlansStore {
  constructor(private readonly database: Database) {}

  /** Adds a plan, or changes it for everybody who has it. */
  async set(plan: Plan): Promise<void> {
    await this.database.query(
      `INSERT INTO gateway.plans (id, price, payments_per_month, wallets_max, phones_max) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET price = excluded.price, payments_per_month = excluded.payments_per_month,
         wallets_max = excluded.wallets_max, phones_max = excluded.phones_max`,
      [plan.id, plan.price, plan.paymentsPerMonth, plan.walletsMax, plan.phonesMax],
    );
  }

  /** `false` when there is none, or a merchant has it. */
  async remove(planId: string): Promise<boolean> {
    const { rows } = await this.database.query(
      `DELETE FROM gateway.plans p WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM gateway.subscriptions s
        WHERE s.plan_id = p.id)
       RETURNING id`,
      [planId],
    );
    return rows.length > 0;
  }

  async list(): Promise<readonly Plan[]> {
    const { rows } = await this.database.query<Row>(`SELECT ${COLUMNS} FROM gateway.plans p ORDER BY p.id`);
    return rows.map(toPlan);
  }

  /** `false` when there is no such merchant or plan. */
  async subscribe(
    subscription: { readonly merchantId: string; readonly planId: string; readonly activeUntil: Date },
    tx?: Tx,
  ): Promise<boolean> {
    const { rows } = await (tx ?? this.database).query(
      `INSERT INTO gateway.subscriptions (merchant_id, plan_id, active_until)
       SELECT m.id, p.id, $3 FROM gateway.merchants m, gateway.plans p WHERE m.id = $1 AND p.id = $2
       ON CONFLICT (merchant_id) DO UPDATE SET plan_id = excluded.plan_id, active_until = excluded.active_until
       RETURNING merchant_id`,
      [subscription.merchantId, subscription.planId, subscription.activeUntil],
    );
    return rows.length > 0;
  }

  async find(merchantId: string): Promise<Subscription | null> {
    const {
      rows: [row],
    } = await this.database.query<Row & { active_until: Date }>({
      name: 'plans-find',
      text: `SELECT ${COLUMNS}, s.active_until FROM gateway.subscriptions s JOIN gateway.plans p ON p.id = s.plan_id
        WHERE s.merchant_id = $1`,
      values: [merchantId],
    });
    return row === undefined ? null : { plan: toPlan(row), activeUntil: row.active_until };
  }

  async isAnyDefined(): Promise<boolean> {
    const { rows } = await this.database.query('SELECT 1 FROM gateway.plans LIMIT 1');
    return rows.length > 0;
  }
}

function toPlan(row: Row): Plan {
  return {
    id: row.id,
    price: row.price,
    paymentsPerMonth: row.payments_per_month,
    walletsMax: row.wallets_max,
    phonesMax: row.phones_max,
  };
}
