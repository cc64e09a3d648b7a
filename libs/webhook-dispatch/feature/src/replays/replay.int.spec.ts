import { newId, type WebhookCommand, type WebhookFeedEvent, type WebhookReplayView } from '@paymatch/contracts';
import { answers, HostileReceiver } from '../testing/hostile-receiver.js';
import { fact, lifeOf, snapshot, T0 } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';
import { ReplayRunner } from './replay.runner.js';

let service: WebhookHarness;
let shop: HostileReceiver;
let runner: ReplayRunner;

beforeAll(async () => {
  service = await WebhookHarness.create();
  runner = new ReplayRunner({
    database: service.database,
    clock: { nowMs: () => service.nowMs },
    onStep: () => undefined,
  });
});
afterAll(() => service.close());
beforeEach(async () => {
  shop = await HostileReceiver.listen();
});
afterEach(async () => {
  await service.clear();
  await shop.close();
});

const owner = { merchantId: 'm1', livemode: true };
const ask = <Reply>(command: WebhookCommand, id?: string) => service.command(command, id) as Promise<Reply>;
const start = (endpointId: string, scope: 'failed' | 'all', since: string | null = null) =>
  ask<WebhookReplayView>({ type: 'StartReplay', ...owner, endpointId, scope, since });
const replay = (replayId: string, livemode = true) =>
  ask<WebhookReplayView>({ type: 'GetReplay', ...owner, livemode, replayId });
const toTheEnd = async () => {
  while (await runner.step());
};
const completed = () => fact('payments.payment-completed', snapshot({ status: 'completed', version: 3 }));
const sequences = () => shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence);

describe('a replay', () => {
  it('brings a new endpoint all that happened before it, in order, in steps, with the ids it had then', async () => {
    const lives = Array.from({ length: 90 }, () => lifeOf(snapshot()));
    expect(await service.consume(lives.flat())).toBe(0);
    const { id } = await service.setEndpoint(shop.url(), ['payment.created', 'payment.completed']);
    const { id: replayId, status, leftCount } = await start(id, 'all');
    expect([status, leftCount]).toEqual(['running', 270]);
    expect(await runner.step()).toBe(true);
    expect((await replay(replayId)).leftCount).toBe(170);
    await toTheEnd();
    expect(await replay(replayId)).toMatchObject({ status: 'done', sentCount: 180, leftCount: 0 });
    service.dispatcher({ inFlightMax: 100, perReceiverMax: 100 });
    for (const life of lives) await service.delivered(life[0]!.data.payment.id, 2);
    expect(new Set(shop.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set(lives.flatMap(([created, , paid]) => [created!.data.eventId, paid!.data.eventId])),
    );
    for (const life of lives)
      expect(
        shop.received.filter(
          ({ body }) => body.includes(life[0]!.data.eventId) || body.includes(life[2]!.data.eventId),
        ),
      ).toHaveLength(2);
    expect(await service.consume(lives.flat())).toBe(0);
  });

  it('of what failed sends that again and nothing else', async () => {
    const { id } = await service.setEndpoint(shop.url());
    const [failed, fine] = [completed(), completed()];
    await service.consume([failed, fine]);
    shop.behave([], (answer, { body }) => {
      answers(body.includes(failed.data.eventId) ? 500 : 200)(answer, { body, path: '', headers: {} });
    });
    await service.database.query('UPDATE webhook_dispatch.schedule SET attempts_made = 7');
    const dispatcher = service.dispatcher();
    await service.attempted(failed.data.payment.id, 1);
    await service.attempted(fine.data.payment.id, 1);
    shop.behave([]);
    await start(id, 'failed');
    await toTheEnd();
    dispatcher.nudge();
    expect((await service.attempted(failed.data.payment.id, 2)).status).toBe('delivered');
    expect((await service.attempted(fine.data.payment.id, 1)).status).toBe('delivered');
    expect(shop.received).toHaveLength(3);
  });

  it('since a moment leaves out what was before it, and one that was cancelled goes no further', async () => {
    const { id } = await service.setEndpoint(shop.url());
    await service.consume([completed()]);
    service.nowMs += 60_000;
    await service.consume([completed()]);
    service.dispatcher();
    for (const { paymentId } of await service.deliveries()) await service.delivered(paymentId, 1);
    const { id: late } = await start(id, 'all', new Date(T0 + 1).toISOString());
    await toTheEnd();
    expect((await replay(late)).sentCount).toBe(1);
    const { id: second } = await start(id, 'all');
    await ask({ type: 'CancelReplay', ...owner, replayId: second });
    expect(await runner.step()).toBe(false);
    expect(await replay(second)).toMatchObject({ status: 'cancelled', sentCount: 0 });
  });

  it('is made once under one id, of an endpoint of the owner in that mode, and found by them alone', async () => {
    const { id } = await service.setEndpoint(shop.url());
    await service.consume([completed()]);
    const command = { type: 'StartReplay', ...owner, endpointId: id, scope: 'all', since: null } as const;
    const replayId = newId();
    expect(await ask(command, replayId)).toEqual(await ask(command, replayId));
    expect(await ask<unknown[]>({ type: 'ListReplays', ...owner })).toHaveLength(1);
    await expect(ask({ ...command, livemode: false })).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND' });
    await expect(replay(replayId, false)).rejects.toMatchObject({ code: 'REPLAY_NOT_FOUND' });
  });
});

describe('the feed', () => {
  const read = (after: string | null, limit = 2, livemode = true) =>
    ask<WebhookFeedEvent[]>({ type: 'ListEvents', ...owner, livemode, after, event: null, limit });

  it('holds every event of one owner in the order in which it was kept, whoever was subscribed', async () => {
    const life = lifeOf(snapshot());
    await service.consume(life);
    await service.consume(lifeOf(snapshot({ livemode: false })));
    await service.consume(lifeOf(snapshot({ merchantId: 'm2' })));
    const ids = life.map(({ data }) => data.eventId);
    const first = await read(null);
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const rest = await read(ids[1]!);
    expect(rest.map(({ id, event }) => [id, event])).toEqual([[ids[2], 'payment.completed']]);
    expect(await read(ids[2]!)).toEqual([]);
    const back = async (after: string | null) =>
      (
        await ask<WebhookFeedEvent[]>({
          type: 'ListEvents',
          ...owner,
          after,
          event: null,
          limit: 2,
          isNewestFirst: true,
        })
      ).map(({ id }) => id);
    expect([await back(null), await back(ids[1]!)]).toEqual([[ids[2], ids[1]], [ids[0]]]);
    expect(JSON.parse(rest[0]!.body!)).toMatchObject({ id: ids[2], event: 'payment.completed', sequence: 3 });
    expect(await ask({ type: 'GetEvent', ...owner, eventId: ids[2]! })).toEqual(rest[0]);
    for (const [after, livemode] of [
      [ids[0]!, false],
      [newId(), true],
      ['x', true],
    ] as const)
      await expect(read(after, 2, livemode)).rejects.toMatchObject({ code: 'EVENT_NOT_FOUND' });
  });

  it('carries the very bytes that the webhook carried', async () => {
    await service.setEndpoint(shop.url());
    const message = completed();
    await service.consume([message]);
    service.dispatcher();
    await service.attempted(message.data.payment.id, 1);
    expect((await read(null))[0]!.body).toBe(shop.received[0]!.body);
    expect(sequences()).toEqual([3]);
  });
});
