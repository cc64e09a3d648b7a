import type { OfEndpoint, OfOwner, WebhookEventName } from './webhook-events.contract.js';

/** Sends a made-up event to one endpoint, once. The command's message id becomes its id. */
interface SendTestEvent extends OfEndpoint {
  readonly type: 'SendTestEvent';
  readonly event: WebhookEventName;
}

interface GetTestEvent extends OfOwner {
  readonly type: 'GetTestEvent';
  readonly testEventId: string;
}

export type WebhookTestEventCommand = SendTestEvent | GetTestEvent;

export interface WebhookTestEventView {
  readonly id: string;
  readonly endpointId: string;
  readonly event: WebhookEventName;
  /** The JSON that was sent. */
  readonly body: string;
  readonly createdAt: string;
  /** `null`: it was not sent yet. */
  readonly attempt: {
    readonly at: string;
    readonly url: string;
    readonly httpStatus: number | null;
    readonly error: string | null;
    readonly durationMs: number;
    /** Secrets masked. */
    readonly requestHeaders: Readonly<Record<string, string>>;
    /** The first 4 KB of the answer's body. */
    readonly answer: string | null;
  } | null;
}
