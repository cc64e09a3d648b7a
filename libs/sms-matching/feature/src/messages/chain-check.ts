import type { Tx } from '@paymatch/platform-postgres';
import { judgeMovements, type ChainDoubt, type Movement } from '@paymatch/sms-matching-domain';
import type { Reading } from './message-reading.js';
import type { SlotKey } from '../slots/records.js';
import { markContradicted, neighboursOf, toMovement, type MovementRecord } from './wallet-movements.store.js';

interface Tenant {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** Money that was believed until a later message went on as if it had never been. */
export interface DoubtedCredit {
  readonly slot: SlotKey;
  readonly walletId: string;
  readonly reason: ChainDoubt;
}

export interface ChainVerdicts<Entry> {
  /** The entries, those the wallet's history speaks against turned into reviews. */
  readonly entries: readonly Entry[];
  readonly doubted: readonly DoubtedCredit[];
  /** To be stored with the effects. */
  readonly movements: readonly MovementRecord[];
}

/** Holds what new messages say against what their wallets' other messages say. One indexed read for the whole batch. */
export async function checkChains<Entry extends { readonly message: Tenant; readonly reading: Reading }>(
  tx: Tx,
  entries: readonly Entry[],
): Promise<ChainVerdicts<Entry>> {
  const told = entries.flatMap((entry) => {
    const movement = toMovement(entry.reading);
    return movement === null ? [] : [{ entry, movement, provider: entry.reading.wallet!.provider }];
  });
  const neighbours = await neighboursOf(
    tx,
    told.map(({ movement }) => movement),
  );
  const doubts = new Map<Entry, ChainDoubt>();
  const doubted: DoubtedCredit[] = [];
  const contradicted: MovementRecord[] = [];
  for (const walletId of new Set(told.map(({ movement }) => movement.walletId))) {
    const own = told.filter(({ movement }) => movement.walletId === walletId);
    const before = neighbours.filter((movement) => movement.walletId === walletId);
    const [
      {
        provider,
        entry: { message },
      },
    ] = own as [(typeof own)[number]];
    const verdicts = judgeMovements(
      provider,
      [...before, ...own.map(({ movement }) => movement)].map(toChain),
      own.map(({ movement }) => toChain(movement)),
    );
    for (const { entry, movement } of own) {
      const doubt = verdicts.get(movement.eventKey);
      if (doubt !== undefined && entry.reading.parsed.creditable) doubts.set(entry, doubt);
    }
    const { merchantId, livemode } = message;
    for (const movement of before) {
      const reason = verdicts.get(movement.eventKey);
      if (
        reason === undefined ||
        movement.direction !== 'in' ||
        own.some((one) => one.movement.eventKey === movement.eventKey)
      )
        continue;
      contradicted.push(movement);
      if (movement.trxId !== null)
        doubted.push({ slot: { merchantId, livemode, provider, slotKey: movement.trxId }, walletId, reason });
    }
  }
  await markContradicted(tx, contradicted);
  return {
    doubted,
    movements: told.map(({ entry, movement }) => ({ ...movement, isContradicted: doubts.has(entry) })),
    entries:
      doubts.size === 0
        ? entries
        : entries.map((entry) => {
            const doubt = doubts.get(entry);
            return doubt === undefined
              ? entry
              : { ...entry, reading: { ...entry.reading, outcome: 'review' as const, reasons: [doubt] } };
          }),
  };
}

function toChain({ eventKey, at, ...movement }: MovementRecord): Movement {
  return { ...movement, key: eventKey, atUtc: at };
}
