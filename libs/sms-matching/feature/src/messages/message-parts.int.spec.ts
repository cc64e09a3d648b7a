import type { Message } from '@paymatch/platform-messaging';
import type { MessageReceived } from '@paymatch/contracts';
import { allTemplates, buildRegistry, templateRegistry } from '@paymatch/sms-matching-domain';
import {
  FakePayment,
  MatchingWorld,
  PART_WAIT_MS,
  T0,
  bkashSms,
  newTrxId,
  received,
} from '../testing/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

type Changes = Partial<MessageReceived>;

function parts(
  trxId: string,
  {
    key = '17',
    changes = {},
    body = bkashSms({ trxId }),
  }: { readonly key?: string; readonly changes?: Changes; readonly body?: string } = {},
): readonly [Message<MessageReceived>, Message<MessageReceived>] {
  const part = (index: number, text: string) => received(text, { ...changes, part: { key, index, total: 2 } });
  return [part(1, body.slice(0, 90)), part(2, body.slice(90))];
}

async function claimed(): Promise<{ readonly trxId: string; readonly payment: FakePayment }> {
  const trxId = newTrxId();
  const payment = new FakePayment();
  await world.tell(payment.submits(trxId));
  return { trxId, payment };
}

async function waitForParts(): Promise<void> {
  world.nowMs += PART_WAIT_MS;
  await world.messages.run();
}

describe('a message in two parts', () => {
  it.each([
    ['in order', [0, 1]],
    ['the other way round', [1, 0]],
    ['with one twice', [0, 0, 1]],
  ])('credits when both are there, %s, one at a time', async (_how, order) => {
    const { trxId, payment } = await claimed();
    const both = parts(trxId);
    for (const [step, index] of order.entries()) {
      expect(await world.factsOf('credits.matched')).toEqual([]);
      await world.receive(
        step > 0 && order.indexOf(index) < step
          ? received(both[index]!.data.body, { part: both[index]!.data.part! })
          : both[index]!,
      );
    }
    expect(await world.factsOf('credits.matched')).toEqual([expect.objectContaining({ paymentId: payment.id })]);
    await waitForParts();
    expect([await world.cases(), await world.count('credits'), await world.count('credit_messages')]).toEqual([
      [],
      1,
      order.length,
    ]);
  });

  it('credits once when both come in one batch, and twice uploaded, or from two phones', async () => {
    const { trxId } = await claimed();
    const both = parts(trxId);
    await world.receive(...both);
    await world.receive(...both);
    await world.receive(...parts(trxId, { changes: { deviceId: 'phone-2' } }));
    expect([
      (await world.factsOf('credits.matched')).length,
      await world.count('credits'),
      await world.count('credit_messages'),
    ]).toEqual([1, 1, 4]);
  });

  it('credits once when its parts come to two instances at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { trxId, payment } = await claimed();
      const [first, second] = parts(trxId, { key: `race-${round}` });
      await Promise.all([world.receive(first), world.receive(second)]);
      expect((await world.factsOf('credits.matched')).filter((fact) => fact.paymentId === payment.id)).toHaveLength(1);
    }
  });

  it.each([0, 1])('never credits by one of them; after a while a person sees it (part %i)', async (index) => {
    const { trxId } = await claimed();
    const one = parts(trxId)[index]!;
    await world.receive(one);
    world.nowMs += PART_WAIT_MS - 1;
    await world.messages.run();
    expect(await world.cases()).toEqual([]);
    world.nowMs += 1;
    await Promise.all([world.messages.run(), world.messages.run()]);
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({
        reason: 'incomplete',
        credit: null,
        evidence: [expect.objectContaining({ body: one.data.body })],
      }),
    ]);
    expect(await world.factsOf('credits.review-case-opened')).toHaveLength(1);
    expect(await world.count('credits')).toBe(0);
  });

  it('credits also when the second comes after a person was asked; that case ends', async () => {
    const { trxId, payment } = await claimed();
    const [first, second] = parts(trxId);
    await world.receive(first);
    await waitForParts();
    await world.receive(second);
    expect(await world.factsOf('credits.matched')).toEqual([expect.objectContaining({ paymentId: payment.id })]);
    expect(await world.cases()).toEqual([
      expect.objectContaining({ status: 'closed', reason: 'incomplete', resolution: 'reparsed' }),
    ]);
  });

  it.each<[string, Changes]>([
    ['another device', { deviceId: 'phone-2' }],
    ['another sender', { sender: 'NAGAD' }],
    ['another SIM', { simSlot: 0 }],
    [
      'another day, under a number that has come round',
      { sentAt: new Date(T0 + 86_400_000).toISOString(), receivedAt: new Date(T0 + 86_400_000).toISOString() },
    ],
  ])('is not made of a part from %s', async (_what, changes) => {
    const { trxId } = await claimed();
    await world.receive(parts(trxId)[0], parts(trxId, { changes })[1]);
    await waitForParts();
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.count('credits')).toBe(0);
  });

  it('whose parts contradict each other is for a person', async () => {
    const { trxId } = await claimed();
    const [first, second] = parts(trxId);
    await world.receive(first, received('You have received Tk 9,999.00 from', { part: first.data.part! }), second);
    await waitForParts();
    expect([await world.count('credits'), (await world.cases('open')).map((one) => one.reason)]).toEqual([
      0,
      ['incomplete'],
    ]);
  });

  it('is read whole when a later registry reads it anew', async () => {
    const older = world.withRegistry(
      buildRegistry(
        allTemplates.map((provider) => ({
          ...provider,
          templates: provider.templates.filter(({ id }) => id !== 'bkash.money_received'),
        })),
      ),
    );
    await world.database.query("DELETE FROM sms_matching.registries WHERE version <> ''");
    await older.messages.run();
    const { trxId, payment } = await claimed();
    await older.receive(...parts(trxId));
    expect(await world.cases('open')).toEqual([expect.objectContaining({ reason: 'unknown' })]);
    await world.withRegistry(templateRegistry).messages.run();
    expect(await world.factsOf('credits.matched')).toEqual([expect.objectContaining({ paymentId: payment.id })]);
    expect(await world.cases('open')).toEqual([]);
  });
});
