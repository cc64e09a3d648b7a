import { formatMinor, parseMinor } from './index.js';

describe('decimal amounts', () => {
  it.each([
    ['500', 50_000],
    ['500.5', 50_050],
    ['0.01', 1],
    ['9999999.99', 999_999_999],
    ['007.10', 710],
  ])('reads %s as %i minor units', (text, minor) => {
    expect(parseMinor(text)).toBe(minor);
  });

  it.each(['', '-1', '+1', '1e3', '1.234', '.5', '5.', '1,000', ' 1', 'NaN', '٣', '0x10'])('refuses %j', (text) => {
    expect(parseMinor(text)).toBeUndefined();
  });

  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [50_000, '500.00'],
    [-199, '-1.99'],
  ])('writes %i as %s', (minor, text) => {
    expect(formatMinor(minor)).toBe(text);
  });
});
