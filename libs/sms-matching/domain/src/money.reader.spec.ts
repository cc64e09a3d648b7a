import { printMinor, readMoney, taka } from './money.reader.js';

describe('a printed sum', () => {
  it.each([
    ['350.00', 35_000],
    ['1,500.00', 150_000],
    ['1,62,300.00', 16_230_000],
    ['162,300.00', 16_230_000],
    ['21400.00', 2_140_000],
    ['9500', 950_000],
    ['9541.2', 954_120],
    ['.07', 7],
    ['.00', 0],
    ['0.31', 31],
    ['5,00,000.00', 50_000_000],
    ['12,34,56,789.00', 12_345_678_900],
  ])('%s is %i poisha', (printed, minor) => expect(readMoney(printed, taka)).toBe(minor));

  it.each([
    '1,50.00',
    '15,00.00',
    ',500.00',
    '1,,500.00',
    '1,500,00.00',
    '150,00000',
    '1.234,56',
    '16.4210',
    '',
    '.',
    '5.',
    '-5.00',
    '1 500.00',
    '١٢.٠٠',
    '1,500.',
    '12345678901234.00',
  ])('%s is none', (printed) => expect(readMoney(printed, taka)).toBeNull());

  it.each([
    ['1.234,56', 123_456],
    ['0,85', 85],
    ['10,50', 1_050],
    ['1.350.000,00', 135_000_000],
  ])('%s is %i centavos', (printed, minor) => expect(readMoney(printed, ['br'])).toBe(minor));
  it.each(['1,234.56', '12.34,56', '1.23'])('%s is no Brazilian sum', (printed) =>
    expect(readMoney(printed, ['br'])).toBeNull(),
  );
  it.each([
    [35_000, '350.00'],
    [7, '0.07'],
    [-144_020_000, '-1440200.00'],
    [0, '0.00'],
  ])('%i prints as %s', (minor, printed) => expect(printMinor(minor)).toBe(printed));
});
