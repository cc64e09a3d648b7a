import { randomBytes } from 'node:crypto';
import type { TextSealer } from '@paymatch/platform-secrets';
import type { Database, SqlRunner, Tx } from '@paymatch/platform-postgres';
import { formatSecret, secretBytes } from '@paymatch/webhook-dispatch-domain';

/**
 * How long the secret that was replaced still signs (Standard Webhooks header only), so that a receiver can change
 * over.
 */
export const previousSecretMs = 24 * 3_600_000;

const SEAL_BATCH = 100;

export function newSecret(): string {
  return formatSecret(randomBytes(secretBytes));
}

/**
 * Gives each signer that has none a secret: it exists before anything is signed. `given` is sealed for its signer
 * already.
 */
export async function ensureSecrets(
  runner: SqlRunner,
  signers: readonly string[],
  sealing: { readonly sealer: TextSealer; readonly given?: Buffer },
): Promise<void> {
  const sorted = [...new Set(signers)].sort();
  await runner.query(
    `INSERT INTO webhook_dispatch.signing_secrets (signer, sealed) SELECT * FROM unnest($1::text[], $2::bytea[])
     ON CONFLICT (signer) DO NOTHING`,
    [sorted, sorted.map((signer) => sealing.given ?? sealing.sealer.seal(newSecret(), signer))],
  );
}

/** Those of these signers that have a secret. */
export async function signersWithSecret(runner: SqlRunner, signers: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await runner.query<{ signer: string }>({
    name: 'webhook-secrets-known',
    text: 'SELECT signer FROM webhook_dispatch.signing_secrets WHERE signer = ANY($1)',
    values: [signers],
  });
  return new Set(rows.map(({ signer }) => signer));
}

export async function findSecret(runner: SqlRunner, signer: string): Promise<Buffer | null> {
  const { rows } = await runner.query<{ sealed: Buffer }>(
    'SELECT sealed FROM webhook_dispatch.signing_secrets WHERE signer = $1',
    [signer],
  );
  return rows[0]?.sealed ?? null;
}

/** The secret in force first, then one that is being replaced; still sealed. */
export async function findSecrets(runner: SqlRunner, signer: string, nowMs: number): Promise<readonly Buffer[]> {
  const { rows } = await runner.query<{ sealed: Buffer; previous: Buffer | null }>(
    `SELECT sealed, CASE WHEN previous_until > $2 THEN previous_sealed END AS previous
     FROM webhook_dispatch.signing_secrets WHERE signer = $1`,
    [signer, new Date(nowMs)],
  );
  return rows.flatMap(({ sealed, previous }) => (previous === null ? [sealed] : [sealed, previous]));
}

export interface Rotation {
  readonly signer: string;
  /**
   * Names the request: the same one arriving twice rotates once, or the receiver would never learn the secret in
   * between.
   */
  readonly rotationId: string;
  readonly sealed: Buffer;
  readonly nowMs: number;
}

export async function rotateSecret(tx: Tx, rotation: Rotation): Promise<Buffer> {
  await tx.query(
    `UPDATE webhook_dispatch.signing_secrets
      SET previous_sealed = sealed, previous_until = $4, sealed = $3, last_rotation_id = $2
     WHERE signer = $1 AND last_rotation_id IS DISTINCT FROM $2`,
    [rotation.signer, rotation.rotationId, rotation.sealed, new Date(rotation.nowMs + previousSecretMs)],
  );
  const sealed = await findSecret(tx, rotation.signer);
  if (sealed === null) throw new Error(`${rotation.signer} has no secret that could be rotated`);
  return sealed;
}

/**
 * Seals what an earlier version kept in clear, and makes what it left to be made. Before anything is signed; repeats
 * cost one query.
 */
export async function sealStoredSecrets(database: Database, sealer: TextSealer): Promise<void> {
  while ((await sealBatch(database, sealer)) === SEAL_BATCH);
}

type ClearRow = { signer: string; clear: string | null; previous_clear: string | null };

function sealBatch(database: Database, sealer: TextSealer): Promise<number> {
  return database.transaction(async (tx) => {
    const { rows } = await tx.query<ClearRow>(
      `SELECT signer, clear, previous_clear FROM webhook_dispatch.signing_secrets WHERE sealed IS NULL
       ORDER BY signer LIMIT ${SEAL_BATCH} FOR UPDATE`,
    );
    await tx.query(
      `UPDATE webhook_dispatch.signing_secrets s
       SET sealed = fresh.sealed, previous_sealed = fresh.previous_sealed, clear = NULL, previous_clear = NULL
       FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS fresh (signer, sealed, previous_sealed)
         WHERE s.signer = fresh.signer`,
      [
        rows.map(({ signer }) => signer),
        rows.map(({ signer, clear }) => sealer.seal(clear ?? newSecret(), signer)),
        rows.map(({ signer, previous_clear: previous }) => (previous === null ? null : sealer.seal(previous, signer))),
      ],
    );
    return rows.length;
  });
}
