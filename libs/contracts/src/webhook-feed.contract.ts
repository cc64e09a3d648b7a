import type { OfEndpoint, OfOwner, WebhookEventName } from './webhook-events.contract.js';

/** The feed of contract A: the bodies that webhooks carry, in the order in which they were kept. */
interface ListEvents extends OfOwner {
  readonly type: 'ListEvents';
  /** Id of the last event one has; `null`: from the beginning. */
  readonly after: string | null;
  readonly event: WebhookEventName | null;
  readonly limit: number;
  /** Backwards, as people read: from the newest, or from `after` to what was before it. */
  readonly isNewestFirst?: boolean;
}

interface GetEvent extends OfOwner {
  readonly type: 'GetEvent';
  readonly eventId: string;
}

/** Sends past events to an endpoint again, oldest first. The command's message id becomes the replay's. */
interface StartReplay extends OfEndpoint {
  readonly type: 'StartReplay';
  /** `failed`: what was given up. `all`: whatever the endpoint's filter asks for, also what it never got. */
  readonly scope: 'failed' | 'all';
  /** ISO 8601; `null`: from the beginning. */
  readonly since: string | null;
}

interface GetReplay extends OfOwner {
  readonly type: 'GetReplay';
  readonly replayId: string;
}

interface CancelReplay extends OfOwner {
  readonly type: 'CancelReplay';
  readonly replayId: string;
}

interface ListReplays extends OfOwner {
  readonly type: 'ListReplays';
}

/** Of past events: to read them, and to have them sent again. */
export type WebhookFeedCommand = ListEvents | GetEvent | StartReplay | GetReplay | CancelReplay | ListReplays;

/** An event as the feed shows it. */
export interface WebhookFeedEvent {
  readonly id: string;
  readonly event: WebhookEventName;
  readonly paymentId: string;
  readonly sequence: number;
  readonly occurredAt: string;
  /** The JSON that webhooks of it carry; `null` once it is too old to be kept. */
  readonly body: string | null;
}

export interface WebhookReplayView {
  readonly id: string;
  readonly endpointId: string;
  readonly scope: 'failed' | 'all';
  readonly since: string;
  readonly status: 'running' | 'done' | 'cancelled';
  /** Events that were put on their way again. */
  readonly sentCount: number;
  /** Events still to be looked at, counted up to 100,000. */
  readonly leftCount: number;
  readonly createdAt: string;
}
