import type { Database, Tx } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose each review case is. It decides nothing: what may be done with money is said by roles alone. */
export class CaseHolders1795315200020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.case_holders (
        case_id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        user_id uuid NOT NULL,
        given_by text NOT NULL,
        note text,
        given_at timestamptz NOT NULL
      )`);
    await runner.query(
      'CREATE INDEX case_holders_person ON gateway.case_holders (merchant_id, livemode, user_id, given_at DESC)',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** The newest of what one person holds: a queue is not longer, and cases that are closed are not taken out. */
const HELD_MAX = 500;

interface Shop {
  readonly merchantId: string;
  readonly livemode: boolean;
}

export interface CaseHolder {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly givenBy: string;
  readonly note: string | null;
  readonly givenAt: string;
}

type Row = {
  case_id: string;
  user_id: string;
  name: string;
  email: string;
  given_by: string;
  note: string | null;
  given_at: Date;
};

export class CaseHoldersStore {
  constructor(private readonly database: Database) {}

  /** Whose these cases are; whoever has left the shop holds none. */
  async find({ merchantId, livemode }: Shop, caseIds: readonly string[]): Promise<ReadonlyMap<string, CaseHolder>> {
    const { rows } = await this.database.query<Row>(
      `SELECT h.case_id, h.user_id, u.name, u.email, h.given_by, h.note, h.given_at
         FROM gateway.case_holders h JOIN gateway.memberships b USING (merchant_id, user_id)
         JOIN gateway.users u ON u.id = h.user_id
        WHERE h.case_id = ANY($1::uuid[]) AND h.merchant_id = $2 AND h.livemode = $3`,
      [caseIds, merchantId, livemode],
    );
    return new Map(rows.map((row) => [row.case_id, toHolder(row)]));
  }

  async heldBy({ merchantId, livemode }: Shop, userId: string): Promise<readonly string[]> {
    const { rows } = await this.database.query<{ case_id: string }>(
      `SELECT case_id FROM gateway.case_holders WHERE merchant_id = $1 AND livemode = $2 AND user_id = $3
        ORDER BY given_at DESC LIMIT ${HELD_MAX}`,
      [merchantId, livemode, userId],
    );
    return rows.map(({ case_id: caseId }) => caseId);
  }

  /** Given to whom it is given already, it stays as it was given. */
  async give(
    { merchantId, livemode, caseId }: Shop & { readonly caseId: string },
    given: { readonly userId: string; readonly givenBy: string; readonly note: string | null; readonly now: Date },
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO gateway.case_holders AS held (case_id, merchant_id, livemode, user_id, given_by, note, given_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (case_id) DO UPDATE SET user_id = excluded.user_id, given_by = excluded.given_by,
         note = excluded.note, given_at = excluded.given_at
        WHERE (held.user_id, held.note) IS DISTINCT FROM (excluded.user_id, excluded.note)`,
      [caseId, merchantId, livemode, given.userId, given.givenBy, given.note, given.now],
    );
  }

  /** It is nobody's again. */
  async takeBack({ merchantId, livemode, caseId }: Shop & { readonly caseId: string }, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM gateway.case_holders WHERE case_id = $1 AND merchant_id = $2 AND livemode = $3', [
      caseId,
      merchantId,
      livemode,
    ]);
  }
}

function toHolder(row: Row): CaseHolder {
  return {
    userId: row.user_id,
    name: row.name,
    email: row.email,
    givenBy: row.given_by,
    note: row.note,
    givenAt: row.given_at.toISOString(),
  };
}
