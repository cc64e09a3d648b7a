import { ulidToUuid } from '@paymatch/contracts';
import { createLogger } from '@paymatch/platform-observability';
import { eventually } from '@paymatch/platform-testing';
import { OtlpCollector, type ReceivedSpan } from './testing/otlp-collector.js';
import { customerNumber, TracedShop } from './testing/traced-shop.js';
import { startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

const patiently = { timeoutMs: 60_000, everyMs: 50 };
const traceId = '0af7651916cd43dd8448eb211c80319c';
const callerSpan = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${callerSpan}-01`;
const EVENTS = ['payment.created', 'payment.awaiting_verification', 'payment.completed'];

/** A bKash id of this day. */
function trxIdOf(tail: string): string {
  const [year, month, day] = new Date(Date.now() + 6 * 3_600_000).toISOString().slice(0, 10).split('-').map(Number) as [
    number,
    number,
    number,
  ];
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return `${digits[year - 2013]}${digits[9 + month]}${digits[day]}${tail}`;
}

let gateway: WholeGateway;
let shop: TracedShop;

/** From the call to the webhook that says it is completed. */
async function payOnce(trxId: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const paymentId = await shop.create(headers);
  expect(await shop.submit(paymentId, trxId)).toBe(303);
  await eventually(() => expect(shop.receivedOf(paymentId)).toHaveLength(2), patiently);
  expect(await shop.forward(trxId)).toBe(200);
  await eventually(() => expect(shop.receivedOf(paymentId).map(({ event }) => event)).toEqual(EVENTS), patiently);
  return paymentId;
}

describe('a payment whose merchant traces it', () => {
  let collector: OtlpCollector;
  const lines: string[] = [];

  beforeAll(async () => {
    collector = await OtlpCollector.start();
    gateway = await startWholeGateway({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, PAYMATCH_TRACES_PER_MILLE: '0' },
      logger: createLogger({ level: 'debug', service: 'test', write: (line) => lines.push(line) }),
    });
    shop = await TracedShop.open(gateway);
  }, 120_000);
  afterAll(async () => {
    shop?.close();
    await gateway?.stop();
    collector?.stop();
  });

  /** From a span up to the merchant's own. */
  function pathOf(from: ReceivedSpan): readonly string[] {
    const spans = new Map(collector.of(traceId).map((span) => [span.spanId, span]));
    const names: string[] = [];
    for (let span: ReceivedSpan | undefined = from; span !== undefined; span = spans.get(span.parentSpanId ?? ''))
      names.push(span.parentSpanId === callerSpan ? `${span.name} ← the merchant` : span.name);
    return names;
  }

  it('is one trace, from the call over the TrxID and the SMS to each webhook', async () => {
    const paymentId = await payOnce(trxIdOf('TRACE01'), { traceparent });
    const attempts = await eventually(() => {
      const found = collector.of(traceId).filter(({ name }) => name === 'deliver webhook');
      expect(found).toHaveLength(3);
      return found;
    }, patiently);
    expect(shop.receivedOf(paymentId).map(({ headers }) => headers['traceparent'])).toEqual(
      EVENTS.map((event) => {
        const { spanId } = attempts.find(({ attributes }) => attributes['paymatch.webhook.event'] === event)!;
        return `00-${traceId}-${spanId}-01`;
      }),
    );
    const completed = attempts.find(({ attributes }) => attributes['paymatch.webhook.event'] === 'payment.completed')!;
    expect(pathOf(completed)).toEqual([
      'deliver webhook',
      'handle payments.events',
      'publish payments.events',
      'append',
      'handle credits.events',
      'publish credits.events',
      'match',
      'handle payments.events',
      'publish payments.events',
      'append',
      'append',
      'handle payments.commands',
      'request payments.commands',
      'POST /api/v1/payments ← the merchant',
    ]);
    const appended = collector.of(traceId).filter(({ name }) => name === 'append');
    expect(appended.map(({ attributes }) => attributes['paymatch.events'])).toEqual([
      'PaymentCreated',
      'TrxSubmitted',
      'PaymentCompleted',
    ]);
  });

  it('is the only thing that is traced where chance begins no traces', async () => {
    await payOnce(trxIdOf('TRACE02'), { traceparent: traceparent.replace(/01$/, '00') });
    expect([...new Set(collector.spans.map((span) => span.traceId))]).toEqual([traceId]);
    expect(collector.spans.filter(({ isError }) => isError)).toEqual([]);
  });

  it('is told without what tells of people or opens doors', () => {
    const exported = collector.bodies.join('\n');
    const { key, device } = shop.shop;
    for (const secret of [customerNumber, shop.shop.walletNumber, 'TRACE01', key, device.secret, 'Rita'])
      expect([secret, exported.includes(secret)]).toEqual([secret, false]);
  });

  it('is found in the logs by its trace', () => {
    const logged = lines.filter((line) => line.includes(`"trace_id":"${traceId}"`)).join('');
    for (const message of ['credit decided', 'webhook attempt']) expect(logged).toContain(`"message":"${message}"`);
  });
});

describe('a gateway that tells no collector', () => {
  const lines: string[] = [];

  beforeAll(async () => {
    const logger = createLogger({ level: 'info', service: 'test', write: (line) => lines.push(line) });
    gateway = await startWholeGateway({ logger });
    shop = await TracedShop.open(gateway);
  }, 120_000);
  afterAll(async () => {
    shop?.close();
    await gateway?.stop();
  });

  it('hands the merchant its own trace with every webhook all the same', async () => {
    const paymentId = await payOnce(trxIdOf('PASSED1'), { traceparent });
    expect(shop.receivedOf(paymentId).map(({ headers }) => headers['traceparent'])).toEqual(
      EVENTS.map(() => traceparent),
    );
  });

  it('writes one short line of log for a payment that goes the usual way', async () => {
    const place = lines.length;
    const id = ulidToUuid(await payOnce(trxIdOf('LOGGED1'), {}))!;
    const isDecided = (line: string) => line.includes('"message":"credit decided"');
    const decided = () => lines.filter((line) => isDecided(line) && line.includes(id));
    await eventually(() => expect(decided()).toHaveLength(1), patiently);
    // The payment before may have been told of late.
    const written = lines.slice(place).filter((line) => line.includes(id) || !isDecided(line));
    expect(written.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: 'info', paymentId: id, command: 'ConfirmCredit', status: 'completed' }),
    ]);
    expect(Buffer.byteLength(written.join(''))).toBeLessThan(600);
  });

  it('keeps and sends nothing more for a payment that nobody traces', async () => {
    const paymentId = await payOnce(trxIdOf('PASSED2'), {});
    expect(shop.receivedOf(paymentId).map(({ headers }) => headers['traceparent'])).toEqual(
      EVENTS.map(() => undefined),
    );
    const { rows } = await gateway.test.database.query<{ traced: number; all: number }>(
      `SELECT count(*) FILTER (WHERE correlation_id LIKE '% %')::int AS traced, count(*)::int AS all
        FROM payments.events`,
    );
    expect(rows).toEqual([{ traced: 3, all: 9 }]);
    const log = await gateway.test.database.query<{ traced: number }>(
      `SELECT count(*)::int AS traced FROM bus.log WHERE key = $1 AND headers ->> 'traceparent' IS NOT NULL`,
      [ulidToUuid(paymentId)],
    );
    expect(log.rows).toEqual([{ traced: 0 }]);
  });
});
