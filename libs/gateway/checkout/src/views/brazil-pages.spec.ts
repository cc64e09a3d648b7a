import jsQR from 'jsqr';
import type { PaymentSnapshot } from '@paymatch/contracts';
import { plainBrand } from '@paymatch/gateway-access';
import { phaseAt, statusAt } from '../payment-phase.js';
import { CheckoutWorld } from '../testing/checkout-world.js';
import { offeredFor, pickOffered, type Language } from '../language.js';
import { en } from '../texts/en.js';
import { pt } from '../texts/pt.js';
import { textsIn } from '../texts/texts.js';
import { clockText, moneyText, momentText } from './money-text.js';
import { emptyDraft, type PaymentPage } from './page-context.js';
import { paymentView } from './payment.view.js';
import { qrCodeView } from './qr-code.view.js';

const BR_CODE =
  '00020126580014br.gov.bcb.pix01367d9f0335-8dcc-4054-9bf9-0dbd61d3690652040000530398654071557.005802BR5917LOJA EXEMPLO LTDA6009SAO PAULO62290525PGW01JXYZ000000000000000163043E97';
const pix = {
  brCode: BR_CODE,
  txid: 'PGW01JXYZ0000000000000001',
  pixKey: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
  beneficiary: 'Loja Exemplo & Açaí',
};
const bank = {
  bankName: 'VIACREDI',
  bankCode: '085',
  agency: '0101-5',
  account: '12551163',
  accountOperation: 'Conta Corrente',
  document: '34.911.051/0001-97',
  beneficiary: 'Loja Exemplo',
};
const world = new CheckoutWorld();

function view(details: Partial<PaymentSnapshot>, language: Language = 'pt', merchantName = 'Loja Exemplo'): string {
  const merchant = world.addMerchant({ name: merchantName });
  const payment = world.addPayment(merchant.id, {
    dialect: 'smartfastpay',
    method: 'pix',
    currency: 'BRL',
    amountMinor: 155_700,
    instructions: pix,
    ...details,
  });
  const page: PaymentPage = {
    texts: textsIn(language, payment.dialect),
    language,
    languages: offeredFor(payment.dialect),
    assets: { css: '/a.css', brand: null, script: '/a.js', icon: '/a.svg' },
    payment,
    reference: payment.id,
    brand: plainBrand,
    isStaying: false,
    address: null,
    logoPath: null,
    status: statusAt(payment, world.nowMs),
    phase: phaseAt(payment, world.nowMs),
    nowMs: world.nowMs,
    merchant,
    wallets: [],
    offered: [],
    selected: null,
    isRetyping: false,
    notice: null,
    draft: emptyDraft,
    formToken: 't',
    path: '/pay/x',
    returnTo: { success: null, cancel: null },
  };
  return paymentView(page)!.text;
}

/** The drawn code as pixels, four to a module, read as a phone would. */
function scan(svg: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)![1]);
  const scale = 4;
  const pixels = new Uint8ClampedArray((side * scale) ** 2 * 4).fill(255);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column += 1)
        pixels.fill(0, (row * side * scale + column) * 4, (row * side * scale + column) * 4 + 3);
    }
  }
  return jsQR(pixels, side * scale, side * scale)?.data;
}

describe('a charge', () => {
  it('is said beside the order, so that nobody wonders at the sum', () => {
    const charge = { type: 'percent', value: '2.50', amountMinor: 3_893 } as const;
    const page = view({ amountMinor: 159_593, charge }).replaceAll('\u00a0', ' ');
    expect(page).toContain('Pedido R$ 1.557,00 + tarifa R$ 38,93');
    expect(view({ amountMinor: 155_700 })).not.toContain('tarifa');
  });
});

describe('the page of a Pix payment', () => {
  it('shows the code to be scanned and to be copied, the amount and the time as Brazilians write them', () => {
    const text = view({});
    expect(scan(/<svg class="qr".*?<\/svg>/s.exec(text)![0])).toBe(BR_CODE);
    expect(text).toContain(`data-copy="${BR_CODE}"`);
    expect(text).toContain('<html lang="pt-BR">');
    expect(text).toContain('>R$\u00a0</span>1.557<span class="amount-fraction">,00</span>');
    expect(text).toContain('Pague até 12/06/2026 06:00');
    expect(text).toContain('data-deadline="1800000"');
    expect(text).toContain('recebedor é Loja Exemplo &amp; Açaí');
    expect(text).toContain('?lang=en"');
    expect(text).not.toContain('/cancel');
  });

  it('speaks English of banks and receipts, not of TrxIDs', () => {
    expect(view({}, 'en')).toContain('Pay with Pix');
    expect(view({}, 'en')).toContain('lang=pt');
    for (const status of ['failed', 'expired', 'completed'] as const)
      expect(view({ status, completedAt: '2026-06-12T08:30:00Z' }, 'en')).not.toMatch(/TrxID|wallet/);
  });

  it('ends like every other', () => {
    expect(view({ status: 'completed', completedAt: '2026-06-12T17:30:00Z' })).toMatch(
      /Pagamento concluído[\s\S]*R\$\u00a01\.557,00[\s\S]*12\/06\/2026 14:30/,
    );
    expect(view({ status: 'expired' })).toContain('O prazo para pagar terminou');
  });

  it('gives a receipt in the words of its method, under the id its shop knows', () => {
    const completed = { id: '01a1ffd0-2f87-7084-8346-6dc1adbb5024', status: 'completed', trxId: 'E1' } as const;
    const receipt = (details: Partial<PaymentSnapshot>): string =>
      /<dl class="receipt">.*<\/dl>/s.exec(view({ ...completed, ...details }))![0].replace(/<[^>]+>/g, ' ');
    for (const text of ['Forma de pagamento', 'Pix', 'ID da transação Pix', 'E1', completed.id])
      expect(receipt({})).toContain(text);
    for (const text of ['Transferência bancária', 'VIACREDI', 'Número da transferência', 'E1'])
      expect(receipt({ method: 'bank_transfer', instructions: bank })).toContain(text);
    for (const own of [receipt({}), receipt({ method: 'bank_transfer', instructions: bank })])
      expect(own).not.toMatch(/TrxID|Carteira/);
  });

  it('offers test outcomes for sandbox payments only', () => {
    expect([view({ livemode: false }), view({})].map((text) => text.includes('/simulate'))).toEqual([true, false]);
  });

  it('lets nobody write markup into it', () => {
    const evil = '"><script>alert(1)</script>\'';
    const everything = (keys: object): Record<string, string> =>
      Object.fromEntries(Object.keys(keys).map((key) => [key, evil]));
    for (const text of [
      view({ instructions: everything(pix), invoiceId: evil }, 'pt', evil),
      view({ method: 'bank_transfer', instructions: everything(bank), invoiceId: evil }, 'en', evil),
    ]) {
      expect(text).not.toContain('<script>');
      expect(text.match(/<script/g)).toHaveLength(1);
    }
  });
});

describe('the page of a bank transfer', () => {
  it('shows every field of the account, and the amount as a bank takes it', () => {
    const text = view({ method: 'bank_transfer', instructions: bank });
    for (const value of ['085 – VIACREDI', '0101-5', '12551163', '34.911.051/0001-97', 'Loja Exemplo', '1557,00'])
      expect(text).toContain(`data-copy="${value}"`);
    expect(text).toContain('Conta (Conta Corrente)');
    expect(text).not.toContain('class="qr"');
  });
});

describe('a QR code', () => {
  it.each(['a', BR_CODE, 'x'.repeat(250), 'ção 日本'])('of %j is read back', (text) =>
    expect(scan(qrCodeView(text, 'x').text)).toBe(text),
  );
});

describe('Brazilian texts', () => {
  it.each([
    [1, 'R$\u00a00,01'],
    [100, 'R$\u00a01,00'],
    [99_999, 'R$\u00a0999,99'],
    [100_000, 'R$\u00a01.000,00'],
    [51_748_821, 'R$\u00a0517.488,21'],
    [123_456_789_00, 'R$\u00a0123.456.789,00'],
  ])('%i centavos are %s', (minor, text) => expect(moneyText(minor, 'BRL').full).toBe(text));

  it('tell the time of Brasília', () => {
    const brazilian = { dialect: 'smartfastpay', language: 'pt' } as const;
    expect(clockText('2026-06-12T02:30:00Z', brazilian)).toBe('11/06/2026 23:30');
    expect(momentText('2026-01-12T03:00:00Z', brazilian)).toBe('12/01/2026 00:00');
  });

  it('are whole, and none is left untranslated', () => {
    expect(Object.keys(pt).sort()).toEqual(Object.keys(en).sort());
    expect(
      Object.entries(en).filter(([key, text]) => typeof text === 'string' && pt[key as keyof typeof pt] === text),
    ).toEqual([]);
  });

  it.each([
    [undefined, undefined, undefined, 'pt', 'en'],
    [undefined, undefined, 'pt-BR,en;q=0.8', 'pt', 'pt'],
    [undefined, undefined, 'en-GB', 'en', 'en'],
    ['en', undefined, 'pt-BR', 'en', 'en'],
    ['pt', 'en', 'en', 'pt', 'pt'],
    ['bn', undefined, 'en', 'bn', 'bn'],
    [undefined, 'pt', 'bn', 'pt', 'pt'],
  ] as const)(
    'are for Brazil: asked for %j, remembered %j, accepted %j it is %s, and %s in Bangladesh',
    (asked, remembered, accepted, there, here) => {
      expect([
        pickOffered({ asked, remembered, accepted }, offeredFor('smartfastpay')),
        pickOffered({ asked, remembered, accepted }, offeredFor('fastaar')),
      ]).toEqual([there, here]);
    },
  );
});
