import { multirange, readNumbers, renumberedBeyond } from './message-numbers.js';

describe("the numbers of a phone's messages", () => {
  it.each([
    ['begin anywhere', null, [40, 41], { lastSeq: 41, missing: [] }],
    ['go on', 41, [42, 43], { lastSeq: 43, missing: [] }],
    ['may come in any order within an upload, and twice', 41, [44, 42, 43, 44], { lastSeq: 44, missing: [] }],
    ['leave a gap before an upload', 43, [46], { lastSeq: 46, missing: [{ from: 44, to: 45 }] }],
    [
      'leave gaps inside an upload, also the first',
      null,
      [7, 1, 3],
      {
        lastSeq: 7,
        missing: [
          { from: 2, to: 2 },
          { from: 4, to: 6 },
        ],
      },
    ],
    ['are repeats when they are known', 46, [1, 44, 46], { lastSeq: 46, missing: [] }],
    ['may be none', 46, [], { lastSeq: 46, missing: [] }],
    ['may be none at all', null, [], { lastSeq: null, missing: [] }],
    ['begin at 0', null, [0, 2], { lastSeq: 2, missing: [{ from: 1, to: 1 }] }],
    [
      'are still a gap when very many are missing',
      1,
      [renumberedBeyond + 2],
      { lastSeq: renumberedBeyond + 2, missing: [{ from: 2, to: renumberedBeyond + 1 }] },
    ],
    [
      'have begun anew when one more is missing',
      1,
      [renumberedBeyond + 3],
      { lastSeq: renumberedBeyond + 3, missing: [] },
    ],
    [
      'may be as large as a number can be',
      5,
      [Number.MAX_SAFE_INTEGER],
      { lastSeq: Number.MAX_SAFE_INTEGER, missing: [] },
    ],
  ] as const)('%s', (_what, lastSeq, seqs, expected) => {
    expect(readNumbers(lastSeq, seqs)).toEqual(expected);
  });

  it('are written as PostgreSQL reads them', () => {
    expect([
      multirange([]),
      multirange([
        { from: 1, to: 1 },
        { from: 4, to: 6 },
      ]),
    ]).toEqual(['{}', '{[1,1],[4,6]}']);
  });
});
