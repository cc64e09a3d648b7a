/**
 * CRC-16/CCITT-FALSE (polynomial 0x1021, initial 0xFFFF, nothing reflected) as four upper-case hex digits;
 * check("123456789") = 29B1.
 */
export function crc16(ascii: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(ascii, 'latin1')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
