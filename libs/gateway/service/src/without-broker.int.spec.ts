import { newId } from '@paymatch/contracts';
import { abilities, API_KEYS, MERCHANTS, type ApiKeys, type Merchants } from '@paymatch/gateway-access';
import { readConfig } from '@paymatch/platform-config';
import { KafkaCarrier } from '@paymatch/platform-messaging';
import { silentLogger, systemClock } from '@paymatch/platform-observability';
import { runServices, type RunningService } from '@paymatch/platform-service';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { gatewayService } from './gateway.service.js';

let test: TestDatabase;
let service: RunningService;
let key: string;

beforeAll(async () => {
  const { schema, migrations, entities } = gatewayService;
  test = await createTestDatabase({ schema, migrations, entities });
  service = await runServices({
    name: 'api-gateway',
    definitions: [gatewayService],
    settings: readConfig(gatewayService.settings(false), {
      PAYMATCH_SECRET: 'a secret of at least thirty-two characters',
    }),
    databaseUrl: test.url,
    databaseWaitMs: 0,
    migrates: false,
    // Port 1: nobody listens there.
    carrier: new KafkaCarrier({
      brokers: ['127.0.0.1:1'],
      clientId: 'api-gateway',
      logger: silentLogger,
      sendsCommands: true,
    }),
    logger: silentLogger,
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    stopDeadlineMs: 10_000,
    closers: [],
  });
  const { id: merchantId } = await service.get<Merchants>(MERCHANTS).create({ name: 'Shop' });
  ({ key } = await service
    .get<ApiKeys>(API_KEYS)
    .issue({ merchantId, livemode: true, abilities, rateLimitPerMinute: 100_000 }));
}, 60_000);
afterAll(async () => {
  await service.stop();
  await test.drop();
}, 30_000);

async function call(method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${service.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

describe('a gateway that is started while there is no broker', () => {
  it('serves reads, and says that a new process would mend nothing', async () => {
    expect(await (await call('GET', '/api/v1/payments')).json()).toMatchObject({ data: [] });
    expect((await call('GET', `/api/v1/payments/${newId()}`)).status).toBe(404);
    expect((await call('GET', '/api/panel/v1/wallets')).status).toBe(200);
    expect((await call('GET', '/health/live')).status).toBe(200);
  });

  it('is not ready, and says what it waits for', async () => {
    const ready = await call('GET', '/health/ready');
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('the messaging system')]);
  });

  it('refuses what it cannot pass on, to be tried again', async () => {
    const refused = await call('POST', '/api/v1/payments', { amount: '500.00', currency: 'BDT' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect((await call('GET', '/api/panel/v1/parked-messages')).status).toBe(503);
  }, 60_000);
});
