import { contractVersion } from './topics.js';

/** Who speaks on the topics. */
export type ServiceName = 'api-gateway' | 'payments' | 'sms-matching' | 'webhook-dispatch';

export interface EnvelopeOptions {
  /** Unique per message; one that is sent again keeps it. */
  readonly id: string;
  readonly source: ServiceName;
  /** Messages of one key keep their order. */
  readonly key: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly correlationId: string;
  /** Id of the message or command this one came of; `null` when absent. */
  readonly causationId?: string | null;
  /** W3C Trace Context of what it came of; of nothing that is traced when absent. */
  readonly traceparent?: string | undefined;
}

/** A command or a fact in the envelope every message has, at the version of these contracts. */
export function inEnvelope<Data extends { readonly type: string }>(data: Data, options: EnvelopeOptions) {
  const { id, source, key, time, correlationId, causationId = null, traceparent } = options;
  const traced = traceparent === undefined ? {} : { traceparent };
  return {
    id,
    type: data.type,
    source,
    key,
    time,
    dataVersion: contractVersion,
    correlationId,
    causationId,
    ...traced,
    data,
  };
}
