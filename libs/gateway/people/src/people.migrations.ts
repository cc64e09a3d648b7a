import { AccessLinksUser1795303242313 } from './access-links-user.migration.js';
import { Audit1763750000002 } from './audit.migration.js';
import { Passkeys1795302732818 } from './passkeys/passkeys.migration.js';
import { RecoveryCodes1763750000003 } from './totp.migration.js';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in, what they are where, their sessions, and the links by which they come in. */
export class People1763750000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.users (
        id uuid PRIMARY KEY,
        email text NOT NULL UNIQUE CHECK (email = lower(email)),
        name text NOT NULL,
        language text NOT NULL DEFAULT 'en',
        password_hash text NOT NULL,
        is_operator boolean NOT NULL DEFAULT false,
        totp_sealed bytea,
        totp_confirmed_at timestamptz,
        totp_last_step bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE gateway.memberships (
        user_id uuid NOT NULL REFERENCES gateway.users (id),
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        role text NOT NULL CHECK (role IN ('owner', 'manager', 'support', 'developer', 'read-only')),
        created_at timestamptz NOT NULL,
        PRIMARY KEY (merchant_id, user_id)
      )`);
    await runner.query('CREATE INDEX memberships_user ON gateway.memberships (user_id)');
    await runner.query(`
      CREATE TABLE gateway.sessions (
        id uuid PRIMARY KEY,
        token_hash bytea NOT NULL UNIQUE,
        user_id uuid NOT NULL REFERENCES gateway.users (id),
        address text NOT NULL,
        agent text NOT NULL,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        step_up_until timestamptz
      )`);
    await runner.query('CREATE INDEX sessions_user ON gateway.sessions (user_id, id)');
    await runner.query('CREATE INDEX sessions_end ON gateway.sessions (expires_at)');
    await runner.query(`
      CREATE TABLE gateway.access_links (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('operator', 'invitation', 'password-reset')),
        token_hash bytea NOT NULL UNIQUE,
        email text,
        merchant_id uuid REFERENCES gateway.merchants (id),
        role text CHECK (role IN ('owner', 'manager', 'support', 'developer', 'read-only')),
        user_id uuid REFERENCES gateway.users (id),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        CHECK ((kind = 'invitation') = (merchant_id IS NOT NULL)),
        CHECK ((kind = 'invitation') = (role IS NOT NULL)),
        CHECK ((kind = 'password-reset') = (user_id IS NOT NULL))
      )`);
    await runner.query('CREATE INDEX access_links_merchant ON gateway.access_links (merchant_id, id)');
    await runner.query('CREATE INDEX access_links_end ON gateway.access_links (expires_at)');
    // Not logged: after a crash of the server everybody may try again, and nothing is lost.
    await runner.query(`
      CREATE UNLOGGED TABLE gateway.sign_in_attempts (
        subject bytea PRIMARY KEY,
        ends_at timestamptz NOT NULL,
        count integer NOT NULL
      ) WITH (fillfactor = 50)`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const peopleMigrations = [
  People1763750000001,
  Audit1763750000002,
  RecoveryCodes1763750000003,
  Passkeys1795302732818,
  AccessLinksUser1795303242313,
];
