import type { MessageReceived } from '@paymatch/contracts';
import type { Cause } from '../slots/match-traces.js';
import type { Reading } from './message-reading.js';

/** A message and what was made of it. */
export interface ReadMessage {
  readonly cause: Cause;
  /** As it came; of a message that came in parts the whole. */
  readonly message: MessageReceived;
  readonly reading: Reading;
  /** Version of the registry that read it. */
  readonly registry: string;
  /** The stored messages it consists of: its own, or its parts'. */
  readonly rawIds: readonly string[];
}

/** The moment that dates a message best. */
export function momentOf({ receivedAt, sentAt, arrivedAt }: MessageReceived): string {
  return receivedAt ?? sentAt ?? arrivedAt;
}
