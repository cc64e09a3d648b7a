import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { chainNeighboursMax, sameEventKey, type Movement } from '@paymatch/sms-matching-domain';
import type { Reading } from './message-reading.js';
import { fromRow, toRows } from '../slots/records.js';

/** One movement on one wallet; `at` is the printed moment. */
export interface MovementRecord extends Omit<Movement, 'key' | 'atUtc'> {
  readonly walletId: string;
  readonly eventKey: string;
  readonly at: string;
  readonly isContradicted: boolean;
}

/** What a message says of the wallet's course; `null` for one that says too little to stand in a chain. */
export function toMovement({ parsed, wallet, outcome }: Reading): MovementRecord | null {
  const { template, amountMinor, atUtc, at, trxId, feeMinor, balanceMinor } = parsed;
  const eventKey = sameEventKey(parsed);
  if (
    wallet === null ||
    template === null ||
    template.direction === 'none' ||
    parsed.doubted ||
    outcome === 'fraud_suspect'
  )
    return null;
  if (eventKey === null || amountMinor === null || atUtc === null || !at?.includes('T')) return null;
  return {
    walletId: wallet.id,
    eventKey,
    trxId,
    direction: template.direction,
    amountMinor,
    feeMinor,
    balanceMinor,
    at: atUtc,
    isContradicted: false,
  };
}

/** The movements around these, on their wallets; contradicted ones are no part of the chain. One query whatever the batch. */
export async function neighboursOf(
  runner: SqlRunner,
  movements: readonly MovementRecord[],
): Promise<readonly MovementRecord[]> {
  const places = [...new Map(movements.map(({ walletId, at }) => [`${walletId} ${at}`, { walletId, at }])).values()];
  if (places.length === 0) return [];
  const side = (isBefore: boolean): string =>
    `(SELECT * FROM sms_matching.wallet_movements WHERE wallet_id = place.wallet_id AND NOT is_contradicted AND at ${isBefore ? '<=' : '>'} place.at
      ORDER BY at ${isBefore ? 'DESC' : ''} LIMIT ${chainNeighboursMax})`;
  const { rows } = await runner.query(
    `SELECT DISTINCT near.* FROM jsonb_to_recordset($1::jsonb) AS place (wallet_id text, at timestamptz), LATERAL (${side(true)} UNION ALL ${side(false)}) near`,
    [toRows(places)],
  );
  return rows.map((row) => {
    const movement = fromRow<MovementRecord>(row);
    return { ...movement, at: new Date(movement.at).toISOString() };
  });
}

export async function markContradicted(tx: Tx, movements: readonly MovementRecord[]): Promise<void> {
  if (movements.length === 0) return;
  await tx.query(
    'UPDATE sms_matching.wallet_movements SET is_contradicted = true FROM unnest($1::text[], $2::text[]) AS wanted (wallet_id, event_key) WHERE wallet_movements.wallet_id = wanted.wallet_id AND wallet_movements.event_key = wanted.event_key',
    [movements.map((one) => one.walletId), movements.map((one) => one.eventKey)],
  );
}
