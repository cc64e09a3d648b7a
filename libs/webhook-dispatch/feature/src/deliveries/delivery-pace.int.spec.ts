import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@paymatch/platform-observability';
import { DatabaseClock } from '@paymatch/platform-postgres';
import { eventually } from '@paymatch/platform-testing';
import type { AttemptResult } from '@paymatch/webhook-dispatch-domain';
import type { WebhookRequest } from '../sender/webhook.sender.js';
import { HostileReceiver } from '../testing/hostile-receiver.js';
import { fact, snapshot } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';

let service: WebhookHarness;
let shop: HostileReceiver;

beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(() => service.close());
beforeEach(async () => {
  shop = await HostileReceiver.listen();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await service.clear();
  await shop.close();
});

const completed = () => fact('payments.payment-completed', snapshot({ status: 'completed', version: 3 }));
const ok: AttemptResult = { kind: 'answered', httpStatus: 200, retryAfter: null };

/** A receiver that answers when it is told to, all that is under way at once. */
class HeldReceiver {
  private waiting: ((result: AttemptResult) => void)[] = [];
  readonly sent: WebhookRequest[] = [];

  send(request: WebhookRequest): Promise<AttemptResult> {
    this.sent.push(request);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get underWay(): number {
    return this.waiting.length;
  }

  answer(result: AttemptResult = ok): void {
    for (const resolve of this.waiting.splice(0)) resolve(result);
  }
}

describe('what is under way to one receiver', () => {
  it('doubles while it answers promptly, up to the most there may be, and halves when it is too much', async () => {
    await service.setEndpoint(shop.url());
    await service.consume(Array.from({ length: 200 }, completed));
    const receiver = new HeldReceiver();
    service.dispatcher({ sender: receiver, inFlightMax: 256, perReceiverMax: 40 });
    for (const expected of [8, 16, 32, 40, 40]) {
      await eventually(() => receiver.underWay === expected);
      // A slow answer first: whatever this machine does meanwhile, the next ones are prompt beside it.
      if (receiver.sent.length === 8) await sleep(1_000);
      receiver.answer();
    }
    await eventually(() => receiver.underWay === 40);
    receiver.answer({ kind: 'answered', httpStatus: 429, retryAfter: '0' });
    await eventually(() => receiver.underWay === 1);
  });

  it('is never more than its endpoint wants', async () => {
    await service.setEndpoint(shop.url(), [], 'm1', { concurrencyMax: 2 });
    await service.consume(Array.from({ length: 20 }, completed));
    const receiver = new HeldReceiver();
    service.dispatcher({ sender: receiver, perReceiverMax: 40 });
    for (let turn = 1; turn <= 4; turn += 1) {
      await eventually(() => receiver.sent.length === turn * 2);
      expect(receiver.underWay).toBe(2);
      receiver.answer();
    }
  });

  it('is never more than its endpoint wants, however much is made and leased at the same moment', async () => {
    await service.setEndpoint(shop.url(), [], 'm1', { concurrencyMax: 2 });
    const receiver = new HeldReceiver();
    const dispatcher = service.dispatcher({ sender: receiver, perReceiverMax: 40 });
    for (let turn = 0; turn < 5; turn += 1) {
      dispatcher.nudge();
      await Promise.all(
        Array.from({ length: 6 }, () => dispatcher.sendMade((terms) => service.make([completed()], terms))),
      );
      await eventually(() => receiver.underWay === 2);
      expect(await service.leasable()).toEqual([]);
      receiver.answer();
    }
  });

  it('does not count what a dead dispatcher had in hand once its leases are no longer kept up', async () => {
    await service.setEndpoint(shop.url(), [], 'm1', { concurrencyMax: 8 });
    await service.consume(Array.from({ length: 20 }, completed));
    const dead = new HeldReceiver();
    const killed = service.dispatcher({ sender: dead, perReceiverMax: 8, renewMs: 3_600_000 });
    await eventually(() => dead.underWay === 8);
    await killed.stop(0);
    const alive = new HeldReceiver();
    const heir = service.dispatcher({ sender: alive, perReceiverMax: 8, renewMs: 3_600_000 });
    service.nowMs += 1_999;
    heir.nudge();
    expect(await service.leasable({ aliveUntilMs: service.nowMs + 4_000 })).toEqual([]);
    service.nowMs += 1;
    heir.nudge();
    // Of those that were not in its hand; its own are sent again when their leases end.
    await eventually(() => alive.underWay === 8);
    expect(await service.leasable({ aliveUntilMs: service.nowMs + 4_000 })).toEqual([]);
  });
});

describe('dispatchers whose machines disagree about the time by ten seconds', () => {
  it('send nothing twice', async () => {
    await service.setEndpoint(shop.url());
    const messages = Array.from({ length: 100 }, completed);
    service.nowMs = Date.now();
    await service.consume(messages);
    shop.behave([], (answer) => {
      setTimeout(() => answer.writeHead(200).end('ok'), 300);
    });
    const real = Date.now.bind(Date);
    let calls = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => real() + ((calls += 1) % 2) * 10_000);
    const clocks = await Promise.all([0, 1].map(() => DatabaseClock.start(service.database, silentLogger)));
    for (const clock of clocks) service.dispatcher({ clock, leaseMs: 6_000, inFlightMax: 20, perReceiverMax: 10 });
    await eventually(
      async () =>
        (await service.database.query(`SELECT 1 FROM webhook_dispatch.deliveries WHERE status <> 'delivered'`))
          .rowCount === 0,
      { timeoutMs: 20_000 },
    );
    expect(shop.received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(
      messages.map(({ data }) => data.eventId).sort(),
    );
    for (const clock of clocks) clock.onApplicationShutdown();
  });
});
