import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { WireMessage } from '../message.js';

/** A record as the port hands it over. Headers are text; of several with one name the last counts. */
export function toWire(topic: string, partition: number, record: KafkaMessage): WireMessage {
  return {
    topic,
    key: record.key?.toString('utf8') ?? '',
    headers: textHeaders(record.headers ?? {}),
    value: record.value ?? new Uint8Array(0),
    position: `${partition}:${record.offset}`,
    appendedAtMs: Number(record.timestamp),
  };
}

function textHeaders(headers: IHeaders): Record<string, string> {
  const text: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) text[name] = last.toString('utf8');
  }
  return text;
}
