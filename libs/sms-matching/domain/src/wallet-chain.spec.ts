import { chainNeighboursMax, judgeMovements, type Movement } from './wallet-chain.js';

const movement = (key: string, minute: number, facts: Partial<Movement> = {}): Movement => ({
  key,
  trxId: null,
  direction: 'in',
  amountMinor: 50_000,
  feeMinor: 0,
  balanceMinor: null,
  atUtc: new Date(Date.UTC(2026, 7, 14, 5, minute)).toISOString(),
  ...facts,
});

const earlier = movement('earlier', 0, { balanceMinor: 100_000 });
const forged = movement('forged', 1, { balanceMinor: 150_000 });
const later = movement('later', 2, { amountMinor: 20_000, balanceMinor: 120_000 });
const doubts = (around: readonly Movement[], ...fresh: readonly Movement[]) => [
  ...judgeMovements('bkash', around, fresh),
];

describe('a wallet whose balances go on as if a message had never been', () => {
  const contradicted = [['forged', 'balance_contradicted']];
  it('contradicts it when the message comes late, and when it came before', () => {
    expect(doubts([earlier, forged, later], forged)).toEqual(contradicted);
    expect(doubts([earlier, forged, later], later)).toEqual(contradicted);
    expect(doubts([later, forged, earlier], earlier, forged, later)).toEqual(contradicted);
  });
  it('follows money out, with its fee', () => {
    const out = movement('out', 2, { direction: 'out', amountMinor: 20_000, feeMinor: 500, balanceMinor: 79_500 });
    expect(doubts([earlier, forged, out], out)).toEqual(contradicted);
    expect(doubts([earlier, forged, { ...out, balanceMinor: 129_500 }], out)).toEqual([]);
  });
  it('says nothing of a true one, and nothing across a gap', () => {
    expect(doubts([earlier, forged, { ...later, balanceMinor: 170_000 }], later)).toEqual([]);
    expect(doubts([earlier, forged, { ...later, balanceMinor: 1 }], later)).toEqual([]);
    expect(doubts([forged, later], later)).toEqual([]);
    expect(doubts([earlier, forged], forged)).toEqual([]);
  });
  it('says nothing of movements within one minute, since their order is unknown', () => {
    const twin = movement('twin', 1, { amountMinor: 1 });
    const second = movement('second', 0, { balanceMinor: 100_000 });
    expect(doubts([earlier, forged, twin, later], later, forged)).toEqual([]);
    expect(doubts([earlier, second, forged, later], later, forged)).toEqual([]);
    expect(doubts([earlier, forged, later, { ...later, key: 'after' }], later, forged)).toEqual([]);
  });
  it('takes two messages about one event for one', () =>
    expect(doubts([earlier, earlier, forged, later, later], forged)).toEqual(contradicted));
});

describe('ids that count upwards', () => {
  const id = (n: number) => `75RA${n.toString(36).toUpperCase().padStart(4, '0')}`;
  const witnesses = Array.from({ length: chainNeighboursMax }, (_, n) =>
    movement(`w${n}`, n * 10, { trxId: id(100 + n * 10) }),
  );
  const judge = (around: readonly Movement[], suspect: Movement, provider = 'nagad') => [
    ...judgeMovements(provider, [...around, suspect], [suspect]),
  ];
  const suspect = (minute: number, n: number) => movement('s', minute, { trxId: id(n) });

  it('speak against one that is out of order, where enough of them are in order themselves', () => {
    expect(judge(witnesses, suspect(75, 175))).toEqual([]);
    expect(judge(witnesses, suspect(75, 5))).toEqual([['s', 'counter_contradicted']]);
    expect(judge(witnesses, suspect(35, 900))).toEqual([['s', 'counter_contradicted']]);
    expect(judge(witnesses, suspect(75, 5), 'bkash')).toEqual([]);
  });
  it('are too few, or no counter at all, or of the same moment: then they say nothing', () => {
    expect(judge(witnesses.slice(1), suspect(75, 5))).toEqual([]);
    expect(judge([...witnesses.slice(1), movement('w', 5, { trxId: id(500) })], suspect(75, 5))).toEqual([]);
    expect(judge([...witnesses.slice(1), movement('w', 74, { trxId: id(174) })], suspect(75, 5))).toEqual([]);
    expect(judge(witnesses, movement('s', 75, { trxId: '75RA5' }))).toEqual([]);
  });
});
