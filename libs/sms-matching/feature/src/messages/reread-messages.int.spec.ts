import { newId } from '@paymatch/contracts';
import { allTemplates, buildRegistry, templateRegistry } from '@paymatch/sms-matching-domain';
import { registryVersion } from './registry-version.js';
import {
  FakePayment,
  GRACE_MS,
  MatchingWorld,
  bkashSms,
  merchantId,
  newTrxId,
  received,
} from '../testing/matching-world.js';

/** An older registry, that has no template of these kinds, or does not know a provider's sender. */
const without = (...kinds: readonly string[]) =>
  buildRegistry(
    allTemplates.map((provider) => ({
      ...provider,
      templates: provider.templates.filter((template) => !kinds.includes(template.id)),
    })),
  );
const older = without('bkash.money_received', 'bkash.send_money');

let test: MatchingWorld;
/** The instance of today, and the one before it, which has been there first. */
let world: MatchingWorld;
let before: MatchingWorld;
beforeAll(async () => {
  test = await MatchingWorld.create();
});
beforeEach(async () => {
  await test.clear();
  await test.database.query("DELETE FROM sms_matching.registries WHERE version <> ''");
  [before, world] = [test.withRegistry(older), test.withRegistry(templateRegistry)];
  await before.messages.run();
});
afterAll(() => test.drop());

const sms = (trxId = newTrxId()) => ({ trxId, wire: received(bkashSms({ trxId })) });
const sendMoney = () =>
  received(
    `Send Money Tk 350.00 to 01716224375 successful. Ref . Fee Tk 5.00. Balance Tk 231.40. TrxID ${newTrxId()} at ` +
      '14/08/2026 11:07',
  );

async function sweepAll(instance = world): Promise<number> {
  let count = 0;
  for (let taken = await instance.messages.run(); taken > 0; taken = await instance.messages.run()) count += taken;
  return count;
}

describe('a registry that came later', () => {
  it('is another one, and the same one every time', () => {
    expect(registryVersion(older)).toBe(registryVersion(without('bkash.money_received', 'bkash.send_money')));
    expect(registryVersion(older)).not.toBe(registryVersion(without()));
  });

  it('reads anew what was unknown: the money meets its claim, and the case ends', async () => {
    const { trxId, wire } = sms();
    const payment = new FakePayment();
    await before.receive(wire);
    await world.tell(payment.submits(trxId));
    const [unknown] = await world.cases('open');
    expect(unknown).toMatchObject({ reason: 'unknown', credit: null });
    expect(await sweepAll()).toBe(1);
    expect(await world.factsOf('credits.matched')).toEqual([
      expect.objectContaining({ paymentId: payment.id, decidedBy: null }),
    ]);
    const [closed] = await world.cases('closed');
    expect(closed).toMatchObject({ id: unknown!.id, resolution: 'reparsed' });
    expect(closed!.history.at(-1)).toMatchObject({ actor: 'system', action: 'reparsed', note: 'credit' });
    expect(await world.factsOf('credits.review-case-closed')).toEqual([
      expect.objectContaining({ caseId: unknown!.id, resolution: 'reparsed' }),
    ]);
    const { rows } = await world.database.query(
      "SELECT outcome, template, jsonb_array_length(earlier_readings) AS earlier, earlier_readings->0->'reading'->'reasons' AS reasons FROM sms_matching.raw_messages",
    );
    expect(rows).toEqual([{ outcome: 'credit', template: 'bkash.money_received', earlier: 1, reasons: ['unknown'] }]);
    expect(await world.count('credit_messages')).toBe(1);
  });

  it('shows a person money that nobody claims, after the time of grace', async () => {
    await before.receive(sms().wire);
    await sweepAll();
    world.nowMs += GRACE_MS;
    await world.sweep.run();
    expect(await world.cases('open')).toEqual([expect.objectContaining({ reason: 'unmatched_credit' })]);
  });

  it('ends the case of what turns out to be money out, and keeps that of what stays unknown', async () => {
    await before.receive(sendMoney(), received('You have maybe got Tk 500.00 from somebody.'));
    expect(await sweepAll()).toBe(2);
    expect((await world.cases('closed')).map((one) => one.history.at(-1)!.note)).toEqual(['debit']);
    expect(await world.cases('open')).toEqual([expect.objectContaining({ reason: 'unknown' })]);
    expect(await sweepAll()).toBe(0);
  });

  it('takes them in bounded steps, once each, with several instances at work', async () => {
    const all = Array.from({ length: 23 }, () => sms());
    await before.receive(...all.map(({ wire }) => wire));
    await world.tell(...all.map(({ trxId }) => new FakePayment().submits(trxId)));
    expect(await world.messages.run()).toBe(5);
    await Promise.all(
      [world, world.withRegistry(without()), world.withRegistry(without())].map((instance) => sweepAll(instance)),
    );
    expect((await world.factsOf('credits.matched')).map((fact) => fact.credit.trxId).sort()).toEqual(
      all.map(({ trxId }) => trxId).sort(),
    );
    expect([await world.count('credits'), await world.cases('open')]).toEqual([23, []]);
  });

  it('does not take turns with an earlier one that still runs', async () => {
    await before.receive(received('You have maybe got Tk 500.00 from somebody.'), sms().wire);
    expect([await sweepAll(world), await sweepAll(before), await sweepAll(world)]).toEqual([2, 0, 0]);
    await before.receive(sms().wire);
    expect([await sweepAll(before), await sweepAll(world)]).toEqual([0, 1]);
  });

  it('leaves money to the person who has decided about its text', async () => {
    const { trxId, wire } = sms();
    await before.receive(wire);
    const [unknown] = await world.cases('open');
    await world.command({
      type: 'IgnoreCase',
      commandId: newId(),
      merchantId,
      livemode: true,
      caseId: unknown!.id,
      reason: 'a friend',
      actor: 'Rahima',
      now: '',
    });
    await world.tell(new FakePayment().submits(trxId));
    await sweepAll();
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ reason: 'read_after_decision', creditStatus: 'in_review' }),
    ]);
  });

  it('finds money that was entered by hand from that text: one credit, told of by both', async () => {
    const { trxId, wire } = sms();
    const payment = new FakePayment();
    await before.receive(wire);
    const [unknown] = await world.cases('open');
    const { number, id } = wire.data.wallets[0]!;
    await world.command({
      type: 'EnterCredit',
      commandId: newId(),
      merchantId,
      livemode: true,
      actor: 'Rahima',
      now: '',
      note: 'seen',
      paymentId: payment.id,
      caseId: unknown!.id,
      credit: {
        provider: 'bkash',
        walletId: id,
        walletNumber: number,
        toleranceMinor: 0,
        trxId,
        amountMinor: 50_000,
        currency: 'BDT',
        senderNumber: null,
        receivedAt: wire.data.arrivedAt,
      },
    });
    await sweepAll();
    expect([
      await world.count('credits'),
      await world.count('credit_messages'),
      (await world.factsOf('credits.matched')).length,
    ]).toEqual([1, 1, 1]);
  });

  it('knows a message that came again meanwhile', async () => {
    const { trxId, wire } = sms();
    await before.receive(wire);
    await world.receive(received(bkashSms({ trxId }), { deviceId: 'phone-2' }));
    await sweepAll();
    expect([await world.count('credits'), await world.count('credit_messages')]).toEqual([1, 2]);
    expect(await world.cases('open')).toEqual([]);
  });
});
