import { createHash } from 'node:crypto';

/**
 * A statement that each connection parses and plans once. The name comes from the text, since a connection refuses one
 * name for two texts; PostgreSQL keeps 63 bytes of it.
 */
export function prepared(text: string): { readonly name: string; readonly text: string } {
  return { name: `paymatch_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
}
