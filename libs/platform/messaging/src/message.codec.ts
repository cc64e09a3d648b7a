import { isUtf8 } from 'node:buffer';
import { ContractError, NewerVersion } from './errors.js';
import type { Message, WireMessage } from './message.js';

/** A message ready for a carrier, before it has a place there. */
export type OutgoingMessage = Omit<WireMessage, 'position'>;

/** Longest key, id or other attribute; keeps keys indexable wherever they are stored. */
export const ATTRIBUTE_MAX_CHARS = 255;

const SPEC_VERSION = '1.0';
const SCHEMA_VERSION_SHAPE = /^[1-9]\d{0,5}$/;

/**
 * CloudEvents 1.0, Kafka protocol binding §3.2 (binary mode): attributes as `ce_` headers, `data` as JSON bytes.
 * Throws `ContractError` on a text that not every carrier can hold, so that one bad message never fails its neighbours.
 */
export function encodeMessage(topic: string, message: Message): OutgoingMessage {
  const headers: Record<string, string> = {
    ce_specversion: SPEC_VERSION,
    ce_id: message.id,
    ce_type: message.type,
    ce_source: message.source,
    ce_subject: message.key,
    ce_time: message.time,
    ce_dataschemaversion: String(message.dataVersion),
    ce_correlationid: message.correlationId,
  };
  if (message.causationId !== null) headers['ce_causationid'] = message.causationId;
  if (message.traceparent !== undefined) headers['traceparent'] = message.traceparent;
  for (const name in headers) assertPortable(name, headers[name] as string);
  const json = JSON.stringify(message.data) as string | undefined;
  if (json === undefined) throw new ContractError(`message ${message.id} has no data that JSON can express`);
  return { topic, key: message.key, headers, value: Buffer.from(json) };
}

/**
 * The message again. Throws `ContractError` on wrong bytes, missing attributes, or a data version newer than
 * `dataVersionMax` (`NewerVersion` when it is the next one).
 */
export function decodeMessage(wire: OutgoingMessage, dataVersionMax: number): Message {
  const headers = wire.headers;
  assertPortable('ce_subject', wire.key);
  const specVersion = required(headers, 'ce_specversion');
  if (specVersion !== SPEC_VERSION)
    throw new ContractError(`ce_specversion is ${JSON.stringify(specVersion)}, expected "${SPEC_VERSION}"`);
  const time = required(headers, 'ce_time');
  if (Number.isNaN(Date.parse(time))) throw new ContractError(`ce_time is not a time: ${JSON.stringify(time)}`);
  const traceparent = headers['traceparent'];
  return {
    id: required(headers, 'ce_id'),
    type: required(headers, 'ce_type'),
    source: required(headers, 'ce_source'),
    key: wire.key,
    time,
    dataVersion: decodeDataVersion(required(headers, 'ce_dataschemaversion'), dataVersionMax),
    correlationId: required(headers, 'ce_correlationid'),
    causationId: headers['ce_causationid'] ?? null,
    ...(traceparent === undefined ? {} : { traceparent }),
    data: decodeValue(wire),
  };
}

/** Several groups of a process may be handed the same message: its JSON is read once, and nobody changes it. */
const decodedValues = new WeakMap<object, unknown>();

function decodeValue(wire: OutgoingMessage): unknown {
  if (decodedValues.has(wire)) return decodedValues.get(wire);
  const data = decodeJson(wire.value);
  decodedValues.set(wire, data);
  return data;
}

function decodeDataVersion(text: string, dataVersionMax: number): number {
  if (!SCHEMA_VERSION_SHAPE.test(text))
    throw new ContractError(`ce_dataschemaversion is not a version: ${JSON.stringify(text)}`);
  const version = Number(text);
  if (version > dataVersionMax) {
    const problem = `data version ${version} is newer than ${dataVersionMax}, the newest this reader knows`;
    // Releases are taken one after the other: what is further ahead was written by nobody of ours.
    throw version === dataVersionMax + 1 ? new NewerVersion(problem) : new ContractError(problem);
  }
  return version;
}

/** JSON from bytes; `ContractError` when they are not UTF-8 or not JSON. */
export function decodeJson(value: Uint8Array): unknown {
  // Buffer.toString would put U+FFFD in place of wrong bytes and the damage would go on as data.
  if (!isUtf8(value)) throw new ContractError('the value is not UTF-8');
  try {
    return JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')) as unknown;
  } catch (error) {
    throw new ContractError(`the value is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function required(headers: Readonly<Record<string, string>>, name: string): string {
  const value = headers[name];
  if (value === undefined) throw new ContractError(`header ${name} is missing`);
  assertPortable(name, value);
  return value;
}

function assertPortable(name: string, value: string): void {
  if (value === '') throw new ContractError(`header ${name} is empty`);
  if (value.length > ATTRIBUTE_MAX_CHARS)
    throw new ContractError(`header ${name} is longer than ${ATTRIBUTE_MAX_CHARS} characters`);
  if (value.includes('\0')) throw new ContractError(`header ${name} holds a NUL character`);
  if (!value.isWellFormed()) throw new ContractError(`header ${name} is not well-formed Unicode`);
}
