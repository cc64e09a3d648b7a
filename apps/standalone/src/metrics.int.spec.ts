import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '@paymatch/platform-testing';
import { openWholeShop, startWholeGateway, type WholeGateway, type WholeShop } from './testing/whole-gateway.js';

const page = readFileSync(path.resolve(__dirname, '../../../docs/how-to/watch-it.md'), 'utf8');
const rules = readFileSync(path.resolve(__dirname, '../../../docker/observability/alerts.yml'), 'utf8');
const dashboard = readFileSync(
  path.resolve(__dirname, '../../../docker/observability/grafana/dashboards/paymatch.json'),
  'utf8',
);

let gateway: WholeGateway;
let shop: WholeShop;
beforeAll(async () => {
  gateway = await startWholeGateway();
  shop = await openWholeShop(gateway);
});
afterAll(() => gateway.stop());

/** The machine may be slow; what is waited for comes. */
const patiently = { timeoutMs: 60_000, everyMs: 50 };

const ask = (headers: Record<string, string> = {}): Promise<Response> => fetch(`${gateway.url}/metrics`, { headers });

/** A line without its value, labels in one order. */
const sorted = (line: string): string => {
  const [, name = '', labels = ''] = /^([a-z_]+)\{(.*)\}/.exec(line) ?? [];
  return `${name}{${labels.split(',').sort().join(',')}}`;
};

async function figure(line: string): Promise<number | undefined> {
  const text = await (await ask()).text();
  const found = text.split('\n').find((candidate) => sorted(candidate) === sorted(line));
  return found === undefined ? undefined : Number(found.slice(found.lastIndexOf(' ') + 1));
}

const ownNames = (text: string): Set<string> =>
  new Set([...text.matchAll(/\bpaymatch_[a-z_]+[a-z]\b/g)].map(([name]) => name.replace(/_(?:bucket|count|sum)$/, '')));

describe('the figures of the running gateway', () => {
  it('tell of a payment from its request to what became of it', async () => {
    const answer = await fetch(`${gateway.url}/api/v1/payments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.key}`, 'content-type': 'application/json', 'idempotency-key': 'm-1' },
      body: JSON.stringify({ amount: 500, invoice_number: 'M-1' }),
    });
    expect([answer.status, await answer.json()]).toEqual([201, expect.anything()]);
    const of = 'process="test"';
    expect(await figure(`paymatch_commands_total{type="CreatePayment",outcome="created",${of}}`)).toBe(1);
    expect(await figure(`paymatch_events_appended_total{type="PaymentCreated",${of}}`)).toBe(1);
    expect(await figure(`paymatch_append_seconds_count{${of}}`)).toBe(1);
    const created = 'topic="payments.events",type="payments.payment-created"';
    await eventually(
      async () => expect(await figure(`paymatch_messages_published_total{${created},${of}}`)).toBe(1),
      patiently,
    );
    const consumer = 'group="sms-matching.claims",topic="payments.events"';
    await eventually(
      async () => expect(await figure(`paymatch_messages_handled_total{${consumer},${of}}`)).toBe(1),
      patiently,
    );
    await eventually(
      async () => expect(await figure(`paymatch_consumer_lag_messages{${consumer},${of}}`)).toBe(0),
      patiently,
    );
    await eventually(
      async () => expect(await figure(`paymatch_relay_lag_rows{relay="payments.payments.events",${of}}`)).toBe(0),
      patiently,
    );
    expect(await figure(`paymatch_ready{${of}}`)).toBe(1);
    const route = 'method="POST",route="/api/v1/payments",status="2xx"';
    expect(await figure(`paymatch_http_request_seconds_count{${route},${of}}`)).toBe(1);
    expect((await ask().then((each) => each.text())).match(/^paymatch_metrics_unread\{.*/m)).toBeNull();
  });

  it('are all told of in docs/how-to/watch-it.md, and nothing else is', async () => {
    const served = ownNames(
      (await (await ask()).text())
        .split('\n')
        .filter((line) => line.startsWith('# TYPE '))
        .join('\n'),
    );
    expect([...ownNames(page)].sort()).toEqual([...served].sort());
    const used = [...ownNames(rules), ...ownNames(dashboard)];
    expect(used.filter((name) => !served.has(name))).toEqual([]);
    expect(used.length).toBeGreaterThan(10);
    const text = await (await ask()).text();
    const ofNode = `${rules} ${dashboard}`.match(/\b(?:nodejs|process)_[a-z0-9_]+/g)!;
    expect(ofNode.filter((name) => !text.includes(`# TYPE ${name} `))).toEqual([]);
  });

  it('are for this machine alone, and not for those who come by way of a proxy on it', async () => {
    expect((await ask()).status).toBe(200);
    for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect([header, (await ask({ [header]: '203.0.113.9' })).status]).toEqual([header, 404]);
  });
});

describe('the figures of a gateway with a token', () => {
  let guarded: WholeGateway;
  const token = 'a-token-of-some-length';
  beforeAll(async () => {
    guarded = await startWholeGateway({ env: { PAYMATCH_METRICS_TOKEN: token } });
  });
  afterAll(() => guarded.stop());

  it.each([
    ['without it', undefined, 401],
    ['with another', 'Bearer a-token-of-some-other', 401],
    ['with it', `Bearer ${token}`, 200],
  ])('are told %s: %s → %i', async (_how, authorization, status) => {
    const headers = authorization === undefined ? undefined : { authorization };
    const answer = await fetch(`${guarded.url}/metrics`, { ...(headers && { headers }) });
    expect(answer.status).toBe(status);
    expect((await answer.text()).includes('paymatch_')).toBe(status === 200);
  });
});
