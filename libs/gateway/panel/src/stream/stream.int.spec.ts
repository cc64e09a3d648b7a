import { once } from 'node:events';
import { connect } from 'node:net';
import { newId, uuidToUlid } from '@paymatch/contracts';
import { changeKinds, PostgresChangeNews, type Change } from '@paymatch/gateway-read-models';
import { silentLogger } from '@paymatch/platform-observability';
import { eventually } from '@paymatch/platform-testing';
import { expectProblem, PanelClient } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { madePayment } from '../testing/panel.payments.js';
import { PersonClient } from '../testing/person.client.js';
import { streamLimits, type StreamLimits } from './panel-streams.js';

type Panel = Awaited<ReturnType<typeof startPanel>>;
const running: Panel[] = [];
const readers: Reader[] = [];
let panel: Panel;
let shop: PanelShop;
let stranger: PanelShop;

const start = async (limits: Partial<StreamLimits> = {}): Promise<Panel> => {
  const started = await startPanel(new AnsweringBus(), { streams: { ...streamLimits, ...limits } });
  running.push(started);
  return started;
};
beforeAll(async () => {
  panel = await start({ beatMs: 50, streamsPerPersonMax: 2 });
  shop = await panel.openShop();
  stranger = await panel.openShop();
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave();
});
afterAll(async () => {
  for (const one of running) await one.stop();
});

/** Reads a stream as a browser does. */
class Reader {
  private text = '';
  private constructor(
    readonly response: Response,
    private readonly lines: ReadableStreamDefaultReader<Uint8Array>,
    private readonly controller: AbortController,
  ) {
    readers.push(this);
  }

  static async open(person: PersonClient, query = `merchant=${shop.merchantId}&mode=live`): Promise<Reader> {
    const controller = new AbortController();
    const response = await fetch(`${person.url}/api/panel/v1/stream?${query}`, {
      headers: { cookie: person.cookie ?? '' },
      signal: controller.signal,
    });
    return new Reader(response, response.body!.getReader(), controller);
  }

  /** Waits until the text so far matches. */
  async until(pattern: RegExp): Promise<string> {
    const decoder = new TextDecoder();
    while (!pattern.test(this.text)) {
      const { done, value } = await this.lines.read();
      if (done) throw new Error(`the stream ended before ${pattern}: ${this.text}`);
      this.text += decoder.decode(value);
    }
    return this.text;
  }

  async heard(pattern: RegExp): Promise<readonly object[]> {
    const text = await this.until(pattern);
    return [...text.matchAll(/^data: (\{"kind".*)$/gm)].map(([, data]) => JSON.parse(data!) as object);
  }

  leave(): void {
    this.controller.abort();
  }
}

async function owner(of: Panel = panel, merchantId = shop.merchantId): Promise<PersonClient> {
  const email = `owner.${newId()}@shop.example`;
  await of.enlist(email, { merchantId, role: 'owner' });
  return (await new PersonClient(of.url).signIn(email)).at(merchantId);
}

const word = (id: string, merchantId = shop.merchantId, livemode = true): Change => ({
  merchantId,
  livemode,
  kind: 'case',
  id,
  change: 'created',
});

/** Waits until one more stream of that person is taken, after it was refused or not. */
async function freePlace(person: PersonClient, meanwhile: (tries: number) => void): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    meanwhile(tries);
    if ((await person.call('GET', '/stream')).status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('no place was ever free');
}

describe('the stream of changes', () => {
  it('tells of a payment, a note and a decision, and of nothing twice within a moment', async () => {
    const person = await owner();
    const reader = await Reader.open(person);
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.response.headers.get('x-accel-buffering')).toBe('no');
    expect(reader.response.headers.get('cache-control')).toContain('no-transform');
    await reader.until(/event: ready/);
    const payment = madePayment(shop.merchantId);
    await panel.readModel.applySnapshot(payment);
    await panel.readModel.applySnapshot(payment);
    const id = uuidToUlid(payment.id);
    expect(await reader.heard(/"payment"/)).toEqual([{ kind: 'payment', id, change: 'created' }]);
    await person.call('POST', `/payments/${id}/notes`, { body: { text: 'called' } });
    expect((await reader.heard(/"note"/)).at(-1)).toEqual({ kind: 'note', id, change: 'changed' });
    expect(await reader.until(/: still here/)).toContain('retry: 3000');
  });

  it('leaks nothing of another merchant or of the other mode', async () => {
    const reader = await Reader.open(await owner());
    await reader.until(/event: ready/);
    panel.news.tell(word('theirs', stranger.merchantId));
    panel.news.tell(word('test', shop.merchantId, false));
    await panel.readModel.applySnapshot(madePayment(stranger.merchantId));
    await panel.readModel.applySnapshot(madePayment(shop.merchantId, { livemode: false }));
    panel.news.tell(word('before the last'));
    await reader.until(/before the last/);
    panel.news.tell(word('last'));
    expect(await reader.heard(/"last"/)).toEqual(
      ['before the last', 'last'].map((id) => ({ kind: 'case', id, change: 'created' })),
    );
  });

  it('hears what another instance of the gateway tells', async () => {
    const reader = await Reader.open(await owner());
    await reader.until(/event: ready/);
    const elsewhere = new PostgresChangeNews(panel.database, silentLogger, 1);
    elsewhere.tell(word('elsewhere'));
    await reader.until(/"elsewhere"/);
    await elsewhere.close();
  });

  it('names at most twenty things of a kind within a moment, and then says that there are several', async () => {
    const reader = await Reader.open(await owner());
    await reader.until(/event: ready/);
    const other = new PostgresChangeNews(panel.database, silentLogger);
    for (let n = 0; n < 5_000; n += 1) other.tell(word(`case ${n}`));
    const heard = await reader.heard(/"id":null/);
    expect(heard).toHaveLength(21);
    await other.close();
  });

  it('says that everything may have changed where too much did, and after its connection was lost', async () => {
    const reader = await Reader.open(await owner());
    await reader.until(/event: ready/);
    const other = new PostgresChangeNews(panel.database, silentLogger);
    for (let n = 0; n < 5_000; n += 1) other.tell(word('x', newId()));
    await reader.until(/event: resync/);
    await other.close();
    const { rowCount } = await panel.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query IN ('LISTEN gateway_changes', 'SELECT 1')`,
    );
    expect(rowCount).toBe(1);
    await reader.until(/event: resync[^]*event: resync[^]*event: resync/);
    panel.news.tell(word('after'));
    await reader.until(/"after"/);
  });

  it('goes on for those who come the moment the last one leaves, whose connection is just ending', async () => {
    const news = new PostgresChangeNews(panel.database, silentLogger, 10);
    const heard: unknown[] = [];
    let leave = await news.listen({ merchantId: shop.merchantId, livemode: true }, () => undefined);
    for (let turn = 0; turn < 20; turn += 1) {
      leave();
      leave = await news.listen({ merchantId: shop.merchantId, livemode: true }, (one) => heard.push(one));
    }
    news.tell({ merchantId: shop.merchantId, livemode: true, kind: 'payment', id: newId(), change: 'created' });
    await eventually(() => expect(heard).toHaveLength(1));
    leave();
    await news.close();
  });

  it('ends with the session', async () => {
    const person = await owner();
    const reader = await Reader.open(person);
    await reader.until(/event: ready/);
    await person.call('DELETE', '/session');
    await reader.until(/event: end\ndata: \{\}\n\n$/);
  });

  it('ends with the role', async () => {
    const [first, leaving] = [await owner(), await owner()];
    const reader = await Reader.open(leaving);
    await reader.until(/event: ready/);
    const people = (await first.call('GET', '/people')).json.data as { user_id: string; email: string }[];
    const { id } = (await leaving.call('GET', '/session')).json.data.user;
    expect(people.map(({ user_id: userId }) => userId)).toContain(id);
    expect(
      (await first.call('PATCH', `/people/${id}`, { body: { role: 'read-only', reason: 'less to do' } })).status,
    ).toBe(200);
    await reader.until(/event: end/);
  });

  it('keeps nobody signed in', async () => {
    const person = await owner();
    const reader = await Reader.open(person);
    await reader.until(/event: ready/);
    const before = panelClock.ms;
    panelClock.ms += 12 * 3_600_000;
    try {
      await reader.until(/event: end/);
    } finally {
      panelClock.ms = before;
    }
  });

  it('is refused beyond two of one person, until one of them leaves', async () => {
    const person = await owner();
    const [first] = [await Reader.open(person), await Reader.open(person)];
    expectProblem(await person.call('GET', '/stream'), 503, 'too-many-streams');
    first.leave();
    await freePlace(person, () => undefined);
  });

  it('is cut where nobody reads it', async () => {
    const person = await owner();
    const { hostname, port } = new URL(panel.url);
    const sockets = [1, 2].map(() => connect(Number(port), hostname));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.write(
        `GET /api/panel/v1/stream?merchant=${shop.merchantId}&mode=live HTTP/1.1\r\nhost: ${hostname}\r\n` +
          `cookie: ${person.cookie}\r\n\r\n`,
      );
      const [head] = (await once(socket, 'data')) as [Buffer];
      expect(head.toString()).toContain('200 OK');
      socket.pause();
    }
    expectProblem(await person.call('GET', '/stream'), 503, 'too-many-streams');
    await freePlace(person, (tries) => {
      for (let n = 0; n < 20; n += 1)
        for (const kind of changeKinds) panel.news.tell({ ...word(`${tries} ${n} ${'x'.repeat(300)}`), kind });
    });
    for (const socket of sockets) socket.destroy();
  });

  it('is for people who say for which merchant and mode', async () => {
    const person = await owner();
    expectProblem(await new PanelClient(panel.url, shop.live).call('GET', '/stream'), 403, 'people-only');
    for (const query of ['', `merchant=${shop.merchantId}`, `merchant=${shop.merchantId}&mode=both`])
      expect((await Reader.open(person, query)).response.status).toBe(400);
    for (const merchantId of [stranger.merchantId, newId()])
      expect((await Reader.open(person, `merchant=${merchantId}&mode=live`)).response.status).toBe(404);
    expect((await Reader.open(new PersonClient(panel.url))).response.status).toBe(401);
  });

  it('does not hold up the server’s stop', async () => {
    const other = await start();
    const place = await other.openShop();
    const query = `merchant=${place.merchantId}&mode=live`;
    const reader = await Reader.open(await owner(other, place.merchantId), query);
    await reader.until(/event: ready/);
    running.splice(running.indexOf(other), 1);
    await Promise.all([reader.until(/event: end/), other.stop()]);
  });
});
