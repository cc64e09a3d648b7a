/**
 * What no handler could take of `credits.received`: money may have arrived that no payment can find and no case shows
 * yet.
 */
export interface ListParkedMessages {
  readonly type: 'ListParkedMessages';
  readonly merchantId: string;
  readonly livemode: boolean;
  /** `discarded`: a person of the installation has given it up. */
  readonly status: 'parked' | 'discarded';
  readonly limit: number;
  /** Only those parked before the one with this id. */
  readonly before: number | null;
}

/** Another try at a parked message, or no more: what waits behind it goes on. Answered with it as it then is. */
export interface DecideParkedMessage {
  readonly type: 'DecideParkedMessage';
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly id: number;
  readonly decision: 'replay' | 'discard';
}

/** Newest first. One whose mode cannot be read is shown as live: nobody must miss real money. */
export interface ParkedMessagesPage {
  readonly messages: readonly ParkedMessage[];
  /** All that there are for the merchant and mode, counted up to 1,000. */
  readonly count: number;
  /** `false`: there are more than `count`. */
  readonly isCountExact: boolean;
}

export interface ParkedMessage {
  readonly id: number;
  /** `unreadable`: not even its bytes say what it is; `body` shows them as far as they are text. */
  readonly kind: 'message' | 'pix' | 'unreadable';
  readonly status: 'parked' | 'discarded';
  readonly rawId: string | null;
  readonly deviceId: string | null;
  readonly sender: string | null;
  /** As it came, at most 4,000 characters of it; of a Pix the whole entry. */
  readonly body: string;
  /** When the gateway got it; `null` when the message does not say. */
  readonly arrivedAt: string | null;
  /** Why it could not be taken, as the log says it; at most 500 characters. */
  readonly error: string;
  readonly attempts: number;
  readonly parkedAt: string;
  /** Whether somebody has asked for another try, which the service is about to make. */
  readonly isReplayRequested: boolean;
}
