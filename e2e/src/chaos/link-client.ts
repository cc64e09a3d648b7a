/** What is spoken on a way. */
export type Protocol = 'http' | 'postgres' | 'kafka';

/** Who begins a connection, by the first bytes it sends; `null` where they do not tell. */
export function clientOf(protocol: Protocol, first: Buffer | null): string | null {
  switch (protocol) {
    case 'http':
      return 'any';
    case 'postgres':
      return first && postgresUser(first);
    case 'kafka':
      return first && kafkaClient(first);
  }
}

/** StartupMessage: length, protocol version 3.0, then names and values, each ended by a zero byte. */
function postgresUser(first: Buffer): string | null {
  if (first.length < 9 || first.readUInt32BE(4) !== 196_608) return null;
  const words = first.toString('latin1', 8, Math.min(first.length, first.readUInt32BE(0))).split('\0');
  const at = words.findIndex((word, index) => index % 2 === 0 && word === 'user');
  return at < 0 ? null : (words[at + 1] ?? null);
}

/** Request header: size, key, version, correlation id, client id. */
function kafkaClient(first: Buffer): string | null {
  if (first.length < 14) return null;
  const length = first.readInt16BE(12);
  return length < 0 || first.length < 14 + length ? null : first.toString('utf8', 14, 14 + length);
}
