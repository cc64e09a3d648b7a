import { SupervisedLoop } from '@paymatch/platform-loops';
import { Outbox, type OutboxRelay } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { MailSender } from '@paymatch/platform-mail';
import { AlarmNotifier } from './alarms/alarm.notifier.js';
import { EndpointWatch } from './alarms/endpoint.watch.js';
import type { DeliveryDispatcher } from './deliveries/delivery.dispatcher.js';
import { ReplayRunner } from './replays/replay.runner.js';
import { WebhookPruner } from './retention/webhook.pruner.js';
import type { WebhookSender } from './sender/webhook.sender.js';
import { TestEventSender } from './test-events/test-event.sender.js';
import type { WebhookContext } from './tokens.js';
import { webhookDispatchSchema } from './webhook-dispatch.migrations.js';

export interface WebhookWorkersOptions {
  readonly context: WebhookContext;
  readonly sender: WebhookSender;
  readonly relay: OutboxRelay;
  readonly dispatcher: DeliveryDispatcher;
  readonly logger: Logger;
  /** `null`: this installation sends no mail. */
  readonly mail: MailSender | null;
  readonly probeMs: number;
  readonly keepMs: number;
}

/**
 * Shorter than an attempt's 10 s, to leave the rest of the process its time: what hangs longer is sent again when its
 * lease ends.
 */
const STOP_DEADLINE_MS = 5_000;
const REPLAY_IDLE_MS = 2_000;
const WATCH_IDLE_MS = 2_000;
const NOTIFY_IDLE_MS = 2_000;
/** What another instance was asked for and did not come to send. */
const TEST_EVENT_IDLE_MS = 5_000;
const PRUNE_IDLE_MS = 60_000;

/** All that runs by itself: the sending of deliveries, and what goes on beside it in small steps. */
export class WebhookWorkers {
  private readonly loops: readonly SupervisedLoop[];
  private readonly testEvents: SupervisedLoop;

  constructor(private readonly options: WebhookWorkersOptions) {
    const { context, sender, relay, dispatcher, logger, mail, probeMs, keepMs } = options;
    const { database, clock, sealer, publicUrl, failureBudgetMs } = context;
    const replays = new ReplayRunner({ database, clock, onStep: () => dispatcher.nudge() });
    const watch = new EndpointWatch({
      database,
      clock,
      outbox: new Outbox({ schema: webhookDispatchSchema }),
      budgetMs: failureBudgetMs,
      probeMs,
      onDue: () => {
        dispatcher.nudge();
        relay.nudge();
      },
    });
    const notifier = new AlarmNotifier({ database, clock, logger, sealer, sender, mail, publicUrl });
    const repeat = (name: string, everyMs: number, worker: { step(): Promise<boolean> }): SupervisedLoop =>
      new SupervisedLoop({ name, everyMs, logger, turn: () => worker.step() });
    const testEvents = new TestEventSender({ database, clock, sealer, sender });
    this.testEvents = repeat('the sending of test events', TEST_EVENT_IDLE_MS, testEvents);
    this.loops = [
      this.testEvents,
      repeat('a replay of webhooks', REPLAY_IDLE_MS, replays),
      repeat('the watch over webhook endpoints', WATCH_IDLE_MS, watch),
      repeat('the pruning of old webhooks', PRUNE_IDLE_MS, new WebhookPruner({ database, clock, keepMs })),
      repeat('the telling of webhook alarms', NOTIFY_IDLE_MS, notifier),
    ];
  }

  start(): void {
    this.options.dispatcher.start();
    for (const loop of this.loops) loop.start();
  }

  /** One was asked for, and somebody waits for it. */
  sendTestEvents(): void {
    this.testEvents.wake();
  }

  /** What is under way has its time; what still hangs then fails with its connection, and is sent again. */
  async stop(): Promise<void> {
    const stopped = Promise.all(this.loops.map((loop) => loop.stop()));
    await this.options.dispatcher.stop(STOP_DEADLINE_MS);
    await this.options.sender.close();
    await stopped;
    await this.options.mail?.close();
  }
}
