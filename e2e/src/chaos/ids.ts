const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** The API spells the database's 128 bits as a ULID. */
export function ulidOf(uuid: string): string {
  let left = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let ulid = '';
  for (let place = 0; place < 26; place += 1) {
    ulid = CROCKFORD[Number(left & 31n)]! + ulid;
    left >>= 5n;
  }
  return ulid;
}
