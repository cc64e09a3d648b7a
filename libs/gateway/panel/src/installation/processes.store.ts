import type { ProcessStanding } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Processes1763770000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.processes (
        instance text PRIMARY KEY,
        standing jsonb NOT NULL,
        told_at timestamptz NOT NULL
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const PROCESSES = Symbol('Processes');

const PROCESSES_MAX = 200;

/** How each process of the installation stood when it last said so. */
export class ProcessesStore {
  constructor(private readonly database: Database) {}

  /** The newest word of each counts; those that nobody has heard of for a day are forgotten. */
  async keep(standings: readonly ProcessStanding[]): Promise<void> {
    const newest = new Map(standings.map((standing) => [standing.instance, standing]));
    await this.database.relaxed.query(
      `WITH gone AS (DELETE FROM gateway.processes WHERE told_at < $2::timestamptz - interval '1 day')
       INSERT INTO gateway.processes AS known (instance, standing, told_at)
       SELECT standing ->> 'instance', standing, (standing ->> 'at')::timestamptz
         FROM jsonb_array_elements($1::jsonb) AS standing ORDER BY 1
       ON CONFLICT (instance) DO UPDATE SET standing = excluded.standing, told_at = excluded.told_at
        WHERE known.told_at < excluded.told_at`,
      [
        JSON.stringify([...newest.values()]),
        standings
          .map(({ at }) => at)
          .sort()
          .at(-1),
      ],
    );
  }

  /** Those that ended long before another of their kind began are left out: they were replaced. */
  async list(): Promise<readonly ProcessStanding[]> {
    const { rows } = await this.database.query<{ standing: ProcessStanding }>(
      `SELECT standing FROM gateway.processes ORDER BY told_at DESC, instance LIMIT ${PROCESSES_MAX}`,
    );
    return rows
      .map(({ standing }) => standing)
      .filter(
        (one, _, all) => !all.some((other) => other.since > one.at && other.services.join() === one.services.join()),
      );
  }

  async merchantNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.database.query<{ id: string; name: string | null }>(
      'SELECT merchant_id AS id, name FROM gateway.merchant_settings WHERE livemode AND merchant_id = ANY($1::uuid[])',
      [[...new Set(ids)]],
    );
    return new Map(rows.map(({ id, name }) => [id, name ?? '']));
  }

  async figures(): Promise<{ readonly version: string; readonly sizeBytes: number }> {
    const { rows } = await this.database.query<{ version: string; size_bytes: number }>(
      `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size_bytes`,
    );
    return { version: rows[0]!.version, sizeBytes: rows[0]!.size_bytes };
  }
}
