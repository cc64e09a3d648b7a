import { createHash } from 'node:crypto';
import { hexText } from '../slots/records.js';

/** SHA-256 of facts, as PostgreSQL spells bytes. */
export function hashFacts(facts: readonly unknown[]): string {
  return hexText(createHash('sha256').update(JSON.stringify(facts)).digest());
}

/** An id of our own making (UUID version 8, RFC 9562 section 5.8): the same facts have the same id. */
export function idOfFacts(facts: readonly unknown[]): string {
  const hex = hashFacts(facts).slice(2);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
