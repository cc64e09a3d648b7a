import { endpointSigner } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import type { TextSealer } from '@paymatch/platform-secrets';
import { webhookDialects } from '../dialects/dialects.js';
import { findSecrets } from '../endpoints/signing-secret.store.js';
import { signedAttempt } from '../sender/signed-attempt.js';
import type { WebhookSender } from '../sender/webhook.sender.js';
import { saveTestAttempt, takeTestEvents, type DueTestEvent } from './test-event.store.js';

export interface TestEventSenderOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly sealer: TextSealer;
  readonly sender: WebhookSender;
}

/** At the same time, so that one that hangs does not keep the others. */
const TAKEN_MAX = 16;
/** Longer than an attempt lasts. */
const TAKEN_MS = 30_000;

/**
 * Sends test events: one attempt each, beside the deliveries. What comes of it says nothing about the endpoint's
 * health.
 */
export class TestEventSender {
  constructor(private readonly options: TestEventSenderOptions) {}

  /** `true` when there may be more. */
  async step(): Promise<boolean> {
    const { database, clock } = this.options;
    const nowMs = clock.nowMs();
    const due = await takeTestEvents(database, { limit: TAKEN_MAX, nowMs, untilMs: nowMs + TAKEN_MS });
    await Promise.all(due.map((each) => this.send(each)));
    return due.length === TAKEN_MAX;
  }

  private async send({ id, endpoint_id: endpointId, event, body, url, headers }: DueTestEvent): Promise<void> {
    const { database, clock, sealer, sender } = this.options;
    const atMs = clock.nowMs();
    const startedAt = performance.now();
    const signer = endpointSigner(endpointId);
    const [secret, ...previous] = (await findSecrets(database, signer, atMs)).map((each) => sealer.open(each, signer));
    if (secret === undefined) throw new Error(`test event ${id} is to be signed by ${signer}, which has no secret`);
    const secrets: readonly [string, ...string[]] = [secret, ...previous];
    const signed = {
      ...webhookDialects.fastaar.sign({ event, eventId: id, body: body.toString('utf8'), secrets, nowMs: atMs }),
      'x-paymatch-test': 'true',
    };
    const attempt =
      url === null
        ? { result: { kind: 'failed' as const, error: 'url_not_allowed' as const }, requestHeaders: {} }
        : await signedAttempt(sender, { url, body, ownHeaders: headers, signed, secrets });
    await saveTestAttempt(database, {
      id,
      atMs,
      url: url ?? '',
      durationMs: performance.now() - startedAt,
      ...attempt,
    });
  }
}
