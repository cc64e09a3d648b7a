import { isReturnAddress, mayReturnTo } from './return-addresses.js';

describe('return addresses', () => {
  it.each([
    ['https://shop.example.com', true],
    ['https://shop.example.com:8443', true],
    ['http://localhost:3000', true],
    ['https://shop.example.com/orders', true],
    ['https://shop.example.com/orders/', true],
    ['https://shop.example.com/', false],
    ['https://Shop.example.com', false],
    ['https://shop.example.com:443', false],
    ['https://shop.example.com/a/../b', false],
    ['https://shop.example.com/?a=1', false],
    ['https://user@shop.example.com', false],
    ['shop.example.com', false],
    ['javascript:alert(1)', false],
    [5, false],
  ])('are origins or folders as a browser writes them: %s', (value, isOne) => {
    expect(isReturnAddress(value)).toBe(isOne);
  });

  it.each([
    ['https://shop.example.com/thanks?order=1', true],
    ['HTTPS://SHOP.EXAMPLE.COM/thanks', true],
    ['https://shop.example.com', true],
    ['https://shop.example.com.evil.example/thanks', false],
    ['https://shop.example.com@evil.example/', false],
    ['http://shop.example.com/thanks', false],
    ['https://tea.example.com/orders', true],
    ['https://tea.example.com/orders/7', true],
    ['https://tea.example.com/orders/../admin', false],
    ['https://tea.example.com/orders2', false],
    ['https://tea.example.com/', false],
  ])('let a customer go to what lies below them, and nowhere else: %s', (address, isAllowed) => {
    expect(mayReturnTo(['https://shop.example.com', 'https://tea.example.com/orders'], address)).toBe(isAllowed);
    expect([mayReturnTo([], address), mayReturnTo(undefined, address)]).toEqual([true, true]);
  });
});
