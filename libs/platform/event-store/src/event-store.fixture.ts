import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventStoreMigrationSql } from './event-store.migration.js';
import type { NewEvent } from './stored-event.js';

export const SCHEMA = 'ledger';

export class CreateLedger1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(eventStoreMigrationSql(SCHEMA));
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

/** An event of a stream of its own, unless told otherwise. */
export function anEvent(changes: Partial<NewEvent> = {}): NewEvent {
  return {
    messageId: randomUUID(),
    merchantId: 'm1',
    livemode: true,
    streamId: randomUUID(),
    streamVersion: 1,
    type: 'Opened',
    version: 1,
    data: { note: 'a "quoted" text' },
    occurredAt: '2026-11-20T10:00:00.123Z',
    commandId: randomUUID(),
    commandIndex: 0,
    correlationId: 'c1',
    causationId: null,
    ...changes,
  };
}

export interface HeldTransaction {
  readonly tx: Tx;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

class RolledBack extends Error {}

/** A real transaction that stays open until the test ends it. */
export async function holdTransaction(database: Database): Promise<HeldTransaction> {
  let end: (isCommitted: boolean) => void = () => undefined;
  const ending = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  let transaction: Promise<void> = Promise.resolve();
  const tx = await new Promise<Tx>((begun, failed) => {
    transaction = database.transaction(async (opened) => {
      begun(opened);
      if (!(await ending)) throw new RolledBack();
    });
    transaction.catch(failed);
  });
  return {
    tx,
    commit: () => {
      end(true);
      return transaction;
    },
    rollback: () => {
      end(false);
      return transaction.catch((error) => {
        if (!(error instanceof RolledBack)) throw error;
      });
    },
  };
}

/** Resolves when a session of this database waits for another one's lock: the race is on. */
export async function untilSomebodyWaits(database: Database, count = 1): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ count: number }>(
      "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if ((rows[0]?.count ?? 0) >= count) return;
  }
}
