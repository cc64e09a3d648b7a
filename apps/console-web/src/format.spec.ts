import { formatAge, formatCount, formatMoney } from './format';

describe('numbers as people of each language write them', () => {
  it('groups taka by lakh, in English and in Bangla', () => {
    expect(formatMoney('1234567.50', 'BDT', 'en')).toBe('৳12,34,567.50');
    expect(formatMoney('1234567.50', 'BDT', 'bn').replaceAll(/\s/g, '')).toContain('১২,৩৪,৫৬৭.৫০');
    expect(formatCount(1_234_567, 'en')).toBe('12,34,567');
  });

  it('writes reais as Brazil does', () => {
    expect(formatMoney('1234567.50', 'BRL', 'pt-BR').replaceAll(/\s/g, ' ')).toBe('R$ 1.234.567,50');
  });

  it('keeps every poisha of an amount that no binary number holds', () => {
    expect(formatMoney('9999999999999.99', 'BDT', 'en')).toBe('৳99,99,99,99,99,999.99');
  });
});

describe('how long ago something was', () => {
  const now = Date.parse('2026-06-12T08:30:00.000Z');
  it.each([
    ['2026-06-12T08:29:30.000Z', '30 sec ago'],
    ['2026-06-12T08:27:00.000Z', '3 min ago'],
    ['2026-06-12T05:30:00.000Z', '3 hr ago'],
    ['2026-06-01T08:30:00.000Z', '1 Jun 2026'],
  ])('%s is told as %s', (iso, shown) => {
    expect(formatAge(iso, 'en', now).replace('.', '')).toBe(shown);
  });
});
