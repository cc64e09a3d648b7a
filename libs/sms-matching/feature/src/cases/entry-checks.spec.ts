import { isSamePerson } from './entry-checks.js';

describe('two persons', () => {
  it.each([
    ['Rahima', 'rahima '],
    ['rahima@shop.example', 'Rahima@shop.example'],
    ['rahima@shop.example', 'rahima@shop.example by key Karim'],
    ['rahima@shop.example by key Server', 'rahima@shop.example by key Karim'],
  ])('are one: %s and %s', (one, other) => expect(isSamePerson(one, other)).toBe(true));

  it.each([
    ['Rahima', 'Karim'],
    ['rahima@shop.example', 'karim@shop.example'],
    ['rahima@shop.example by key Server', 'karim@shop.example by key Server'],
  ])('are two: %s and %s', (one, other) => expect(isSamePerson(one, other)).toBe(false));
});
