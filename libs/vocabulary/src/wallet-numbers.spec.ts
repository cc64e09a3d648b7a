import { normaliseWalletNumber, walletFaults } from './wallet-numbers.js';

const faultsOf = (provider: string, number: string, accountType = 'personal'): string[] =>
  Object.keys(walletFaults({ provider, number, accountType }));

describe('a wallet', () => {
  it.each([
    ['bkash', '01712345678', 'personal'],
    ['bkash', '+880 1712-345678', 'merchant'],
    ['nagad', '01312345678', 'agent'],
    ['rocket', '017123456789', 'personal'],
    ['rocket', '8801712345678-9', 'personal'],
    ['upay', '01912345678', 'personal'],
    ['brac', '1501204567890001', 'bank'],
    ['mpesa_ke', '0712345678', 'merchant'],
    ['br_nubank', '0001-9', 'bank'],
  ])('of %s with the number %s (%s) can get money', (provider, number, accountType) => {
    expect(faultsOf(provider, number, accountType)).toEqual([]);
  });

  it.each([
    ['bkash', '0170000', 'personal', ['number']],
    ['bkash', '01212345678', 'personal', ['number']],
    ['bkash', '017123456789', 'personal', ['number']],
    ['nagad', '0171234567', 'personal', ['number']],
    ['rocket', '01712345678', 'personal', ['number']],
    ['rocket', '0171234567890', 'personal', ['number']],
    ['brac', '01712', 'bank', ['number']],
    ['bkash', '01712345678', 'bank', ['account_type']],
    ['brac', 'X', 'personal', ['number', 'account_type']],
    ['nonsensepay', '01712345678', 'personal', ['provider']],
    ['toString', '01712345678', 'personal', ['provider']],
  ])('of %s with the number %s (%s) is refused for %j', (provider, number, accountType, fields) => {
    expect(faultsOf(provider, number, accountType)).toEqual(fields);
  });

  it('has one spelling', () => {
    expect(['+8801712345678', '880 1712 345678', '01712-345678'].map(normaliseWalletNumber)).toEqual([
      '01712345678',
      '01712345678',
      '01712345678',
    ]);
  });
});
