import { buildIndexConcurrently } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Somebody's links for a forgotten password are taken back with every new password. */
export class AccessLinksUser1795303242313 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    const on = 'ON gateway.access_links (user_id) WHERE user_id IS NOT NULL';
    await buildIndexConcurrently(runner, { schema: 'gateway', name: 'access_links_user', on });
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
