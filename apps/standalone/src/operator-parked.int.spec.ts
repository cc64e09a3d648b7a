import { newId, topics, type MessageReceived } from '@paymatch/contracts';
import { MERCHANTS, type Merchants } from '@paymatch/gateway-access';
import { PANEL_PREFIX } from '@paymatch/gateway-panel';
import { PEOPLE, type PeopleStores } from '@paymatch/gateway-people';
import { encodeMessage } from '@paymatch/platform-messaging';
import { eventually } from '@paymatch/platform-testing';
import { startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

const PASSWORD = 'four horses graze by the river';
/** Argon2id of it with next to no cost. */
const PASSWORD_HASH = '$argon2id$v=19$m=64,t=1,p=1$0LpogW8D8hx0t8Qgw+11Bg$JvFGuyx6r5+L9qR8Pjy2dLkRH01mu2JtvBG+5EWtwMY';
const places = [
  ['payments', 'payments', topics.paymentsCommands.name],
  ['webhook-dispatch', 'webhook_dispatch', topics.paymentsEvents.name],
  ['api-gateway', 'gateway', topics.paymentsEvents.name],
] as const;

let gateway: WholeGateway;
let merchantId: string;
let call: (method: string, path: string, body?: object) => Promise<{ readonly status: number; readonly json: Json }>;

beforeAll(async () => {
  gateway = await startWholeGateway();
  merchantId = (await gateway.service.get<Merchants>(MERCHANTS).create({ name: 'Tea House' })).id;
  const people = gateway.service.get<PeopleStores>(PEOPLE);
  const person = { email: 'operator@example.com', name: 'Op', language: 'en', isOperator: true } as const;
  await people.database.transaction((tx) => people.users.add({ ...person, passwordHash: PASSWORD_HASH }, tx));
  let headers: Record<string, string> = { origin: gateway.url, 'content-type': 'application/json' };
  const send = (method: string, path: string, body?: object) =>
    fetch(`${gateway.url}${PANEL_PREFIX}${path}`, {
      ...{ method, headers, signal: AbortSignal.timeout(15_000) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const signedIn = await send('POST', 'session', { email: person.email, password: PASSWORD });
  const { data } = (await signedIn.json()) as Json;
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
  headers = { ...headers, cookie, 'x-csrf-token': data.csrf_token };
  call = async (method, path, body) => {
    const response = await send(method, `operator/parked-messages${path}`, body);
    return { status: response.status, json: await response.json() };
  };
}, 60_000);
afterAll(() => gateway.stop());

interface Parked {
  readonly group: string;
  readonly topic: string;
  readonly key: string;
  readonly headers?: object;
  readonly value: string;
  readonly ageSeconds?: number;
}

async function park(schema: string, { headers = {}, ageSeconds = 0, ...parked }: Parked): Promise<string> {
  const { rows } = await gateway.test.database.query<{ id: string }>(
    `INSERT INTO ${schema}.parked_messages (group_name, topic, key, message_id, headers, value, position, error, attempts, parked_at)
     VALUES ($1, $2, $3, $4, $5, convert_to($6, 'UTF8'), '0:0', 'TypeError: poison', 5, now() - $7 * interval '1 s') RETURNING id`,
    [parked.group, parked.topic, parked.key, newId(), JSON.stringify(headers), parked.value, ageSeconds],
  );
  return String(rows[0]!.id);
}

/** What a phone brought, which is good after all. */
function parkedMessage(trxId: string): Parked {
  const data: MessageReceived = {
    ...{ type: 'credits.message-received', rawId: newId(), merchantId, livemode: true, deviceId: 'phone-1', seq: 1 },
    sender: 'bKash',
    body: `You have received Tk 500.00 from 01822222222. Fee Tk 0.00. Balance Tk 2,231.40. TrxID ${trxId} at 14/08/2026 11:09`,
    simSlot: 1,
    wallets: [{ id: newId(), provider: 'bkash', number: '01711111111', accountType: 'personal', toleranceMinor: 0 }],
    ...{ sentAt: null, receivedAt: '2026-08-14T05:09:30.000Z', arrivedAt: '2026-08-14T05:10:00.000Z' },
  };
  const key = `${merchantId}:01711111111`;
  const { headers, value } = encodeMessage(topics.creditsReceived.name, {
    ...{ id: data.rawId, type: data.type, source: 'test', key, time: data.arrivedAt, dataVersion: 1 },
    ...{ correlationId: data.rawId, causationId: null, data },
  });
  const text = Buffer.from(value).toString('utf8');
  return { group: 'sms-matching.credits', topic: topics.creditsReceived.name, key, headers, value: text };
}

const shown = async (query = ''): Promise<Json[]> => (await call('GET', query)).json.data;

describe('whoever runs the installation', () => {
  it('sees what every service has parked, page by page, and gives up what stays bad', async () => {
    const ids: string[] = [];
    for (const [index, [service, schema, topic]] of places.entries()) {
      const value = JSON.stringify({ type: 'X', merchantId, livemode: false });
      ids.unshift(
        `${service}.${await park(schema, { group: `${service}.nobody`, topic, key: newId(), value, ageSeconds: 60 - index })}`,
      );
    }
    const pages: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { json } = await call('GET', `?limit=1${next === '' ? '' : `&after=${next}`}`);
      expect(json.meta).toEqual({ silent: [] });
      pages.push(...json.data.map(({ id }: { readonly id: string }) => id));
      next = json.next;
    }
    expect(pages).toEqual(ids);
    expect(await shown('?service=payments')).toMatchObject([
      {
        consumer_group: 'payments.nobody',
        type: 'X',
        merchant: { id: merchantId, name: 'Tea House' },
        livemode: false,
      },
    ]);
    for (const id of ids) {
      expect(await call('POST', `/${id}/replay`, {})).toMatchObject({ json: { data: { id, replay_requested: true } } });
      expect((await call('POST', `/${id}/discard`, {})).status).toBe(422);
      const reason = 'a test of our own';
      expect(await call('POST', `/${id}/discard`, { reason })).toMatchObject({
        json: { data: { status: 'discarded' } },
      });
      expect((await call('POST', `/${id}/discard`, { reason: 'again' })).status).toBe(404);
    }
    expect(await shown()).toEqual([]);
    expect((await shown('?status=discarded')).map(({ id }) => id)).toEqual(ids);
  });

  it('has the running service take a message again, whose money is then there', async () => {
    const id = `sms-matching.${await park('sms_matching', parkedMessage('DHE0000001'))}`;
    expect(await shown()).toMatchObject([
      {
        id,
        sender: 'bKash',
        body: expect.stringContaining('TrxID DHE0000001'),
        error: 'TypeError: poison',
        attempts: 5,
      },
    ]);
    expect((await call('POST', `/${id}/replay`, { whole_order: true })).status).toBe(200);
    await eventually(async () => expect(await shown()).toEqual([]), { timeoutMs: 30_000 });
    const { rows } = await gateway.test.database.query('SELECT trx_id FROM sms_matching.credits');
    expect(rows).toEqual([{ trx_id: 'DHE0000001' }]);
  }, 60_000);
});
