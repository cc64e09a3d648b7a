import type { QueryConfig, QueryResult } from 'pg';
import type { Session } from './connections.js';
import { RecentLooks } from './recent-looks.js';
import { Vocabulary } from './statement-words.js';

const vocabulary = new Vocabulary(
  [{ name: 'payments.append', body: 'INSERT INTO payments.events VALUES (1)' }],
  new Map(),
  new Set(['payments.events', 'payments.expiry_schedule']),
);
const events: QueryConfig = { text: 'SELECT type FROM payments.events WHERE id = $1', values: ['a'] };
const due = (atMs: number): QueryConfig => ({
  text: 'SELECT payment_id FROM payments.expiry_schedule WHERE expires_at <= $1',
  values: [new Date(atMs)],
});
const append: QueryConfig = { text: 'SELECT payments.append($1)', values: ['a'] };
const lease: QueryConfig = { text: 'SELECT pg_try_advisory_lock($1) AS taken', values: ['a'] };

function resultOf(...rows: object[]): QueryResult {
  return { command: 'SELECT', oid: 0, fields: [], rows, rowCount: rows.length };
}

function sessionOf(pid: number): Session {
  return { pid, changing: null, opening: null, hasLeases: false } as unknown as Session;
}

let looks: RecentLooks;
let session: Session;

beforeEach(() => {
  looks = new RecentLooks(vocabulary);
  session = sessionOf(1);
});

describe('a look that was answered', () => {
  it('has the same answer until a function writes to its table', () => {
    looks.noteAnswer(session, events, resultOf({ type: 'PaymentCreated' }));
    expect(looks.answerTo(sessionOf(2), events)?.rows).toEqual([{ type: 'PaymentCreated' }]);
    looks.noteAnswer(session, append, resultOf({ append: 1 }));
    expect(looks.answerTo(session, events)).toBeUndefined();
  });

  it('tells nothing of the same look with other values, unless its tables are empty', () => {
    looks.noteAnswer(session, due(1), resultOf());
    expect(looks.answerTo(session, due(2))?.rows).toEqual([]);
    looks.noteAnswer(session, { text: 'INSERT INTO payments.expiry_schedule (payment_id) VALUES (1)' }, resultOf({}));
    looks.noteAnswer(session, due(2), resultOf());
    expect(looks.answerTo(session, due(2))?.rows).toEqual([]);
    expect(looks.answerTo(session, due(3))).toBeUndefined();
  });

  it('is asked again when a transaction ends that has written before it was asked', () => {
    const writer = sessionOf(2);
    looks.answerTo(writer, { text: 'BEGIN' });
    looks.noteAnswer(writer, append, resultOf({ append: 1 }));
    looks.noteAnswer(session, events, resultOf());
    looks.noteAnswer(writer, { text: 'COMMIT' }, resultOf());
    expect(looks.answerTo(session, events)).toBeUndefined();
  });

  it('is asked within a transaction that has written', () => {
    looks.noteAnswer(session, events, resultOf());
    const writer = sessionOf(2);
    looks.answerTo(writer, { text: 'BEGIN' });
    looks.noteAnswer(writer, { text: 'DELETE FROM payments.expiry_schedule WHERE id = 1' }, resultOf({}));
    expect(looks.answerTo(writer, events)).toBeUndefined();
  });
});

describe('a lease that somebody else holds', () => {
  it('stays theirs until a session that held one ends', () => {
    const holder = sessionOf(2);
    looks.noteAnswer(holder, lease, resultOf({ taken: true }));
    looks.noteAnswer(session, lease, resultOf({ taken: false }));
    expect(looks.answerTo(session, lease)?.rows).toEqual([{ taken: false }]);
    expect(looks.answerTo(holder, lease)).toBeUndefined();
    looks.noteEnd(holder);
    expect(looks.answerTo(session, lease)).toBeUndefined();
  });
});
