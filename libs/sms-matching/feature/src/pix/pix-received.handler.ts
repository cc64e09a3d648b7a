import { newId, type PixReceived } from '@paymatch/contracts';
import { ContractError, type Message, type Outbox } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { slotsOfClaimKeys } from '../slots/claim-keys.store.js';
import { hashFacts } from '../messages/evidence-hash.js';
import { MatchingWork } from '../slots/matching-work.js';
import { insertRawRecords } from '../messages/raw-messages.store.js';
import { hexText, type CreditRecord, type RawRecord, type SlotKey } from '../slots/records.js';
import { settle } from '../slots/settlement.js';
import { contradict, match, type SettleOptions } from '../slots/slot-matching.js';
import { inMerchantTransaction, type MerchantTx } from '../slots/merchant-transaction.js';
import { lockAndLoad } from '../slots/slots.store.js';
import { PixReturns } from './pix-returns.store.js';
import { isOurTxid, pixClaimKey, pixSlot, strangePixSlot } from './pix-slots.js';

export interface PixReceivedOptions {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly settings: SettleOptions;
  /** Called after a commit that left facts in the outbox. */
  readonly onCommitted: () => void;
}

type Notice = Message<PixReceived>;

/** Keeps what banks say of Pix transfers, and brings the money to the payments whose codes were paid. */
export class PixReceivedHandler {
  constructor(private readonly options: PixReceivedOptions) {}

  /** Idempotent: a notice known by its id has had its effects, since they committed together; a transfer is one credit by its `endToEndId`. */
  async handle(wires: readonly Notice[], nowMs: number): Promise<void> {
    const { database, outbox, logger, onCommitted } = this.options;
    wires.forEach(check);
    const merchants = wires.map(({ data }) => data);
    const { fresh, hasFacts } = await inMerchantTransaction(database, merchants, async (tx) => {
      const newIds = await insertRawRecords(
        tx,
        wires.map(({ data }) => toRaw(data)),
      );
      const fresh = wires.filter(
        ({ data }, index) =>
          newIds.has(data.rawId) && wires.findIndex((other) => other.data.rawId === data.rawId) === index,
      );
      const { work, returns } = await this.bringAll(tx, fresh, nowMs);
      await work.flush(tx, outbox);
      await returns.flush(tx);
      return { fresh, hasFacts: work.hasFacts };
    });
    if (hasFacts) onCommitted();
    for (const { data, correlationId } of fresh) {
      logger.info('Pix notice taken', {
        rawId: data.rawId,
        merchantId: data.merchantId,
        endToEndId: data.endToEndId,
        txid: data.txid,
        devolucoes: data.devolucoes.length,
        correlationId,
      });
    }
  }

  private async bringAll(
    tx: MerchantTx,
    notices: readonly Notice[],
    nowMs: number,
  ): Promise<{ readonly work: MatchingWork; readonly returns: PixReturns }> {
    // A transfer is known by its endToEndId wherever it stands. Two that come at the same moment with different txids meet in the unique key on it, and the later comes again.
    const known = await slotsOfClaimKeys(
      tx,
      notices.map(({ data }) => ({ merchantId: data.merchantId, livemode: data.livemode, claimKey: claimKeyOf(data) })),
    );
    const work = new MatchingWork(await lockAndLoad(tx, [...notices.map(({ data }) => slotOf(data)), ...known]), nowMs);
    const returns = await PixReturns.load(
      tx,
      work.loadedCredits.map(({ creditId }) => creditId),
    );
    for (const notice of notices) {
      work.cause = { correlationId: notice.correlationId, messageId: notice.id };
      this.bring(work, { notice: notice.data, returns });
    }
    return { work, returns };
  }

  private bring(
    work: MatchingWork,
    { notice, returns }: { readonly notice: PixReceived; readonly returns: PixReturns },
  ): void {
    const known = work.loadedCredits.find(
      (credit) =>
        credit.claimKey === claimKeyOf(notice) &&
        credit.merchantId === notice.merchantId &&
        credit.livemode === notice.livemode,
    );
    const credit = known ?? work.putCredit(this.toCredit(notice, work.nowMs));
    work.evidence.push({ rawId: notice.rawId, creditId: credit.creditId });
    for (const devolucao of notice.devolucoes) returns.note(credit.creditId, devolucao);
    if (known === undefined) work.emitCreditReceived(credit);
    else if (known.amountMinor !== notice.amountMinor) contradict(work, known, 'contradicting_messages');
    returns.apply(work, work.credit(credit.creditId)!);
    if (known === undefined && work.credit(credit.creditId)!.status === 'open') this.offer(work, credit, notice.txid);
  }

  /** The txid names the payment. One that waits no longer is asked all the same: its answer (late, already paid) is what the case and the merchant are told. */
  private offer(work: MatchingWork, credit: CreditRecord, txid: string | null): void {
    if (txid === null || !isOurTxid(txid))
      return work.review(credit, { reason: txid === null ? 'missing_txid' : 'unknown_txid', paymentId: null });
    const claims = work.claimsOf(credit);
    const [claim] = claims;
    if (claim === undefined || claims.some(({ status }) => status === 'open'))
      return settle(work, credit, this.options.settings);
    match(work, credit, { paymentId: claim.paymentId, decidedBy: null, settings: this.options.settings });
  }

  private toCredit(notice: PixReceived, nowMs: number): CreditRecord {
    return {
      ...slotOf(notice),
      creditId: newId(nowMs),
      claimKey: claimKeyOf(notice),
      walletId: notice.accountKey,
      walletNumber: notice.accountKey,
      trxId: notice.endToEndId,
      amountMinor: notice.amountMinor,
      currency: 'BRL',
      senderNumber: notice.payer?.document ?? notice.payer?.name ?? null,
      balanceMinor: null,
      toleranceMinor: 0,
      printedAt: notice.horario,
      receivedAt: notice.arrivedAt,
      status: 'open',
      paymentId: null,
      decidedBy: null,
      matchAttempts: 0,
      attentionAt: new Date(nowMs + this.options.settings.unmatchedGraceMs).toISOString(),
      createdAt: new Date(nowMs).toISOString(),
    };
  }
}

function check({ data }: Notice): void {
  const { endToEndId, amountMinor, devolucoes, horario } = data;
  if (
    typeof endToEndId !== 'string' ||
    endToEndId === '' ||
    !Number.isSafeInteger(amountMinor) ||
    amountMinor <= 0 ||
    !Array.isArray(devolucoes) ||
    Number.isNaN(Date.parse(horario))
  ) {
    throw new ContractError('a Pix notice needs endToEndId, amountMinor, horario and devolucoes');
  }
}

function claimKeyOf({ endToEndId }: PixReceived): string {
  return pixClaimKey(endToEndId);
}

function slotOf(notice: PixReceived): SlotKey {
  return notice.txid !== null && isOurTxid(notice.txid)
    ? pixSlot(notice, notice.txid)
    : strangePixSlot(notice, notice.endToEndId);
}

/** What a person is shown: the bank's words, without ours. */
function toRaw(notice: PixReceived): RawRecord {
  const { type, rawId, merchantId, livemode, accountKey, arrivedAt, ...said } = notice;
  return {
    rawId,
    merchantId,
    livemode,
    deviceId: `pix ${accountKey}`,
    seq: null,
    sender: 'API Pix',
    body: hexText(Buffer.from(JSON.stringify(said), 'utf8')),
    simSlot: null,
    wallets: [],
    sentAt: notice.horario,
    receivedAt: null,
    arrivedAt,
    messageHash: hashFacts([merchantId, livemode, rawId]),
    outcome: 'credit',
    template: type,
    reading: { endToEndId: notice.endToEndId, amountMinor: notice.amountMinor },
  };
}
