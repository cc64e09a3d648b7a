import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passkeys (WebAuthn), and the challenges that wait for an answer. */
export class Passkeys1795302732818 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.passkeys (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES gateway.users (id),
        credential_id bytea NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
        public_key bytea NOT NULL,
        counter bigint NOT NULL CHECK (counter >= 0),
        transports text[] NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz
      )`);
    await runner.query('CREATE INDEX passkeys_user ON gateway.passkeys (user_id, id)');
    await runner.query(`
      CREATE TABLE gateway.passkey_challenges (
        challenge bytea PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('registration', 'sign-in', 'step-up')),
        session_id uuid CHECK ((session_id IS NULL) = (purpose = 'sign-in')),
        expires_at timestamptz NOT NULL
      )`);
    await runner.query(
      'CREATE UNIQUE INDEX passkey_challenges_session ON gateway.passkey_challenges (session_id, purpose)',
    );
    await runner.query('CREATE INDEX passkey_challenges_end ON gateway.passkey_challenges (expires_at)');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
