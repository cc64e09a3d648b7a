import { createHash } from 'node:crypto';
import type { MessageReceived, WalletRef } from '@paymatch/contracts';
import { parseMessage, sameEventKey, type ParsedMessage, type TemplateRegistry } from '@paymatch/sms-matching-domain';
import { hexText } from '../slots/records.js';

/** What a message means for us. */
export interface Reading {
  readonly parsed: ParsedMessage;
  readonly outcome: ParsedMessage['outcome'];
  /** The one of the candidate wallets it speaks of. */
  readonly wallet: WalletRef | null;
  readonly reasons: readonly string[];
}

const ACCOUNT_TYPES = ['personal', 'merchant', 'agent', 'bank'] as const;

/**
 * Reads a message as a word about one of the device's wallets. The sender decides which: the message is read as each
 * candidate's provider and account type, and only a credit for exactly one of them is a credit.
 */
export function readMessage(message: MessageReceived, registry: TemplateRegistry, incomplete = false): Reading {
  const read = (reader: { readonly account: WalletRef['accountType']; readonly provider?: string }): ParsedMessage =>
    parseMessage(
      {
        ...reader,
        sender: message.sender,
        body: message.body,
        incomplete,
        receivedAt: message.receivedAt ?? message.sentAt ?? message.arrivedAt,
      },
      registry,
    );
  if (message.wallets.length === 0) return withoutWallet(ACCOUNT_TYPES.map((account) => read({ account })));
  const readings = message.wallets.map((wallet): Reading => {
    const parsed = read({ account: wallet.accountType, provider: wallet.provider });
    return { parsed, outcome: parsed.outcome, wallet, reasons: parsed.reasons };
  });
  // One SIM may hold two accounts that are told of in the same words: nobody can say which of them got the money.
  const speaking = readings.filter(({ parsed }) => parsed.creditable && !parsed.doubted);
  if (speaking.length > 1) return { ...speaking[0]!, outcome: 'review', wallet: null, reasons: ['ambiguous_wallet'] };
  return speaking[0] ?? [...readings].sort((a, b) => clarity(b) - clarity(a))[0]!;
}

/** Nobody declared which wallet this device and SIM have: whatever it says, it can never credit. */
function withoutWallet(readings: readonly ParsedMessage[]): Reading {
  const money = readings.find((parsed) => parsed.creditable && !parsed.doubted);
  if (money !== undefined) return { parsed: money, outcome: 'review', wallet: null, reasons: ['unknown_wallet'] };
  const [parsed] = [...readings].sort(
    (a, b) =>
      clarity({ parsed: b, outcome: b.outcome, reasons: b.reasons }) -
      clarity({ parsed: a, outcome: a.outcome, reasons: a.reasons }),
  );
  return { parsed: parsed!, outcome: parsed!.outcome, wallet: null, reasons: parsed!.reasons };
}

/**
 * Which of several readings tells most: one that knows the text before one that does not, one of the right provider
 * before another's.
 */
function clarity(reading: Pick<Reading, 'parsed' | 'outcome' | 'reasons'>): number {
  if (reading.reasons.includes('other_provider')) return 1;
  if (reading.parsed.template !== null) return reading.outcome === 'review' ? 2 : 3;
  return 0;
}

const UNKNOWN: ReadonlySet<string> = new Set(['unknown', 'ambiguous', 'money_text_from_unknown_sender']);

/** Whether another registry may know better. */
export function isUnknown(reading: Reading): boolean {
  return reading.reasons.some((reason) => UNKNOWN.has(reason));
}

/**
 * Whether the message is put before a person although it is no credit: it claims money, or nobody knows what it says.
 */
export function needsCase(reading: Reading): boolean {
  if (reading.outcome === 'fraud_suspect') return true;
  // A notice without any sum cannot have paid anything; it is kept with the raw messages only.
  return reading.outcome === 'review' && !reading.reasons.includes('no_amount');
}

/** The word a case is listed under. */
export function caseReason(reading: Reading): string {
  return reading.outcome === 'fraud_suspect' ? 'fraud_suspect' : (reading.reasons[0] ?? 'review');
}

/** What makes two messages one: also two phones' or a reinstalled phone's copies of it. */
export function messageHash(message: MessageReceived): string {
  const { merchantId, livemode, sender, body, sentAt, receivedAt } = message;
  return sha256Hex([merchantId, livemode, sender, body, sentAt ?? receivedAt]);
}

/**
 * The slot of a credit. Without a TrxID, one event's messages are known by what is printed; where that is too little,
 * every message is money of its own, and a person sees both.
 */
export function slotKeyOf(parsed: ParsedMessage, message: MessageReceived): string {
  return parsed.trxId ?? `~${sha256Hex([sameEventKey(parsed) ?? messageHash(message)]).slice(2)}`;
}

function sha256Hex(facts: readonly unknown[]): string {
  return hexText(createHash('sha256').update(JSON.stringify(facts)).digest());
}

/** A credit, or a believable incoming payment that a rule keeps from crediting by itself: money a person may assign. */
export function standsForMoney(reading: Reading): boolean {
  const { parsed, wallet } = reading;
  if (wallet === null || parsed.amountMinor === null || parsed.amountMinor <= 0) return false;
  return reading.outcome === 'credit' || (reading.outcome === 'review' && parsed.creditable && !parsed.doubted);
}
