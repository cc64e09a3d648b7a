import { answerKeptBytes, answerText, maskHeaders } from './attempt-details.js';

describe('what is kept of an attempt', () => {
  it('are the headers, but not what lets somebody in', () => {
    expect(maskHeaders({ Authorization: 'Basic eDp5', 'X-Api-Key': 'k', 'webhook-id': 'e1', cookie: 'a=b' })).toEqual({
      Authorization: '[masked]',
      'X-Api-Key': '[masked]',
      'webhook-id': 'e1',
      cookie: '[masked]',
    });
  });

  it('is how the answer began, without NULs, broken letters or secrets that it sent back', () => {
    expect(answerText(Buffer.from('no: whsec_abc and Basic eDp5'), ['whsec_abc', 'Basic eDp5', ''])).toBe(
      'no: [masked] and [masked]',
    );
    expect(answerText(Buffer.from([0x61, 0x00, 0xff]), [])).toBe('a\ufffd\ufffd');
    expect(answerText(Buffer.alloc(5_000, 'x'), [])).toHaveLength(answerKeptBytes);
  });
});
