import { ATTRIBUTE_MAX_CHARS } from '../message.codec.js';
import type { ParkedMessage, ParkedOrder, ParkedStatus } from './parking-lot.js';

export interface ParkedRow {
  id: number;
  group_name: string;
  topic: string;
  key: string;
  headers: Record<string, string>;
  value: Buffer;
  position: string;
  error: string;
  attempts: number;
  parked_at: Date;
  replay_requested_at: Date | null;
  status: ParkedStatus;
}

export const COLUMNS =
  'id, group_name, topic, key, headers, value, position, error, attempts, parked_at, replay_requested_at, status';

const ERROR_MAX_CHARS = 4_000;

/**
 * PostgreSQL's text cannot hold NUL, nor an index a long text; the codec refuses both, so no key of ours is changed
 * here.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').slice(0, ATTRIBUTE_MAX_CHARS);
}

export function clipped(text: string): string {
  return text.replaceAll('\0', '\ufffd').slice(0, ERROR_MAX_CHARS);
}

export function orderName(table: string, order: ParkedOrder): string {
  return `${table}/${order.group}/${order.topic}/${storable(order.key)}`;
}

export function toParked(row: ParkedRow): ParkedMessage {
  return {
    id: row.id,
    group: row.group_name,
    topic: row.topic,
    key: row.key,
    headers: row.headers,
    value: row.value,
    position: row.position,
    error: row.error,
    attempts: row.attempts,
    parkedAt: row.parked_at,
    replayRequestedAt: row.replay_requested_at,
    status: row.status,
  };
}
