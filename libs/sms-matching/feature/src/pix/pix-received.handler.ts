import { newId, type PixReceived } from '@paymatch/contracts';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import { readDocument } from '@paymatch/sms-matching-domain';
import type { Telling } from '../bank/bank-evidence.store.js';
import { localDay } from '../bank/bank-days.js';
import { retire } from '../bank/bank-transfers.js';
import { isGiven, lookAround, possibleDuplicate, ReportedMoney } from '../bank/reported-money.js';
import { slotsOfClaimKeys } from '../slots/claim-keys.store.js';
import { hashFacts } from '../messages/evidence-hash.js';
import { causeOf } from '../slots/match-traces.js';
import type { MatchingWork } from '../slots/matching-work.js';
import { hexText, type CreditRecord, type RawRecord, type SlotKey } from '../slots/records.js';
import { settle } from '../slots/settlement.js';
import { contradict, match, type SettleOptions } from '../slots/slot-matching.js';
import { byMerchant, type Held, type MatchingStage, type Share } from '../slots/matching-stage.js';
import { loadHeld } from '../slots/slots.store.js';
import { PixReturns } from './pix-returns.store.js';
import { isOurTxid, pixClaimKey, pixSlot, strangePixSlot } from './pix-slots.js';

export interface PixReceivedOptions {
  readonly stage: Pick<MatchingStage, 'commit'>;
  readonly logger: Logger;
  readonly settings: SettleOptions;
}

type Notice = Message<PixReceived>;

/** Keeps what banks say of Pix transfers, and brings the money to the payments whose codes were paid. */
export class PixReceivedHandler {
  constructor(private readonly options: PixReceivedOptions) {}

  /**
   * Idempotent: a notice known by its id has had its effects, since they committed together; a transfer is one credit
   * by its `endToEndId`.
   */
  async handle(wires: readonly Notice[], nowMs: number): Promise<void> {
    const { stage, logger } = this.options;
    wires.forEach(check);
    const seen = new Set<string>();
    const once = wires.filter(({ data: { rawId } }) => !seen.has(rawId) && seen.add(rawId));
    const shares = byMerchant(once, ({ data }) => data).map((notices): Share<readonly Notice[]> => ({
      kind: 'notices',
      merchant: notices[0]!.data,
      nowMs,
      wanted: { messages: notices.map(({ data }) => toRaw(data)), slots: notices.map(({ data }) => slotOf(data)) },
      decide: async (held) => {
        const unknown = notices.filter(({ data }) => held.found.newRawIds.has(data.rawId));
        await this.recordAll(held, unknown);
        return unknown;
      },
    }));
    const fresh = (await stage.commit(shares)).flat();
    for (const { data, correlationId, traceparent } of fresh) {
      // Money that came stands in the tables and ends as a line of its payment; people look here for what went back.
      logger[data.devolucoes.length > 0 ? 'info' : 'debug']('Pix notice taken', {
        rawId: data.rawId,
        merchantId: data.merchantId,
        endToEndId: data.endToEndId,
        txid: data.txid,
        devolucoes: data.devolucoes.length,
        correlationId,
        traceparent,
      });
    }
  }

  private async recordAll({ tx, work, later }: Held, notices: readonly Notice[]): Promise<void> {
    const tellings = notices.map(({ data }) => tellingOf(data));
    const near = await lookAround(tx, tellings);
    // A transfer is known by its endToEndId wherever it stands.
    const known = await slotsOfClaimKeys(tx, tellings);
    work.add(await loadHeld(tx, [...known, ...near.slots]));
    const reported = new ReportedMoney(work, near);
    const returns = await PixReturns.load(
      tx,
      work.loadedCredits.map(({ creditId }) => creditId),
    );
    later(() => reported.flush(tx));
    later(() => returns.flush(tx));
    for (const notice of notices) {
      work.cause = causeOf(notice);
      this.record(notice.data, { work, returns, reported });
    }
  }

  private record(notice: PixReceived, { work, returns, reported }: Recorded): void {
    const telling = tellingOf(notice);
    const before =
      work.loadedCredits.find(
        (credit) =>
          credit.claimKey === telling.claimKey &&
          credit.merchantId === notice.merchantId &&
          credit.livemode === notice.livemode,
      ) ?? reported.reportedBefore(telling);
    const judged: Judged = before === undefined ? this.judge(telling, { work, reported, notice }) : { known: before };
    const credit = judged.known ?? work.putCredit(this.toCredit(notice, work.nowMs));
    work.evidence.push({ rawId: notice.rawId, creditId: credit.creditId });
    if (before !== undefined && !reported.isReportedBy('pix', before)) this.compare(before, { work, notice });
    if (before === undefined || !reported.isReportedBy('pix', before)) reported.note(telling, credit, notice.rawId);
    for (const devolucao of notice.devolucoes) returns.note(credit.creditId, devolucao);
    if (judged.known !== undefined && judged.known.amountMinor !== notice.amountMinor)
      contradict(work, judged.known, 'contradicting_messages');
    if (judged.replaces !== undefined) retire(work, judged.replaces, credit.creditId);
    if (judged.isHeld) this.hold(credit, { work, reported, notice });
    returns.apply(work, work.credit(credit.creditId)!);
    if (judged.known !== undefined) return;
    if (work.credit(credit.creditId)!.status === 'open') this.offer(work, credit, notice.txid);
    reported.keepOneFree(credit, judged.twinIds ?? [], namesPayment(notice));
  }

  /**
   * Whether a statement, a message or a person has told of this Pix. What names its payment is not given up for a word
   * that names none.
   */
  private judge(
    telling: Telling,
    { work, reported, notice }: Pick<Recorded, 'work' | 'reported'> & { readonly notice: PixReceived },
  ): Judged {
    const identity = reported.identify(telling);
    if (identity.type === 'new') return {};
    if (identity.type === 'doubtful')
      return reported.isAnyGiven(identity.creditIds) ? { isHeld: true } : { twinIds: identity.creditIds };
    const same = work.credit(identity.creditId)!;
    if (!namesPayment(notice) || (isGiven(same) && same.paymentId === paymentNamed(work, notice)))
      return { known: same };
    if (isGiven(same)) return { isHeld: true };
    return { replaces: same, isHeld: work.caseOf(same.creditId)?.reason === possibleDuplicate };
  }

  /** A person gave it to one payment, and its code was another's: whoever paid that code waits in vain. */
  private compare(
    credit: CreditRecord,
    { work, notice }: Pick<Recorded, 'work'> & { readonly notice: PixReceived },
  ): void {
    const named = paymentNamed(work, notice);
    if (isGiven(credit) && named !== null && named !== credit.paymentId)
      work.noteContradiction(credit, 'paid_other_payment');
  }

  /** Whoever waits for it hears that a person decides. */
  private hold(
    credit: CreditRecord,
    { work, reported, notice }: Pick<Recorded, 'work' | 'reported'> & { readonly notice: PixReceived },
  ): void {
    reported.hold(credit, paymentNamed(work, notice));
    settle(work, work.credit(credit.creditId)!, this.options.settings);
  }

  /**
   * The txid names the payment. One that waits no longer is asked all the same: its answer (late, already paid) is what
   * the case and the merchant are told.
   */
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

interface Recorded {
  readonly work: MatchingWork;
  readonly returns: PixReturns;
  readonly reported: ReportedMoney;
}

/** What other sources' words mean for a Pix that no notice has told of. */
interface Judged {
  /** It is this money. */
  readonly known?: CreditRecord;
  /** It is this money, which nobody has, and the notice knows better whose it is. */
  readonly replaces?: CreditRecord;
  /** It may be money that has been given away. */
  readonly isHeld?: boolean;
  /** It may be one of these, which nobody has. */
  readonly twinIds?: readonly string[];
}

function namesPayment({ txid }: PixReceived): boolean {
  return txid !== null && isOurTxid(txid);
}

function paymentNamed(work: MatchingWork, notice: PixReceived): string | null {
  return namesPayment(notice) ? (work.claimsOf(slotOf(notice))[0]?.paymentId ?? null) : null;
}

function tellingOf(notice: PixReceived): Telling {
  const { merchantId, livemode, amountMinor, horario, payer, endToEndId, arrivedAt } = notice;
  return {
    merchantId,
    livemode,
    claimKey: claimKeyOf(notice),
    evidence: {
      source: 'pix',
      account: null,
      postedOn: localDay(Date.parse(horario)),
      amountMinor,
      payer: { document: readDocument(payer?.document ?? ''), name: payer?.name ?? null },
      transferId: endToEndId.toUpperCase(),
      bankId: null,
      isPix: true,
      madeAt: new Date(horario).toISOString(),
      reportedAt: arrivedAt,
    },
  };
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
  return namesPayment(notice) ? pixSlot(notice, notice.txid!) : strangePixSlot(notice, notice.endToEndId);
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
