import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { changeKinds, type Change, type ChangedShop, type ChangeNews, type News } from './change-news.ports.js';

const CHANNEL = 'gateway_changes';
/** What is told within such a moment goes out together. */
const MOMENT_MS = 500;
/** Things of one kind of one shop that are named in a moment; of more, it is said that there are several. */
const NAMED_MAX = 20;
/** PostgreSQL takes 8000 bytes. */
const NOTE_BYTES_MAX = 7_900;
const NOTES_MAX = 8;
/** Said in place of more than that, or after something was lost. */
const EVERYTHING = '*';
const CONNECT_AGAIN_MS = 1_000;
const ALIVE_EVERY_MS = 15_000;
/** Of a note that no other version of this program could have written. */
type Line = readonly [merchantId: string, isLive: 0 | 1, kind: number, isNew: 0 | 1, id: string | null];
type Listener = (news: News) => void;

/** A connection that listens. */
interface Ear {
  /** Gives the connection up; `false` when that was done before, or it was lost. */
  readonly end: () => boolean;
}

/**
 * The news goes by `NOTIFY` to all instances, this one too. One connection listens, as long as anybody does; when it is
 * lost its listeners are told that they may have missed something.
 */
export class PostgresChangeNews implements ChangeNews {
  private readonly listeners = new Map<string, Set<Listener>>();
  private pending = new Map<string, Change>();
  private named = new Map<string, number>();
  private telling: NodeJS.Timeout | undefined;
  private sending: Promise<void> = Promise.resolve();
  private hasLost = false;
  private listening: Promise<Ear> | undefined;
  private connectingAgain: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
    private readonly momentMs = MOMENT_MS,
  ) {}

  tell(change: Change): void {
    if (this.isClosed) return;
    const { merchantId, livemode, kind } = change;
    const ofKind = `${merchantId} ${livemode} ${kind}`;
    const id = (this.named.get(ofKind) ?? 0) < NAMED_MAX ? change.id : null;
    const key = `${ofKind} ${id ?? ''}`;
    const before = this.pending.get(key);
    if (before === undefined) this.named.set(ofKind, (this.named.get(ofKind) ?? 0) + 1);
    // What was made and then changed within a moment is new.
    if (before?.change !== 'created') this.pending.set(key, { ...change, id });
    this.telling ??= setTimeout(() => this.send(), this.momentMs);
  }

  async listen(shop: ChangedShop, onNews: Listener): Promise<() => void> {
    const key = keyOf(shop.merchantId, shop.livemode);
    const own = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, own.add(onNews));
    const leave = (): void => {
      own.delete(onNews);
      if (own.size === 0 && this.listeners.get(key) === own) this.listeners.delete(key);
      if (this.listeners.size === 0) this.hangUp();
    };
    try {
      await (this.listening ?? this.beginToListen());
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Resolves when nothing is under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.telling);
    const listening = this.listening;
    this.hangUp();
    await Promise.allSettled([this.sending, listening]);
  }

  private send(): void {
    this.telling = undefined;
    const notes = notesOf([...this.pending.values()], this.hasLost);
    this.pending = new Map();
    this.named = new Map();
    const query = `SELECT pg_notify('${CHANNEL}', note) FROM unnest($1::text[]) AS note`;
    this.sending = this.database.relaxed.query(query, [notes]).then(
      () => {
        this.hasLost = false;
      },
      (error: unknown) => {
        this.hasLost = true;
        this.logger.debug('what changed could not be told', { error });
      },
    );
  }

  private beginToListen(): Promise<Ear> {
    const isOurs = (): boolean => this.listening === listening;
    const listening = this.connect(() => {
      if (!isOurs()) return;
      this.listening = undefined;
      this.hear(EVERYTHING);
      this.again();
    });
    this.listening = listening;
    listening.catch(() => {
      if (isOurs()) this.listening = undefined;
    });
    return listening;
  }

  private async connect(onLost: () => void): Promise<Ear> {
    const client = await this.database.connection();
    let beat: NodeJS.Timeout | undefined;
    let isOver = false;
    const end = (): boolean => {
      if (isOver) return false;
      isOver = true;
      clearInterval(beat);
      // One that goes back into the pool would go on listening.
      client.release(true);
      return true;
    };
    const lose = (): void => {
      if (end()) onLost();
    };
    client.once('error', lose).once('end', lose);
    client.on('notification', ({ payload }) => this.hear(payload ?? EVERYTHING));
    try {
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      end();
      throw error;
    }
    // A connection that is gone without a word would be waited on for ever.
    if (!isOver) beat = setInterval(() => void client.query('SELECT 1').catch(lose), ALIVE_EVERY_MS).unref();
    return { end };
  }

  /** Whoever still listens is listened for. */
  private again(): void {
    this.connectingAgain = setTimeout(() => {
      if (this.isClosed || this.listeners.size === 0 || this.listening !== undefined) return;
      this.beginToListen().then(
        () => this.hear(EVERYTHING),
        () => this.again(),
      );
    }, CONNECT_AGAIN_MS).unref();
  }

  private hangUp(): void {
    clearTimeout(this.connectingAgain);
    const { listening } = this;
    this.listening = undefined;
    listening?.then(
      (ear) => ear.end(),
      () => undefined,
    );
  }

  private hear(note: string): void {
    if (note === EVERYTHING) {
      for (const own of [...this.listeners.values()]) for (const listener of [...own]) listener(null);
      return;
    }
    for (const [merchantId, isLive, kind, isNew, id] of JSON.parse(note) as readonly Line[]) {
      const word = changeKinds[kind];
      const own = this.listeners.get(keyOf(merchantId, isLive === 1));
      if (word === undefined || own === undefined) continue;
      for (const listener of [...own]) listener({ kind: word, id, change: isNew === 1 ? 'created' : 'changed' });
    }
  }
}

function keyOf(merchantId: string, livemode: boolean): string {
  return `${merchantId} ${livemode}`;
}

/** As few notes as hold all of it; a single one where that is too many. */
function notesOf(changes: readonly Change[], hasLost: boolean): readonly string[] {
  if (hasLost) return [EVERYTHING];
  const notes: string[] = [];
  let lines: string[] = [];
  let bytes = 2;
  for (const { merchantId, livemode, kind, change, id } of changes) {
    const line: Line = [merchantId, livemode ? 1 : 0, changeKinds.indexOf(kind), change === 'created' ? 1 : 0, id];
    const text = JSON.stringify(line);
    const size = Buffer.byteLength(text) + 1;
    if (bytes + size > NOTE_BYTES_MAX) {
      notes.push(`[${lines.join(',')}]`);
      lines = [];
      bytes = 2;
    }
    lines.push(text);
    bytes += size;
  }
  if (lines.length > 0) notes.push(`[${lines.join(',')}]`);
  return notes.length > NOTES_MAX ? [EVERYTHING] : notes;
}
