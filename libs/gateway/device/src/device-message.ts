import { createHash } from 'node:crypto';
import type { MessagePartOf } from '@paymatch/contracts';
import { fieldsOf, hasControls, isWellFormed } from '@paymatch/gateway-edge';

/** Limits of one upload (docs/reference/device-api.md). */
export const deviceLimits = {
  messagesMax: 500,
  senderMax: 64,
  bodyMax: 4_000,
  requestBytesMax: 1_048_576,
  simSlotMax: 9,
  partsMax: 10,
  partKeyMax: 64,
} as const;

/** One message as a phone reported it, checked but otherwise untouched. */
export interface DeviceMessage {
  readonly seq: number | null;
  readonly sender: string;
  readonly body: string;
  /** 1 for the first SIM; `null` when the phone does not say. */
  readonly simSlot: number | null;
  readonly sentAt: string | null;
  readonly receivedAt: string | null;
  /** Which part of a long message this is, from an app that does not join them; `null` = the whole. */
  readonly part: MessagePartOf | null;
}

export type CheckedMessage =
  | { readonly isValid: true; readonly message: DeviceMessage }
  | { readonly isValid: false; readonly seq: number | null; readonly reason: string };

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/** Checks one entry of `messages`. Never throws: a bad message is that message's own matter. */
export function checkMessage(entry: unknown): CheckedMessage {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return { isValid: false, seq: null, reason: 'a message is an object' };
  const { seq, sender, body, sim_slot: simSlot, sent_at: sentAt, received_at: receivedAt, part } = fieldsOf(entry);
  const echoedSeq = isWholeNumber(seq, Number.MAX_SAFE_INTEGER) ? seq : null;
  const reason =
    (isAbsent(seq) || echoedSeq !== null ? null : 'seq is a whole number') ??
    senderProblem(sender) ??
    bodyProblem(body) ??
    (isAbsent(simSlot) || isWholeNumber(simSlot, deviceLimits.simSlotMax)
      ? null
      : `sim_slot is a whole number from 0 to ${deviceLimits.simSlotMax}, or null`) ??
    timeProblem('sent_at', sentAt) ??
    timeProblem('received_at', receivedAt) ??
    partProblem(part);
  if (reason !== null) return { isValid: false, seq: echoedSeq, reason };
  return {
    isValid: true,
    message: {
      seq: echoedSeq,
      sender: sender as string,
      body: body as string,
      simSlot: (simSlot as number | null | undefined) ?? null,
      sentAt: utcTime(sentAt),
      receivedAt: utcTime(receivedAt),
      part: isAbsent(part) ? null : pick(part as MessagePartOf),
    },
  };
}

/**
 * What makes two uploads the same message: everything the phone's own store keeps of it. The times belong to it, since
 * a bank may send the same words twice for two deposits. A message without any time is told apart by its number.
 */
export function contentHash(message: DeviceMessage): Buffer {
  const { sender, body, simSlot, sentAt, receivedAt, part } = message;
  const fallback = sentAt === null && receivedAt === null ? message.seq : null;
  return createHash('sha256')
    .update(JSON.stringify([sender, body, simSlot, sentAt, receivedAt, fallback, ...(part === null ? [] : [part])]))
    .digest();
}

/** The id of a device's message, the same on every upload (RFC 9562 §5.8: version 8, bits of our own making). */
export function rawMessageId(deviceId: string, hash: Buffer): string {
  const bytes = createHash('sha256').update(`${deviceId}.`).update(hash).digest().subarray(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isWholeNumber(value: unknown, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

function senderProblem(sender: unknown): string | null {
  if (typeof sender !== 'string' || sender.length === 0) return 'sender is a text';
  if (sender.length > deviceLimits.senderMax) return `sender is longer than ${deviceLimits.senderMax} characters`;
  // Masks are printable; a control character would only hide what the sender really is.
  return hasControls(sender) ? 'sender holds a control character' : null;
}

function bodyProblem(body: unknown): string | null {
  if (typeof body !== 'string' || body.length === 0) return 'body is a text';
  if (body.length > deviceLimits.bodyMax) return `body is longer than ${deviceLimits.bodyMax} characters`;
  return isWellFormed(body) ? null : 'body is not well-formed Unicode';
}

function timeProblem(name: string, value: unknown): string | null {
  if (isAbsent(value)) return null;
  const isTime =
    typeof value === 'string' &&
    ISO_TIME.test(value) &&
    Date.parse(value) >= EARLIEST_MS &&
    Date.parse(value) < LATEST_MS;
  return isTime ? null : `${name} is an ISO 8601 time with a zone, or null`;
}

function utcTime(value: unknown): string | null {
  return isAbsent(value) ? null : new Date(value as string).toISOString();
}

function partProblem(part: unknown): string | null {
  if (isAbsent(part)) return null;
  const { key, index, total } = fieldsOf(part);
  const isKey = typeof key === 'string' && key !== '' && key.length <= deviceLimits.partKeyMax && !hasControls(key);
  const isPlace = isWholeNumber(total, deviceLimits.partsMax) && isWholeNumber(index, total) && index >= 1;
  return isKey && isPlace
    ? null
    : `part is {key, index, total} with a key of 1 to ${deviceLimits.partKeyMax} characters and 1 ≤ index ≤ total ≤ ` +
        `${deviceLimits.partsMax}, or null`;
}

function pick({ key, index, total }: MessagePartOf): MessagePartOf {
  return { key, index, total };
}
