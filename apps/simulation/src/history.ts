import type { Random } from './random.js';

/** 14 August 2026, 11:10 in Dhaka. */
export const T0 = Date.UTC(2026, 7, 14, 5, 10);

/** Money that a wallet's provider tells of; the phone hands its message over once or more. */
export interface PlannedMoney {
  readonly trxId: string;
  readonly amountMinor: number;
  readonly balanceMinor: number;
  readonly printedMinute: number;
  /** Which shops' phones get its message: several share the wallet, and the money is one all the same. */
  readonly shops: readonly number[];
  /** Somebody else's message in the provider's words: no money has come. */
  readonly isForged: boolean;
  /** When the phone hands it over; each time under an id of its own. */
  readonly uploadsAtMs: readonly number[];
}

export interface PlannedPayment {
  readonly shop: number;
  readonly amountMinor: number;
  readonly createAtMs: number;
  /** From its making to its expiry. */
  readonly lastsMs: number;
  readonly submits: readonly { readonly atMs: number; readonly trxId: string }[];
  readonly refundAtMs: number | null;
}

/** What the outside does in one schedule: a few payments, a few messages about money, and what goes wrong. */
export interface History {
  readonly payments: readonly PlannedPayment[];
  readonly money: readonly PlannedMoney[];
  /** Whose wallet is one. */
  readonly shopCount: number;
  /** Which services share a process. */
  readonly layout: 'one process' | 'two processes' | 'apart';
  readonly faultShare: number;
  readonly faultsMax: number;
}

const AMOUNTS = [50_000, 50_000, 30_000] as const;
const ACTIONS_WITHIN_MS = 5_000;

export function makeHistory(random: Random): History {
  const soon = (): number => T0 + random.below(ACTIONS_WITHIN_MS);
  const trxIds = ['DHE0000001', 'DHE0000002', 'DHE0000003', 'DHE0000004'] as const;
  const shopCount = random.chance(0.4) ? 2 : 1;
  const payments = Array.from({ length: random.pick([1, 1, 2, 2, 3]) }, (_, index): PlannedPayment => {
    const createAtMs = T0 + random.below(ACTIONS_WITHIN_MS / 4);
    // Some write the TrxID of another's transfer, some correct theirs, some never say one.
    const own = trxIds[index]!;
    const said = random.chance(0.1) ? [] : random.chance(0.25) ? [random.pick(trxIds), own] : [own];
    return {
      shop: random.below(shopCount),
      amountMinor: random.pick(AMOUNTS),
      createAtMs,
      lastsMs: random.chance(0.2) ? 3_000 + random.below(4_000) : 60_000,
      submits: said.map((trxId) => ({ trxId, atMs: soon() })).sort((a, b) => a.atMs - b.atMs),
      refundAtMs: random.chance(0.3) ? T0 + ACTIONS_WITHIN_MS + random.below(4_000) : null,
    };
  });
  return {
    payments,
    shopCount,
    money: [...makeMoney(random, { payments, shopCount, trxIds }), ...makeForgery(random, payments, trxIds)],
    layout: random.pick(['one process', 'one process', 'two processes', 'apart']),
    faultShare: random.pick([0, 0.01, 0.02, 0.05]),
    faultsMax: 1 + random.below(4),
  };
}

interface Owed extends Pick<History, 'payments' | 'shopCount'> {
  readonly trxIds: readonly string[];
}

function makeMoney(random: Random, { payments, shopCount, trxIds }: Owed): PlannedMoney[] {
  let balanceMinor = 100_000;
  return payments.flatMap(({ amountMinor, shop }, index): readonly PlannedMoney[] => {
    if (random.chance(0.1)) return [];
    const received = random.chance(0.85) ? amountMinor : amountMinor + random.pick([-1, 1, 10_000]);
    balanceMinor += received;
    const copies = random.chance(0.3) ? 2 : 1;
    return [
      {
        trxId: trxIds[index]!,
        amountMinor: received,
        balanceMinor,
        printedMinute: index,
        isForged: false,
        shops: random.chance(0.5) ? Array.from({ length: shopCount }, (_, each) => each) : [shop],
        uploadsAtMs: Array.from({ length: copies }, () => T0 + random.below(ACTIONS_WITHIN_MS)),
      },
    ];
  });
}

/** Told by nobody's wallet, for what a customer says or might say. */
function makeForgery(random: Random, payments: History['payments'], trxIds: readonly string[]): PlannedMoney[] {
  if (!random.chance(0.3)) return [];
  const { amountMinor, shop } = random.pick(payments);
  const at = T0 + random.below(ACTIONS_WITHIN_MS);
  const forged = { trxId: random.pick(trxIds), amountMinor, balanceMinor: 900_000 + amountMinor, printedMinute: 9 };
  return [{ ...forged, isForged: true, shops: [shop], uploadsAtMs: [at] }];
}
