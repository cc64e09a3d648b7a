import { formatMinor, type CreditView, type CreditWithMessages, type StoredMessage } from '@paymatch/contracts';
import { dialectOfCurrency, spelledIn } from './payment-spelling.js';

/** Money that arrived, as the panel API shows it. */
export function renderCredit(credit: CreditView): object {
  return {
    id: credit.creditId,
    provider: credit.provider,
    wallet_id: credit.walletId,
    wallet_number: credit.walletNumber,
    trx_id: credit.trxId,
    amount: formatMinor(credit.amountMinor),
    returned_amount: formatMinor(credit.returnedMinor),
    currency: credit.currency,
    sender_number: credit.senderNumber,
    balance: credit.balanceMinor === null ? null : formatMinor(credit.balanceMinor),
    printed_at: credit.printedAt,
    received_at: credit.receivedAt,
    status: credit.status,
    payment_id: credit.paymentId === null ? null : spelledIn(dialectOfCurrency(credit.currency), credit.paymentId),
    decided_by: credit.decidedBy,
    case_id: credit.caseId,
    case_reason: credit.caseReason,
  };
}

export function renderCreditWithMessages({ credit, messages }: CreditWithMessages): object {
  return { ...renderCredit(credit), messages: messages.map(renderMessage) };
}

export function renderMessage(message: StoredMessage): object {
  return {
    id: message.rawId,
    device_id: message.deviceId,
    sender: message.sender,
    body: message.body,
    sim_slot: message.simSlot,
    sent_at: message.sentAt,
    received_at: message.receivedAt,
    arrived_at: message.arrivedAt,
    outcome: message.outcome,
    reasons: message.reasons,
    fields: message.fields,
    credit_id: message.creditId,
    case_id: message.caseId,
  };
}
