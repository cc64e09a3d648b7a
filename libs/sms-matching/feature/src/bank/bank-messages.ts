import { findPayer, sameEventKey } from '@paymatch/sms-matching-domain';
import { hashFacts } from '../messages/evidence-hash.js';
import { slotKeyOf, type Reading } from '../messages/message-reading.js';
import { momentOf, type ReadMessage } from '../messages/read-message.js';
import { localDay } from './bank-days.js';
import type { BankTransfer } from './bank-transfers.js';

/**
 * Whether a message that stands for money tells of a transfer in Brazil: there is no TrxID that a customer could name,
 * the payer is what is known.
 */
export function isBankTransfer({ parsed }: Reading): boolean {
  return parsed.currency === 'BRL' && parsed.trxId === null;
}

/** What such a message says, beside what statements say. */
export function transferOf({ cause, message, reading, rawIds }: ReadMessage): BankTransfer {
  const { parsed, wallet } = reading;
  const { merchantId, livemode } = message;
  const receivedAt = momentOf(message);
  return {
    merchantId,
    livemode,
    rawIds,
    claimKey: `bank:${hashFacts([slotKeyOf(parsed, message), parsed.counterparty]).slice(2)}`,
    currency: parsed.currency!,
    walletId: wallet!.id,
    walletNumber: wallet!.number,
    evidence: {
      source: 'sms',
      account: null,
      postedOn: parsed.at?.slice(0, 10) ?? localDay(Date.parse(receivedAt)),
      amountMinor: parsed.amountMinor!,
      payer: findPayer(parsed.counterparty ?? ''),
      transferId: null,
      bankId: null,
      isPix: null,
      madeAt: parsed.atUtc,
      reportedAt: message.arrivedAt,
    },
    arrivedBy: parsed.atUtc ?? receivedAt,
    receivedAt,
    holdReason: holdReason(reading),
    cause,
  };
}

/**
 * What keeps it from completing a payment by itself. The want of a TrxID does not, when what is printed (account,
 * balance, time) makes the text one event's; a text that can be shown twice for one transfer, or once for two, is a
 * hint.
 */
function holdReason({ parsed, reasons }: Reading): string | null {
  const doubts = reasons.filter((reason) => reason !== 'no_transaction_id');
  return doubts[0] ?? (sameEventKey(parsed) === null ? 'no_transaction_id' : null);
}
