import type { FastifyRequest } from 'fastify';
import { fieldsOf, hasControls, hasLength, MalformedBody, Problem, readJson } from '@paymatch/gateway-edge';
import { deviceLimits } from './device-message.js';
import type { HeartbeatReport } from '@paymatch/gateway-receiving';

const LINE_LENGTH_MAX = 100;
const CODE_LENGTH_MAX = 200;

export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Throws a `400` problem for what is not JSON in UTF-8. */
export function parseJson(request: FastifyRequest): unknown {
  try {
    return readJson(rawBody(request), { isTolerant: true });
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error;
    throw new Problem(400, 'not-json', { detail: 'The body is not JSON in UTF-8.' });
  }
}

export function uploadedEntries(body: unknown): readonly unknown[] {
  const { messages } = fieldsOf(body);
  if (!Array.isArray(messages)) throw invalidBody('messages is an array', '/messages');
  if (messages.length > deviceLimits.messagesMax)
    throw invalidBody(`messages holds at most ${deviceLimits.messagesMax} entries`, '/messages');
  return messages;
}

/**
 * What a phone says of itself. A signature does not cover the address, so an upload's body must never pass for a
 * heartbeat.
 */
export function heartbeatReport(body: unknown): HeartbeatReport {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidBody('a heartbeat is an object', '');
  const { messages, battery_percent: battery = null, app_version: version = null } = fieldsOf(body);
  if (messages !== undefined) throw invalidBody('a heartbeat carries no messages', '/messages');
  if (battery !== null && !(Number.isInteger(battery) && (battery as number) >= 0 && (battery as number) <= 100))
    throw invalidBody('battery_percent is a whole number from 0 to 100, or null', '/battery_percent');
  if (version !== null && !(typeof version === 'string' && isLine(version)))
    throw invalidBody('app_version is a line of 1 to 100 characters, or null', '/app_version');
  return { batteryPercent: battery as number | null, appVersion: version as string | null };
}

export function enrolment(body: unknown): { readonly code: string; readonly name: string | null } {
  const { code, name = null } = fieldsOf(body);
  if (typeof code !== 'string' || code.length > CODE_LENGTH_MAX)
    throw invalidBody('code is the text of the QR code behind "code="', '/code');
  if (name !== null && !(typeof name === 'string' && isLine(name) && name.trim() !== ''))
    throw invalidBody('name is a line of 1 to 100 characters, or null', '/name');
  return { code, name };
}

export function invalidBody(detail: string, pointer: string): Problem {
  return new Problem(422, 'invalid-body', { detail: 'The body is not as described.', errors: [{ detail, pointer }] });
}

function isLine(text: string): boolean {
  return hasLength(text, 1, LINE_LENGTH_MAX) && !hasControls(text);
}
