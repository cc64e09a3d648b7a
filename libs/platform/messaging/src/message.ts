/**
 * One message on a topic: CloudEvents 1.0 attributes plus ours. On the wire (Kafka binary binding, and the embedded
 * log) the attributes are headers `ce_id, ce_type, ce_source, ce_subject, ce_time, ce_specversion,
 * ce_dataschemaversion, ce_correlationid, ce_causationid, traceparent`, and the value is `data` as JSON.
 */
export interface Message<Data = unknown> {
  /** Unique per message; a republished message keeps it. */
  readonly id: string;
  /** e.g. `payments.payment-created`; commands use their own type name, e.g. `CreatePayment`. */
  readonly type: string;
  /** The service that made it, e.g. `payments`. */
  readonly source: string;
  /** Partition key: messages of one key keep their order. */
  readonly key: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly dataVersion: number;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent?: string;
  readonly data: Data;
}

/** A message as a carrier hands it over: still bytes, so that wrong bytes can be parked as they came. */
export interface WireMessage {
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
  /** Where it stands in the carrier, for logs and parked rows: `partition:offset`, or `xid:pos`. */
  readonly position: string;
  /** When the broker took it, by the broker's clock; absent where nothing stamps messages. */
  readonly appendedAtMs?: number;
}
