import { formatMinor, type CreditDetails, type PaymentSnapshot, type ReviewCase } from '@paymatch/contracts';
import type { PaymentNeedle } from '@paymatch/gateway-read-models';
import { normaliseWalletNumber } from '@paymatch/vocabulary';
import type { PanelDesk } from './panel-desk.js';
import { renderListedPayment } from './payment.view.js';

/** A payment is made before its money comes, mostly within minutes. */
const MADE_BEFORE_MS = 2 * 86_400_000;
const LOOKED_AT_MAX = 50;
const SHOWN_MAX = 10;

const FIELDS = ['trx_id', 'amount', 'sender_number', 'wallet_number', 'provider'] as const;
type Field = (typeof FIELDS)[number];
export const candidateFields: readonly Field[] = FIELDS;

/** What it says for a payment when the money agrees with it there. */
const WEIGHTS: Readonly<Record<Field, number>> = {
  trx_id: 8,
  amount: 4,
  sender_number: 3,
  wallet_number: 1,
  provider: 1,
};

interface Candidate {
  readonly payment: PaymentSnapshot;
  readonly isNamed: boolean;
  readonly agrees: readonly Field[];
  readonly differs: readonly { readonly field: Field; readonly credit: string; readonly payment: string }[];
}

/** The payments that a case's money may be for, the likeliest first. */
export async function candidatesOf(
  desk: PanelDesk,
  shop: { readonly merchantId: string; readonly livemode: boolean },
  found: ReviewCase,
): Promise<readonly Candidate[]> {
  const money = found.credit ?? found.proposal ?? null;
  if (money === null) return [];
  const { merchantId, livemode } = shop;
  const namedIds = new Set([found.paymentId, ...(found.claims ?? []).map(({ paymentId }) => paymentId)]);
  const receivedMs = Date.parse(money.receivedAt);
  const [named, { payments: alike }] = await Promise.all([
    Promise.all(
      [...namedIds].map((paymentId) =>
        paymentId === null ? null : desk.payments.find({ merchantId, livemode, paymentId }),
      ),
    ),
    desk.finder.find(
      {
        merchantId,
        livemode,
        needles: needlesOf(money),
        statuses: ['pending', 'awaiting_verification', 'expired', 'failed'],
        method: null,
        provider: null,
        walletNumber: null,
        source: null,
        amountFromMinor: null,
        amountToMinor: null,
        createdFrom: new Date(receivedMs - MADE_BEFORE_MS).toISOString(),
        createdTo: null,
      },
      { after: null, limit: LOOKED_AT_MAX },
    ),
  ]);
  const payments = new Map(
    [...named, ...alike].flatMap((payment) => (payment === null ? [] : [[payment.id, payment]])),
  );
  const apart = ({ payment }: Candidate): number => Math.abs(Date.parse(payment.createdAt) - receivedMs);
  return [...payments.values()]
    .map((payment) => compare(money, payment, namedIds.has(payment.id)))
    .sort((a, b) => scoreOf(b) - scoreOf(a) || apart(a) - apart(b))
    .slice(0, SHOWN_MAX);
}

type Money = Pick<CreditDetails, 'trxId' | 'amountMinor' | 'senderNumber' | 'walletNumber' | 'provider'>;

function needlesOf({ amountMinor, trxId, senderNumber }: Money): readonly PaymentNeedle[] {
  return [
    { by: 'amount', value: amountMinor },
    ...(trxId === null ? [] : [{ by: 'trxId', value: trxId } as const]),
    ...(senderNumber === null ? [] : [{ by: 'sender', value: normaliseWalletNumber(senderNumber) } as const]),
  ];
}

function compare(money: Money, payment: PaymentSnapshot, isNamed: boolean): Candidate {
  const pairs: Readonly<Record<Field, readonly [credit: string | null, payment: string | null]>> = {
    trx_id: [money.trxId, payment.trxId],
    amount: [formatMinor(money.amountMinor), formatMinor(payment.amountMinor)],
    sender_number: [spelled(money.senderNumber), spelled(payment.senderNumber)],
    wallet_number: [money.walletNumber, payment.walletNumber],
    provider: [money.provider, payment.provider],
  };
  const known = FIELDS.flatMap((field) => {
    const [credit, own] = pairs[field];
    return credit === null || own === null ? [] : [{ field, credit, payment: own }];
  });
  return {
    payment,
    isNamed,
    agrees: known.filter((pair) => pair.credit === pair.payment).map(({ field }) => field),
    differs: known.filter((pair) => pair.credit !== pair.payment),
  };
}

function spelled(number: string | null): string | null {
  return number === null ? null : normaliseWalletNumber(number);
}

function scoreOf({ agrees, isNamed }: Candidate): number {
  return agrees.reduce((sum, field) => sum + WEIGHTS[field], isNamed ? 2 : 0);
}

export function renderCandidate({ payment, isNamed, agrees, differs }: Candidate): object {
  return { payment: renderListedPayment(payment), is_named: isNamed, agrees, differs };
}
