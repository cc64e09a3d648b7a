import type { Tx } from '@paymatch/platform-postgres';

/** Locks payments' rows, in one order for everybody, making those that are missing; returns how far each payment is applied. */
export async function lockVersions(tx: Tx, paymentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tx.query<{ payment_id: string; version: number }>(
    `INSERT INTO sms_matching.payment_versions (payment_id, version) SELECT id, 0 FROM unnest($1::text[]) AS id ORDER BY id
     ON CONFLICT (payment_id) DO UPDATE SET version = payment_versions.version RETURNING payment_id, version`,
    [paymentIds],
  );
  return new Map(rows.map((row) => [row.payment_id, row.version]));
}

export async function advanceVersions(
  tx: Tx,
  versions: readonly { readonly paymentId: string; readonly version: number }[],
): Promise<void> {
  await tx.query(
    `UPDATE sms_matching.payment_versions SET version = wanted.version FROM unnest($1::text[], $2::integer[]) AS wanted (payment_id, version)
     WHERE payment_versions.payment_id = wanted.payment_id`,
    [versions.map((one) => one.paymentId), versions.map((one) => one.version)],
  );
}
