import type { Tx } from '@paymatch/platform-postgres';
import { judgeMovements, type ChainDoubt, type Movement } from '@paymatch/sms-matching-domain';
import type { Reading } from './message-reading.js';
import type { SlotKey } from '../slots/records.js';
import { markContradicted, toMovement, type MovementRecord } from './wallet-movements.store.js';

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
  /** What the wallet's history speaks against. */
  readonly doubts: ReadonlyMap<Entry, ChainDoubt>;
  readonly doubted: readonly DoubtedCredit[];
  /** To be stored with the effects. */
  readonly movements: readonly MovementRecord[];
}

/** Holds what new messages say against what their wallets' other messages say, as found around the new ones. */
export async function checkChains<Entry extends { readonly message: Tenant; readonly reading: Reading }>(
  tx: Tx,
  entries: readonly Entry[],
  neighbours: readonly MovementRecord[],
): Promise<ChainVerdicts<Entry>> {
  const reported = entries.flatMap((entry) => {
    const movement = toMovement(entry.reading);
    return movement === null ? [] : [{ entry, movement, provider: entry.reading.wallet!.provider }];
  });
  const doubts = new Map<Entry, ChainDoubt>();
  const doubted: DoubtedCredit[] = [];
  const contradicted: MovementRecord[] = [];
  for (const walletId of new Set(reported.map(({ movement }) => movement.walletId))) {
    const own = reported.filter(({ movement }) => movement.walletId === walletId);
    const [
      {
        provider,
        entry: { message },
      },
    ] = own as [(typeof own)[number]];
    const before = neighbours.filter((movement) => movement.walletId === walletId);
    const verdicts = judgeMovements(
      provider,
      [...before, ...own.map(({ movement }) => movement)].map(toChain),
      own.map(({ movement }) => toChain(movement)),
    );
    const ownKeys = new Set(own.map(({ movement }) => movement.eventKey));
    for (const { entry, movement } of own) {
      const doubt = verdicts.get(movement.eventKey);
      if (doubt !== undefined && entry.reading.parsed.creditable) doubts.set(entry, doubt);
    }
    const { merchantId, livemode } = message;
    for (const movement of before) {
      const reason = verdicts.get(movement.eventKey);
      if (reason === undefined || movement.direction !== 'in' || ownKeys.has(movement.eventKey)) continue;
      contradicted.push(movement);
      if (movement.trxId !== null)
        doubted.push({ slot: { merchantId, livemode, provider, slotKey: movement.trxId }, walletId, reason });
    }
  }
  await markContradicted(tx, contradicted);
  return {
    doubts,
    doubted,
    movements: reported.map(({ entry, movement }) => ({ ...movement, isContradicted: doubts.has(entry) })),
  };
}

function toChain({ eventKey, at, ...movement }: MovementRecord): Movement {
  return { ...movement, key: eventKey, atUtc: at };
}
