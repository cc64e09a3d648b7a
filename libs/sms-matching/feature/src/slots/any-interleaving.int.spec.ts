import fc from 'fast-check';
import { newId } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import {
  CONFIRMATION_WAIT_MS,
  GRACE_MS,
  MatchingWorld,
  T0,
  bkashSms,
  merchantId,
  newTrxId,
  received,
  wallet,
} from '../testing/matching-world.js';
import { PretendedPayments } from '../testing/pretended-payments.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
afterAll(() => world.drop());

const PAYMENTS = 4;
const TRX_IDS = 3;

type Step =
  | { readonly do: 'submit'; readonly payment: number; readonly trx: number }
  | { readonly do: 'sms'; readonly trx: number; readonly isWrong: boolean }
  | { readonly do: 'fail'; readonly payment: number }
  | { readonly do: 'enter'; readonly payment: number; readonly trx: number; readonly isMeant: boolean }
  | { readonly do: 'tell' | 'hear'; readonly count: number; readonly again: number }
  | { readonly do: 'wait' };

const payment = fc.nat({ max: PAYMENTS - 1 });
const trx = fc.nat({ max: TRX_IDS - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('submit' as const), payment, trx }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sms' as const),
      trx,
      isWrong: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), payment }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('enter' as const), payment, trx, isMeant: fc.boolean() }) },
  // Facts go over in order, some at a time, and some of the last ones once more.
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('tell' as const, 'hear' as const),
      count: fc.integer({ min: 1, max: 4 }),
      again: fc.nat({ max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'wait' as const }) },
);

/** One run: both topics as queues, delivered from where they were left, sometimes from before that. */
class Run {
  private readonly payments = new PretendedPayments(PAYMENTS);
  private readonly trxIds = Array.from({ length: TRX_IDS }, newTrxId);
  private reported = 0;
  private heard = 0;

  async play(steps: readonly Step[]): Promise<void> {
    for (const one of steps) await this.take(one);
    await this.settle();
  }

  private async take(one: Step): Promise<void> {
    switch (one.do) {
      case 'submit':
        return this.payments.submit(this.payments.payments[one.payment]!, this.trxIds[one.trx]!);
      case 'fail':
        return this.payments.fail(this.payments.payments[one.payment]!);
      case 'enter':
        return this.enter(one);
      case 'sms':
        return world.receive(
          received(bkashSms({ trxId: this.trxIds[one.trx]!, amount: one.isWrong ? '7.00' : '500.00' })),
        );
      case 'tell': {
        const from = Math.max(0, this.reported - one.again);
        this.reported = Math.min(this.payments.facts.length, this.reported + one.count);
        return world.tell(...this.payments.facts.slice(from, this.reported));
      }
      case 'hear': {
        const facts = await world.facts();
        const from = Math.max(0, this.heard - one.again);
        this.heard = Math.min(facts.length, this.heard + one.count);
        for (const fact of facts.slice(from, this.heard)) this.payments.hear(fact);
        return;
      }
      case 'wait': {
        world.nowMs += CONFIRMATION_WAIT_MS;
        await world.sweep.run();
      }
    }
  }

  /** A person writes down the money, for one payment or for whoever claims it. */
  private async enter({ payment, trx, isMeant }: Extract<Step, { readonly do: 'enter' }>): Promise<void> {
    const credit = {
      provider: 'bkash',
      walletId: wallet.id,
      walletNumber: wallet.number,
      toleranceMinor: 0,
      trxId: this.trxIds[trx]!,
      amountMinor: 50_000,
      currency: 'BDT',
      senderNumber: null,
      receivedAt: new Date(T0).toISOString(),
    };
    const paymentId = isMeant ? this.payments.payments[payment]!.id : null;
    await world
      .command({
        type: 'EnterCredit',
        commandId: newId(),
        merchantId,
        livemode: true,
        actor: 'Rahima',
        now: '',
        note: 'seen',
        credit,
        paymentId,
        caseId: null,
      })
      .catch((error: unknown) => {
        if (!(error instanceof Refusal && error.code === 'CREDIT_EXISTS')) throw error;
      });
  }

  /** Everything under way arrives, and all waiting is over. */
  private async settle(): Promise<void> {
    for (let round = 0; round < 8; round += 1) {
      while (this.reported < this.payments.facts.length || this.heard < (await world.facts()).length) {
        await this.take({ do: 'tell', count: 100, again: 0 });
        await this.take({ do: 'hear', count: 100, again: 0 });
      }
      world.nowMs += GRACE_MS;
      await world.sweep.run();
    }
  }

  async holds(): Promise<void> {
    const { rows: credits } = await world.database.query<{
      credit_id: string;
      slot_key: string;
      status: string;
      payment_id: string | null;
    }>('SELECT * FROM sms_matching.credits');
    const { rows: claims } = await world.database.query<{ payment_id: string; slot_key: string; status: string }>(
      'SELECT * FROM sms_matching.claims',
    );
    const open = new Set((await world.cases('open')).map((one) => one.credit?.creditId));
    for (const credit of credits) {
      const spentOn = this.payments.spent.get(credit.credit_id) ?? null;
      // Money is spent exactly where payments spent it; all other money is with a person.
      expect([credit.status, credit.payment_id, open.has(credit.credit_id)]).toEqual(
        spentOn === null ? ['in_review', null, true] : ['consumed', spentOn, expect.any(Boolean)],
      );
    }
    for (const one of this.payments.payments) {
      const { status, creditId, trxId } = one.snapshot;
      if (status === 'completed') expect(this.payments.spent.get(creditId!)).toBe(one.id);
      const used = credits.find((credit) => credit.status === 'consumed' && credit.slot_key === trxId);
      // Nobody waits for money that is spent.
      if (used !== undefined && used.payment_id !== one.id) expect(status).not.toBe('awaiting_verification');
      const waiting = claims.filter(
        (claim) => claim.payment_id === one.id && (claim.status === 'open' || claim.status === 'refused'),
      );
      expect(waiting.map((claim) => claim.slot_key)).toEqual(status === 'awaiting_verification' ? [trxId] : []);
    }
    expect([...this.payments.spent.values()].length).toBe(new Set(this.payments.spent.values()).size);
  }
}

describe("messages, claims, credits entered by hand and payments' answers in any order, some of them twice", () => {
  it('spend each credit at most once, leave nobody waiting for spent money, and show a person all other money', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        await world.clear();
        const run = new Run();
        await run.play(steps);
        await run.holds();
      }),
      { numRuns: 60, endOnFailure: false },
    );
  }, 180_000);
});
