import { returnUrl } from './return-url.js';

const back = { paymentId: '01jxyz', invoiceId: null };

describe('the way back to the shop', () => {
  it.each([
    ['https://shop.example/thanks', 'https://shop.example/thanks?payment_id=01jxyz'],
    ['https://shop.example', 'https://shop.example/?payment_id=01jxyz'],
    ['https://shop.example/thanks?a=1', 'https://shop.example/thanks?a=1&payment_id=01jxyz'],
    ['https://shop.example/thanks?', 'https://shop.example/thanks?payment_id=01jxyz'],
    ['https://shop.example/thanks?a=1&', 'https://shop.example/thanks?a=1&payment_id=01jxyz'],
    [
      'https://shop.example/thanks?a=%20b+c&flag#top',
      'https://shop.example/thanks?a=%20b+c&flag&payment_id=01jxyz#top',
    ],
    ['https://shop.example/#/orders?id=7', 'https://shop.example/?payment_id=01jxyz#/orders?id=7'],
    ['https://shop.example/t#', 'https://shop.example/t?payment_id=01jxyz#'],
    ['http://localhost:3000/t?payment_id=old', 'http://localhost:3000/t?payment_id=old&payment_id=01jxyz'],
  ])('%s becomes %s', (url, expected) => {
    expect(returnUrl(url, back)).toBe(expected);
  });

  it('carries the invoice under both of its names', () => {
    expect(returnUrl('https://shop.example/t?a=1#x', { paymentId: '01jxyz', invoiceId: 'A&B=1 #ä' })).toBe(
      'https://shop.example/t?a=1&payment_id=01jxyz&invoice_id=A%26B%3D1%20%23%C3%A4&invoice_number=A%26B%3D1%20%23%C3%A4#x',
    );
  });

  it.each([
    null,
    '',
    'not a url',
    '/relative',
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'ftp://shop.example/',
  ])('is none for %j', (url) => {
    expect(returnUrl(url, back)).toBeNull();
  });
});
