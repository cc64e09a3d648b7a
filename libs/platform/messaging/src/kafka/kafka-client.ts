import type { Logger } from '@paymatch/platform-observability';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { patchGroupMember } from './group-member.patch.js';
import { patchRequestQueue } from './request-queue.patch.js';

/** Where brokers are, and how they are spoken to. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  /** Absent = in clear. Certificates and key as PEM; without an authority of one's own, those that Node trusts. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

export interface KafkaClientOptions extends KafkaConnection {
  readonly clientId: string;
  readonly logger: Logger;
}

/** kafkajs, set up the one way we use it: bounded waits, short retries, our logger. */
export function createKafkaClient({ brokers, tls, sasl, clientId, logger }: KafkaClientOptions): Kafka {
  patchRequestQueue();
  patchGroupMember();
  return new Kafka({
    clientId,
    brokers: [...brokers],
    ...(tls !== undefined && { ssl: { ...tls } }),
    ...(sasl !== undefined && { sasl: { ...sasl } as SASLOptions }),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    enforceRequestTimeout: true,
    // A call gives up after about four seconds; whoever called decides whether to wait longer.
    retry: { initialRetryTime: 100, multiplier: 2, maxRetryTime: 1_000, retries: 6 },
    logLevel: logLevel.WARN,
    // What kafkajs calls an error it mostly gets over by itself; what it does not is thrown, too, and judged there.
    logCreator:
      () =>
      ({ level, log }) => {
        const { message, ...rest } = log;
        const fields = { from: 'kafkajs', groupId: rest['groupId'], broker: rest['broker'], error: rest['error'] };
        if (level === logLevel.ERROR) logger.warn(message, fields);
        else logger.debug(message, fields);
      },
  });
}
