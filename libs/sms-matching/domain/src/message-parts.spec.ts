import { joinParts } from './message-parts.js';
import { parseMessage } from './shipped-registry.js';

const BODY =
  'You have received Tk 350.00 from 01716224375. Ref for the blue one in size XL, deliver to sector 7. Fee Tk 0.00. Balance Tk 2,231.40. TrxID DHE7XOID8Q at 14/08/2026 11:07';
const first = { index: 1, total: 2, text: BODY.slice(0, 153) };
const second = { index: 2, total: 2, text: BODY.slice(153) };

describe('the parts of a long message', () => {
  it('make the whole in either order, and when one comes twice', () => {
    for (const parts of [
      [first, second],
      [second, first],
      [first, second, first],
    ])
      expect(joinParts(parts)).toEqual({ body: BODY, complete: true });
  });

  it.each([
    ['one is missing', [first]],
    ['there is none', []],
    ['two differ under one number', [first, second, { ...second, text: 'x' }]],
    ['their counts differ', [first, { ...second, total: 3 }]],
    ['one is numbered beyond the last', [first, second, { ...second, index: 3 }]],
    ['one is numbered nought', [first, { ...second, index: 0 }]],
  ])('are incomplete when %s', (_name, parts) => expect(joinParts(parts).complete).toBe(false));

  it('credit together and never alone', () => {
    const outcome = (parts: readonly (typeof first)[]) => {
      const { body, complete } = joinParts(parts);
      return parseMessage({ account: 'personal', sender: 'bKash', body, incomplete: !complete }).outcome;
    };
    expect(outcome([second, first])).toBe('credit');
    expect([outcome([first]), outcome([second])]).toEqual(['review', 'review']);
  });
});
