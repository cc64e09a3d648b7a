import { formatMinor, uuidToUlid } from '@paymatch/contracts';
import { crc16 } from './crc16.js';

export interface BrCodeContent {
  readonly pixKey: string;
  /** Shown by the payer's bank; accents are stripped, 25 characters kept. */
  readonly merchantName: string;
  /** 15 characters kept. */
  readonly merchantCity: string;
  /** Centavos of BRL. */
  readonly amountMinor: number;
  /** 1 to 25 letters and digits. */
  readonly txid: string;
}

const NAME_LENGTH_MAX = 25;
const CITY_LENGTH_MAX = 15;
const AMOUNT_LENGTH_MAX = 13;
const TXID_SHAPE = /^[A-Za-z0-9]{1,25}$/;

/**
 * A static Pix BR Code (EMV merchant-presented QR, Banco Central "Manual de Padrões para Iniciação do Pix"): the
 * copy-and-paste text, and what the QR image holds. Throws RangeError for content that does not fit; what merchants and
 * shops type is checked before.
 */
export function encodeBrCode(content: BrCodeContent): string {
  const amount = formatMinor(content.amountMinor);
  if (content.amountMinor <= 0 || amount.length > AMOUNT_LENGTH_MAX)
    throw new RangeError(`no amount of a BR Code: ${amount}`);
  if (!TXID_SHAPE.test(content.txid)) throw new RangeError(`no txid of a BR Code: ${content.txid}`);
  const body = [
    field('00', '01'),
    field('26', field('00', 'br.gov.bcb.pix') + field('01', content.pixKey)),
    field('52', '0000'),
    field('53', '986'),
    field('54', amount),
    field('58', 'BR'),
    field('59', printedText(content.merchantName, NAME_LENGTH_MAX)),
    field('60', printedText(content.merchantCity, CITY_LENGTH_MAX)),
    field('62', field('05', content.txid)),
    '6304',
  ].join('');
  return body + crc16(body);
}

/** Id, two-digit length, value; EMV knows no longer values. */
function field(id: string, value: string): string {
  if (value.length === 0 || value.length > 99)
    throw new RangeError(`field ${id} of a BR Code holds 1 to 99 characters, not ${value.length}`);
  return `${id}${String(value.length).padStart(2, '0')}${value}`;
}

/**
 * ASCII of a name or a city: accents stripped (`ç` → `c`), what has no plain letter left out, spaces joined. May come
 * out empty.
 */
export function printedText(text: string, lengthMax: number): string {
  return text
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, lengthMax)
    .trimEnd();
}

/**
 * The txid of a payment: its ULID without the first character. A time-ordered id starts with `0` until the year 10889,
 * so nothing is lost and the 26 characters become the 25 that a static code holds.
 */
export function pixTxid(paymentId: string): string {
  const ulid = uuidToUlid(paymentId).toUpperCase();
  if (!ulid.startsWith('0'))
    throw new RangeError(`payment id ${paymentId} is not time-ordered: its ULID begins with ${ulid.slice(0, 1)}`);
  return ulid.slice(1);
}
