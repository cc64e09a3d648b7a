import { comparePhones, normalisePhone } from './phone.js';

describe('a mobile number', () => {
  it.each([
    '01711000000',
    '+8801711000000',
    '8801711000000',
    '008801711000000',
    '1711000000',
    '0171 1000-000',
    ' (017) 11000000 ',
    '০১৭১১০০০০০০',
  ])('typed as %s is 01711000000', (typed) => expect(normalisePhone(typed)).toBe('01711000000'));
  it.each(['', '0171100000', '017110000001', '01211000000', '+9101711000000', '0171100000O', '\u0660\u0661711000000'])(
    'is not %p',
    (typed) => expect(normalisePhone(typed)).toBeNull(),
  );
});

describe('a claimed number and a printed payer', () => {
  it.each([
    ['01711000712', '01711000712', 'agrees'],
    ['+8801711000712', '+8801711000712', 'agrees'],
    ['01711000712', '01711000713', 'contradicts'],
    ['01711000712', '***712', 'agrees'],
    ['01711000712', 'bKash A/C ***712', 'agrees'],
    ['01711000712', '***713', 'contradicts'],
    // The last of Rocket's three digits may be a check digit that is no part of the number.
    ['01711000712', '***127', 'unknown'],
    ['01711000712', '***137', 'contradicts'],
    ['01711000712', '017***0712', 'agrees'],
    ['01711000712', '018***0712', 'contradicts'],
    ['01711000712', '0171XXX0712', 'agrees'],
    ['01711000712', '***0713', 'contradicts'],
    ['01711000712', '017110007124', 'agrees'],
    ['01711000712', '017110007224', 'contradicts'],
    ['01711000712', 'Amex Card', 'unknown'],
    ['01711000712', 'DM1473', 'unknown'],
    ['01711000712', '*********', 'unknown'],
    ['no number', '01711000712', 'unknown'],
  ])('%s and %s: %s', (claimed, printed, verdict) => expect(comparePhones(claimed, printed)).toBe(verdict));
});
