import { newlyNotified, type Trouble } from './attention-troubles';

const opened = (id: string, at: string): Trouble => ({ id, kind: 'case', place: 'review', about: 'late_money', at });
const silent: Trouble = { id: 'silent phone', kind: 'silent', place: 'phones', about: 'Counter', at: null };

describe('what a person is told of while they look elsewhere', () => {
  let kept: Map<string, string>;
  const tell = (...present: Trouble[]): readonly string[] =>
    newlyNotified('key', present, {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    }).map(({ id }) => id);
  beforeEach(() => {
    kept = new Map();
  });

  it('is nothing that was there when they came first', () => {
    expect(tell(opened('a', '2026-06-12T08:00:00.000Z'), silent)).toEqual([]);
  });

  it('is each new case and each phone that falls silent, once', () => {
    tell();
    expect(tell(opened('a', '2026-06-12T08:00:00.000Z'), silent)).toEqual(['a', 'silent phone']);
    expect(tell(opened('a', '2026-06-12T08:00:00.000Z'), silent)).toEqual([]);
  });

  it('is a phone again that was heard and fell silent once more', () => {
    tell(silent);
    tell();
    expect(tell(silent)).toEqual(['silent phone']);
  });

  it('is no old case that comes into view when newer ones are closed', () => {
    tell(opened('b', '2026-06-12T09:00:00.000Z'));
    expect(tell(opened('a', '2026-06-12T08:00:00.000Z'))).toEqual([]);
  });
});
