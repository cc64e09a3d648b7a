import { refuseHeaders } from './custom-headers.js';

describe('headers that an endpoint sends beside ours', () => {
  it('may be a token and visible text', () => {
    expect(refuseHeaders({})).toBeNull();
    expect(refuseHeaders({ Authorization: 'Basic eDp5', 'X-Shop-1': 'one two', cookie: 'a=b' })).toBeNull();
    expect(refuseHeaders({ 'x-long': 'v'.repeat(1_000) })).toBeNull();
  });

  it.each([
    ['not an object', []],
    ['nothing', null],
    ['ours', { 'Webhook-Id': 'x' }],
    ['ours', { 'X-Fastaar-Signature': 'x' }],
    ["the connection's", { 'Content-Length': '1' }],
    ["the connection's", { Host: 'other.example' }],
    ["the connection's", { 'Transfer-Encoding': 'chunked' }],
    ['a second line', { 'x-a': 'b\r\nx-c: d' }],
    ['a name with a space', { 'x a': 'b' }],
    ['no name', { '': 'b' }],
    ['no text', { 'x-a': '' }],
    ['not a text', { 'x-a': 1 }],
    ['one name twice', { 'x-a': '1', 'X-A': '2' }],
    ['too long', { 'x-a': 'v'.repeat(1_001) }],
    ['too many', Object.fromEntries(Array.from({ length: 21 }, (_unused, index) => [`x-${index}`, 'v']))],
  ])('may not be %s', (_what, headers) => {
    expect(refuseHeaders(headers)).not.toBeNull();
  });
});
