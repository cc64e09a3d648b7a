import type { AttemptResult } from '@paymatch/webhook-dispatch-domain';

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Gets how the answer's body began, before `send` resolves; not called when there was no answer. */
  readonly onAnswer?: (beginning: Buffer) => void;
}

/** Makes one attempt. Never rejects for anything the receiver or the network does: that is a result. */
export interface WebhookSender {
  send(request: WebhookRequest): Promise<AttemptResult>;
  /** Drops idle connections. */
  close(): Promise<void>;
}
