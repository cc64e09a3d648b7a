import type { Tx } from '@paymatch/platform-postgres';
import { sameEventKey, type Movement } from '@paymatch/sms-matching-domain';
import type { Reading } from './message-reading.js';

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

/** A moment on a wallet. */
export type Place = Pick<MovementRecord, 'walletId' | 'at'>;

export function placesOf(readings: readonly Reading[]): readonly Place[] {
  const places = readings.flatMap((reading) => {
    const movement = toMovement(reading);
    return movement === null ? [] : [{ walletId: movement.walletId, at: movement.at }];
  });
  return [...new Map(places.map((place) => [`${place.walletId} ${place.at}`, place])).values()];
}

export async function markContradicted(tx: Tx, movements: readonly MovementRecord[]): Promise<void> {
  if (movements.length === 0) return;
  await tx.query(
    'UPDATE sms_matching.wallet_movements SET is_contradicted = true FROM unnest($1::text[], $2::text[]) AS wanted (wallet_id, event_key) WHERE wallet_movements.wallet_id = wanted.wallet_id AND wallet_movements.event_key = wanted.event_key',
    [movements.map((one) => one.walletId), movements.map((one) => one.eventKey)],
  );
}
