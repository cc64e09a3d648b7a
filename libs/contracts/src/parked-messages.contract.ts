import { isUuid } from './ids.js';
import type { ServiceName } from './envelope.js';

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

/**
 * For whoever runs the installation, on each service's own topic of commands: all that this service has parked and that
 * failed or stands first in its order, newest first. What waits behind those is counted. Answered with a list of
 * `AnyParkedMessage`.
 */
export interface ListAllParked {
  readonly type: 'ListAllParked';
  readonly status: 'parked' | 'discarded';
  readonly limit: number;
  /** Only those parked before the one with this id. */
  readonly before: number | null;
}

/**
 * Another try at one that is so listed, or at all of its order; or no more tries at it, and what waits behind it goes
 * on. Answered with it as it then is.
 */
export interface DecideAnyParked {
  readonly type: 'DecideAnyParked';
  readonly id: number;
  readonly decision: 'replay' | 'replay-order' | 'discard';
}

/** Taken by payments, sms-matching and webhook-dispatch alike. */
export type ParkingCommand = ListAllParked | DecideAnyParked;
export type ParkingRefusalCode = 'PARKED_NOT_FOUND' | 'INVALID_COMMAND';

/** Who has a parking lot, in the order in which they are shown. */
export const parkingServices = [
  'api-gateway',
  'payments',
  'sms-matching',
  'webhook-dispatch',
] as const satisfies readonly ServiceName[];

export interface AnyParkedMessage extends Pick<
  ParkedMessage,
  'sender' | 'arrivedAt' | 'error' | 'attempts' | 'parkedAt' | 'isReplayRequested'
> {
  /** Within its service. */
  readonly id: number;
  /** Who could not take it: the consumer group. */
  readonly group: string;
  readonly topic: string;
  /** The order that it holds up. */
  readonly key: string;
  readonly status: 'parked' | 'replayed' | 'discarded';
  /** What it calls itself; `null` when its bytes do not say. */
  readonly messageType: string | null;
  readonly merchantId: string | null;
  readonly livemode: boolean | null;
  /** As it came, at most 4,000 characters of it; of a phone's message its text. */
  readonly body: string;
  /** How many wait behind it, counted up to 1,000. */
  readonly behindCount: number;
}

const BODY_MAX_CHARS = 4_000;
const ERROR_MAX_CHARS = 500;

/** What the bytes of a parked message say, as far as they say anything. */
export interface ParkedReading extends Pick<ParkedMessage, 'kind' | 'rawId' | 'deviceId' | 'sender' | 'arrivedAt'> {
  readonly messageType: string | null;
  readonly merchantId: string | null;
  readonly livemode: boolean | null;
  readonly body: string;
}

export function isParkingCommand(data: { readonly type: string }): data is ParkingCommand {
  return data.type === 'ListAllParked' || data.type === 'DecideAnyParked';
}

export function readParked(text: string): ParkedReading {
  const data = readObject(text);
  const kind = kindOf(data);
  const { livemode, merchantId } = data;
  return {
    kind,
    messageType: textOf(data, 'type'),
    merchantId: typeof merchantId === 'string' && isUuid(merchantId) ? merchantId : null,
    livemode: typeof livemode === 'boolean' ? livemode : null,
    rawId: textOf(data, 'rawId'),
    deviceId: textOf(data, 'deviceId'),
    sender: textOf(data, 'sender'),
    body: ((kind === 'message' ? textOf(data, 'body') : null) ?? text).slice(0, BODY_MAX_CHARS),
    arrivedAt: textOf(data, 'arrivedAt'),
  };
}

/** As a parking lot has it. */
interface HeldMessage extends Pick<AnyParkedMessage, 'id' | 'group' | 'topic' | 'key' | 'status' | 'error'> {
  readonly attempts: number;
  readonly behindCount: number;
  /** Of its bytes, as far as they are text. */
  readonly text: string;
  readonly parkedAt: Date;
  readonly replayRequestedAt: Date | null;
}

/** As whoever runs the installation is shown it. */
export function viewParked(held: HeldMessage): AnyParkedMessage {
  const { kind: _kind, rawId: _rawId, deviceId: _deviceId, ...reading } = readParked(held.text);
  const [first = '', ...rest] = held.key.split(':');
  // Keys of money begin with the merchant, also where the bytes say nothing.
  const merchantId = reading.merchantId ?? (rest.length > 0 && isUuid(first) ? first : null);
  return {
    ...reading,
    merchantId,
    id: held.id,
    group: held.group,
    topic: held.topic,
    key: held.key,
    status: held.status,
    error: clippedError(held.error),
    attempts: held.attempts,
    parkedAt: held.parkedAt.toISOString(),
    isReplayRequested: held.replayRequestedAt !== null,
    behindCount: held.behindCount,
  };
}

export function clippedError(error: string): string {
  return error.slice(0, ERROR_MAX_CHARS);
}

function kindOf(data: Readonly<Record<string, unknown>>): ParkedMessage['kind'] {
  if (data['type'] === 'credits.message-received') return 'message';
  return data['type'] === 'credits.pix-received' ? 'pix' : 'unreadable';
}

/** What was parked may be anything: whatever is no object has no fields. */
function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function textOf(data: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = data[name];
  return typeof value === 'string' ? value.slice(0, BODY_MAX_CHARS) : null;
}
