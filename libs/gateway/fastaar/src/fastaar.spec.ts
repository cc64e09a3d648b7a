import { numberText } from './number-text.js';
import { fastaarFace } from './fastaar.errors.js';
import { fastaarSettings } from './fastaar.settings.js';
import { pageBody } from './page-query.js';

describe('the text of a number', () => {
  it.each([
    ['{"amount":10.005}', '10.005'],
    ['{"amount":1e3}', '1e3'],
    ['{ "amount" : -0 }', '-0'],
    ['{"a":{"amount":1},"amount":2}', '2'],
    ['{"a":[{"amount":1}],"b":"\\"amount\\":3","amount":2}', '2'],
    ['{"amount":1,"amount":2}', '2'],
    ['{"amount":"5"}', undefined],
    ['{"amount":5,"amount":"6"}', undefined],
    ['{"x":"amount","y":5}', undefined],
    ['{"b":"\\\\","amount":1.50}', '1.50'],
    ['{"\\u0061mount":7}', '7'],
    ['{"amounts":1,"amoun":2}', undefined],
    ['{}', undefined],
    ['{"metadata":{"k":"}"},"amount":\n9}', '9'],
  ])('in %s is %s', (json, text) => {
    expect(numberText(json, 'amount')).toBe(text);
  });
});

describe('an error', () => {
  it('nobody thought of is answered as unavailable, never as a 500 with our insides', () => {
    const answer = fastaarFace.answer(new TypeError('x is not a function'), {} as never);
    expect(answer.status).toBe(503);
    expect(JSON.stringify(answer)).not.toContain('function');
    expect(answer.headers).toEqual({ 'retry-after': '1' });
  });
});

describe('plain http addresses', () => {
  it('are allowed by default in development only', () => {
    expect([
      fastaarSettings('development').allowHttpUrls.default,
      fastaarSettings('production').allowHttpUrls.default,
    ]).toEqual([true, false]);
  });
});

describe('a page', () => {
  const page = (number: number, total: number): unknown =>
    pageBody(Array.from({ length: Math.max(0, Math.min(15, total - (number - 1) * 15)) }), {
      page: number,
      perPage: 15,
      total,
      path: '/p',
      query: {},
    });
  it.each([
    [1, 0, { from: null, to: null, last_page: 1 }],
    [1, 15, { from: 1, to: 15, last_page: 1 }],
    [2, 16, { from: 16, to: 16, last_page: 2 }],
    [3, 16, { from: null, to: null, last_page: 2 }],
  ])('%i of %i payments knows its place', (number, total, meta) => {
    expect(page(number, total)).toMatchObject({ meta });
  });
});
