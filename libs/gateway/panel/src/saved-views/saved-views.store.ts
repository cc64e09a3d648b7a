import { isUuid, newId } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters and columns of a screen under a name of one's own, in one shop, in both of its modes. */
export class SavedViews1795315200003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.saved_views (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES gateway.users (id) ON DELETE CASCADE,
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        screen text NOT NULL,
        name text NOT NULL,
        query text NOT NULL,
        created_at timestamptz NOT NULL,
        UNIQUE (user_id, merchant_id, screen, name)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** More than a person tells apart by their names. */
export const SAVED_VIEWS_MAX = 30;

export interface SavedView {
  readonly id: string;
  readonly screen: string;
  readonly name: string;
  readonly query: string;
}

export interface ViewOwner {
  readonly userId: string;
  readonly merchantId: string;
}

export class SavedViewsStore {
  constructor(private readonly database: Database) {}

  /** By their names. */
  async list({ userId, merchantId }: ViewOwner): Promise<readonly SavedView[]> {
    const { rows } = await this.database.query<SavedView & { [column: string]: unknown }>(
      `SELECT id, screen, name, query FROM gateway.saved_views
        WHERE user_id = $1 AND merchant_id = $2 ORDER BY screen, name LIMIT ${SAVED_VIEWS_MAX}`,
      [userId, merchantId],
    );
    return rows;
  }

  /** Another one of the same name on the same screen is replaced; `null` when there are too many already. */
  save(
    { userId, merchantId }: ViewOwner,
    view: Omit<SavedView, 'id'> & { readonly now: Date },
  ): Promise<SavedView | null> {
    const { screen, name, query, now } = view;
    return this.database.transaction(async (tx) => {
      // Two windows of one person that save at once would both find the last place free.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`saved views ${userId} ${merchantId}`]);
      const { rows } = await tx.query<SavedView & { [column: string]: unknown }>(
        `INSERT INTO gateway.saved_views (id, user_id, merchant_id, screen, name, query, created_at)
         SELECT $1, $2, $3, $4, $5, $6, $7
          WHERE (SELECT count(*) FROM gateway.saved_views
                  WHERE user_id = $2 AND merchant_id = $3 AND (screen, name) <> ($4, $5)) < ${SAVED_VIEWS_MAX}
         ON CONFLICT (user_id, merchant_id, screen, name) DO UPDATE SET query = excluded.query
         RETURNING id, screen, name, query`,
        [newId(now.getTime()), userId, merchantId, screen, name, query, now],
      );
      return rows[0] ?? null;
    });
  }

  /** `false`: this person has no such view in this shop. */
  async forget({ userId, merchantId }: ViewOwner, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const { rowCount } = await this.database.query(
      'DELETE FROM gateway.saved_views WHERE id = $1 AND user_id = $2 AND merchant_id = $3',
      [id, userId, merchantId],
    );
    return rowCount === 1;
  }
}
