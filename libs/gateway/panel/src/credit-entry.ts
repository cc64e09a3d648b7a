import { parseMinor, type EnterCredit, type EnteredCredit } from '@paymatch/contracts';
import { validationProblem } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import { currencyOfProvider } from '@paymatch/vocabulary';
import { actorOf, type PanelDesk } from './panel-desk.js';
import type { EnterCreditDto } from './panel.dto.js';
import { requirePayable } from './payable.js';
import { readPaymentId } from './panel.rules.js';

/**
 * The command that adds money a person saw: into one of the caller's own wallets, closed ones included, since money may
 * have come to those too.
 */
export async function entryOf(
  desk: PanelDesk,
  caller: Caller,
  entry: { readonly fields: EnterCreditDto; readonly caseId: string | null; readonly commandId: string },
): Promise<EnterCredit> {
  const { fields, caseId, commandId } = entry;
  const { merchantId, livemode } = caller;
  const wallet = await desk.wallets.find(fields.wallet_id);
  if (wallet === null || wallet.merchantId !== merchantId || wallet.livemode !== livemode)
    throw validationProblem({ wallet_id: ['You have no wallet with this id.'] });
  const now = new Date(desk.clock.nowMs()).toISOString();
  const credit: EnteredCredit = {
    provider: wallet.provider,
    walletId: wallet.id,
    walletNumber: wallet.number,
    toleranceMinor: caller.merchant.amountToleranceMinor,
    trxId: fields.trx_id.replace(/\s/g, '').toUpperCase(),
    amountMinor: parseMinor(fields.amount)!,
    currency: currencyOfProvider(wallet.provider),
    senderNumber: fields.sender_number ?? null,
    receivedAt: momentOr(fields.received_at ?? null, now),
  };
  const paymentId = fields.payment_id === undefined ? null : readPaymentId(fields.payment_id)!;
  if (paymentId !== null) await requirePayable(desk, caller, paymentId);
  return {
    type: 'EnterCredit',
    commandId,
    merchantId,
    livemode,
    actor: actorOf(caller),
    now,
    credit,
    note: fields.note,
    paymentId,
    caseId,
  };
}

function momentOr(given: string | null, now: string): string {
  return given === null ? now : new Date(given).toISOString();
}
