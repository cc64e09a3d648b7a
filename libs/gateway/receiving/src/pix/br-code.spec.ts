import fc from 'fast-check';
import { hasError, parsePix, PixElementType } from 'pix-utils';
import { newId } from '@paymatch/contracts';
import { encodeBrCode, pixTxid, printedText, type BrCodeContent } from './br-code.js';
import { crc16 } from './crc16.js';
import { isPixKey } from './pix-key.js';

const shop: BrCodeContent = {
  pixKey: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
  merchantName: 'LOJA EXEMPLO LTDA',
  merchantCity: 'SAO PAULO',
  amountMinor: 155_700,
  txid: 'PGW01JXYZ0000000000000001',
};

describe('the checksum', () => {
  it.each([
    ['123456789', '29B1'],
    ['', 'FFFF'],
    ['A', 'B915'],
  ])('of %j is %s', (text, crc) => expect(crc16(text)).toBe(crc));
});

describe('a BR Code', () => {
  it("is the one of the standard's vector", () => {
    expect(encodeBrCode(shop)).toBe(
      '00020126580014br.gov.bcb.pix01367d9f0335-8dcc-4054-9bf9-0dbd61d3690652040000530398654071557.005802BR5917LOJA EXEMPLO LTDA6009SAO PAULO62290525PGW01JXYZ000000000000000163043E97',
    );
  });

  it('is read back by another decoder for a thousand merchants, accents and all', () => {
    const letters = fc.constantFrom(
      ..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789áàâãäéêíóôõöúüçñÁÃÉÍÓÕÚÇß&.-'",
    );
    const label = (min: number, max: number) =>
      fc.array(letters, { minLength: min, maxLength: max }).map((chars) => `a${chars.join('')}`);
    const key = fc.oneof(
      fc.uuid(),
      fc.stringMatching(/^\+55\d{11}$/),
      fc.constantFrom('11144477735', '16972691419', '12ABC34501DE35', '34911051000197'),
      fc
        .tuple(fc.stringMatching(/^[a-z0-9._-]{1,30}$/), fc.stringMatching(/^[a-z0-9]{1,20}$/))
        .map(([user, host]) => `${user}@${host}.com.br`),
    );
    let runs = 0;
    fc.assert(
      fc.property(
        key,
        label(0, 40),
        label(0, 30),
        fc.integer({ min: 1, max: 999_999_999_999 }),
        (pixKey, merchantName, merchantCity, amountMinor) => {
          runs += 1;
          const txid = pixTxid(newId());
          const read = parsePix(encodeBrCode({ pixKey, merchantName, merchantCity, amountMinor, txid }));
          if (hasError(read)) throw new Error(read.message);
          expect(read).toMatchObject({
            type: PixElementType.STATIC,
            pixKey,
            txid,
            merchantName: printedText(merchantName, 25),
            merchantCity: printedText(merchantCity, 15),
            countryCode: 'BR',
            transactionCurrency: '986',
          });
          expect(Math.round((read as unknown as { transactionAmount: number }).transactionAmount * 100)).toBe(
            amountMinor,
          );
        },
      ),
      { numRuns: 1_000 },
    );
    expect(runs).toBe(1_000);
  });

  it.each([
    { amountMinor: 0 },
    { amountMinor: -1 },
    { amountMinor: 1.5 },
    { amountMinor: 1_000_000_000_000_0 },
    { txid: '' },
    { txid: 'x'.repeat(26) },
    { txid: 'a-b' },
    { merchantName: '日本' },
    { pixKey: 'x'.repeat(78) },
  ])('is not made of %j', (part) => {
    expect(() => encodeBrCode({ ...shop, ...part })).toThrow(RangeError);
  });

  it('keeps names as far as they fit', () => {
    expect(printedText('Açaí & Cia – São João', 25)).toBe('Acai & Cia Sao Joao');
    expect(printedText('Padaria Nossa Senhora Aparecida Ltda', 25)).toBe('Padaria Nossa Senhora Apa');
    expect(printedText('Padaria do seu Zé Carlos e filhos', 25)).toBe('Padaria do seu Ze Carlos');
  });
});

describe('the txid of a payment', () => {
  it('is its ULID without the leading zero, in capitals', () => {
    expect(pixTxid('01890a5d-ac96-774b-bcce-b302099a8057')).toBe('1H455VB4PEX5VSKNK084SN02Q');
    expect(pixTxid(newId())).toMatch(/^[0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it('is refused for an id that is not time-ordered', () =>
    expect(() => pixTxid('f1890a5d-ac96-774b-bcce-b302099a8057')).toThrow(RangeError));
});

describe('a Pix key', () => {
  it.each([
    '16972691419',
    '12ABC34501DE35',
    '+5511987654321',
    '+551133334444',
    'loja@exemplo.com.br',
    '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
  ])('may be %s', (key) => expect(isPixKey(key)).toBe(true));
  it.each([
    '',
    '16972691418',
    '12abc34501de35',
    '5511987654321',
    '+1 555 0100',
    'loja@',
    'Loja@Exemplo.com',
    '7D9F0335-8dcc-4054-9bf9-0dbd61d36906',
    `${'x'.repeat(72)}@a.com`,
  ])('is not %j', (key) => expect(isPixKey(key)).toBe(false));
});
