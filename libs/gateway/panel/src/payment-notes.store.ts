import { Processes1763770000020 } from './installation/processes.store.js';
import { newId } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CaseHolders1795315200020 } from './case-holders.store.js';
import { CustomerErasures1763780000010 } from './erasure/customer-erasure.store.js';
import { SavedViews1795315200003 } from './saved-views/saved-views.store.js';

/** What people write on payments, for each other. */
export class PaymentNotes1763750000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.payment_notes (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        payment_id uuid NOT NULL,
        author text NOT NULL,
        text text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX payment_notes_payment ON gateway.payment_notes (payment_id, id)');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const panelMigrations = [
  PaymentNotes1763750000040,
  Processes1763770000020,
  CustomerErasures1763780000010,
  SavedViews1795315200003,
  CaseHolders1795315200020,
];

const NOTES_MAX = 500;

export interface PaymentNote {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly createdAt: string;
}

interface PaymentKey {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly paymentId: string;
}

/** Notes are added, never changed or taken back. */
export class PaymentNotesStore {
  constructor(private readonly database: Database) {}

  /** The same note under the same id is written once. */
  async add(
    { merchantId, livemode, paymentId }: PaymentKey,
    note: { readonly id: string | null; readonly author: string; readonly text: string; readonly now: Date },
  ): Promise<PaymentNote> {
    const id = note.id ?? newId(note.now.getTime());
    const { rows } = await this.database.query<Row>(
      `INSERT INTO gateway.payment_notes (id, merchant_id, livemode, payment_id, author, text, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING id, author, text, created_at`,
      [id, merchantId, livemode, paymentId, note.author, note.text, note.now],
    );
    return toNote(rows[0]!);
  }

  /** Oldest first. */
  async list({ merchantId, livemode, paymentId }: PaymentKey): Promise<readonly PaymentNote[]> {
    const { rows } = await this.database.query<Row>(
      `SELECT id, author, text, created_at FROM gateway.payment_notes
        WHERE payment_id = $1 AND merchant_id = $2 AND livemode = $3 ORDER BY id LIMIT ${NOTES_MAX}`,
      [paymentId, merchantId, livemode],
    );
    return rows.map(toNote);
  }
}

type Row = { id: string; author: string; text: string; created_at: Date };

function toNote({ id, author, text, created_at: createdAt }: Row): PaymentNote {
  return { id, author, text, createdAt: createdAt.toISOString() };
}
