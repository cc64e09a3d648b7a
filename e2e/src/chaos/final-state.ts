/** What is there when everything has come to rest; payments by their ids as the API spells them. */
export interface FinalState {
  /** The status of each acknowledged payment as `GET` tells it, `null` where it does not. */
  readonly apiStatuses: ReadonlyMap<string, string | null>;
  readonly events: readonly StoredEvent[];
  readonly payments: readonly ReadPayment[];
  /** Versions that the matcher has seen; it passes over what is none of its business. */
  readonly matcherVersions: ReadonlyMap<string, number>;
  readonly rawMessages: readonly RawMessage[];
  readonly credits: readonly Credit[];
  readonly cases: readonly ReviewCase[];
  readonly deliveries: readonly Delivery[];
  /** Names of the endpoints that want every event. */
  readonly endpointsOfAll: readonly string[];
  readonly parked: readonly Parked[];
  /** Keys of the bad commands that a service's log tells of. */
  readonly refusedCommands: readonly string[];
}

export interface StoredEvent {
  readonly paymentId: string;
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly trxId: string | null;
  readonly creditId: string | null;
  readonly amountMinor: number | null;
}
export interface ReadPayment {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly invoice: string | null;
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly trxId: string | null;
}
export interface RawMessage {
  readonly sender: string;
  readonly body: string;
  readonly hasCase: boolean;
}
export interface Credit {
  readonly id: string;
  readonly trxId: string | null;
  readonly amountMinor: number;
  readonly status: string;
  readonly paymentId: string | null;
}
export interface ReviewCase {
  readonly creditId: string | null;
  readonly paymentId: string | null;
  readonly reason: string;
  readonly status: string;
}
export interface Delivery {
  readonly endpoint: string;
  readonly paymentId: string;
  readonly event: string;
  readonly eventId: string;
  readonly sequence: number;
  readonly status: string;
  /** It has a place in the schedule. */
  readonly isScheduled: boolean;
}
export interface Parked {
  readonly service: string;
  readonly topic: string;
  readonly key: string;
  readonly error: string;
}
