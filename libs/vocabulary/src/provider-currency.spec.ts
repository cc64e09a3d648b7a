import { currencyOfProvider } from './provider-currency.js';

describe("a provider's currency", () => {
  it.each([
    ['bkash', 'BDT'],
    ['sonali', 'BDT'],
    ['a_new_one', 'BDT'],
    ['br_nubank', 'BRL'],
    ['br_a_new_bank', 'BRL'],
    ['pix', 'BRL'],
    ['bank_transfer', 'BRL'],
    ['mpesa_ke', 'KES'],
    ['mpesa_mz', 'MZN'],
    ['selcom_tz', 'TZS'],
  ])('of %s is %s', (provider, currency) => expect(currencyOfProvider(provider)).toBe(currency));

  it.each(['brac', 'pixie', 'mpesa', 'toString', ''])(
    'of %j is that of Bangladesh: no name is taken for another',
    (id) => expect(currencyOfProvider(id)).toBe('BDT'),
  );
});
