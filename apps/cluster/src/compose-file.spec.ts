import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { ComposeError } from './compose-error.js';
import { durationMs, interpolate, readComposeFile } from './compose-file.js';
import { composeReader } from './compose-reader.js';
import { readEnvFile } from './env-file.js';
import { binaryOf } from './go-program.js';

const root = path.resolve(__dirname, '../../..');
const file = path.join(root, 'docker-compose.yml');
const example = readEnvFile(readFileSync(path.join(root, '.env.example'), 'utf8'));

describe('our compose file', () => {
  const services = new Map(readComposeFile(file, example).map((service) => [service.name, service]));

  it('runs the four services, what they need, and a proxy', () => {
    expect([...services.keys()].sort()).toEqual([
      'api-gateway',
      'kafka',
      'migrate',
      'payments',
      'postgres',
      'proxy',
      'sms-matching',
      'topics',
      'webhook-dispatch',
    ]);
  });

  it('binds a port of the host for the proxy alone, on the loopback address, so that everything else scales', () => {
    expect(
      [...services.values()]
        .filter((service) => service.ports.length > 0)
        .map((service) => [service.name, service.ports]),
    ).toEqual([['proxy', ['127.0.0.1:8080:8080']]]);
  });

  it.each(['payments', 'sms-matching', 'webhook-dispatch', 'api-gateway'])(
    'starts %s after the tables and topics are made, checks its health, restarts it, and stops it later than it needs to drain',
    (name) => {
      const service = services.get(name)!;
      expect(service.dependsOn).toEqual(
        expect.arrayContaining([
          { service: 'migrate', condition: 'service_completed_successfully' },
          { service: 'topics', condition: 'service_completed_successfully' },
        ]),
      );
      expect(service.healthcheck?.command).toEqual(['bash', 'docker/healthcheck.sh', 'ready']);
      expect(service.isRestarted).toBe(true);
      expect(service.stopGracePeriodMs).toBeGreaterThan(Number(service.environment.PAYMATCH_STOP_DEADLINE_MS));
    },
  );

  it('gives every service a database role of its own', () => {
    const roles = ['payments', 'sms-matching', 'webhook-dispatch', 'api-gateway'].map(
      (name) => new URL(services.get(name)!.environment.DATABASE_URL!).username,
    );
    expect(roles).toEqual(['payments', 'sms_matching', 'webhook_dispatch', 'gateway']);
  });

  it('leaves the broker memory for its heap, as much again for buffers, and the JVM itself', () => {
    const { environment, memoryMb } = services.get('kafka')!;
    const heapMb = Number(/-Xmx(\d+)m\b/.exec(environment.KAFKA_HEAP_OPTS!)![1]);
    expect(memoryMb).toBeGreaterThanOrEqual(2 * heapMb + 384);
  });

  it('starts no JVM and no Node process for a health check', () => {
    for (const { name, healthcheck } of services.values())
      expect([name, healthcheck?.command[0] ?? 'none']).toEqual([
        name,
        expect.stringMatching(/^(bash|wget|pg_isready|none)$/),
      ]);
  });

  it('keeps passwords out of URLs, where some characters would mean something else', () => {
    for (const { name, environment } of services.values())
      expect([name, new URL(environment.DATABASE_URL ?? 'none:').password]).toEqual([name, '']);
  });

  it('refuses to be run without its secrets, naming the first that is missing', () => {
    expect(() => readComposeFile(file, {})).toThrow(/POSTGRES_PASSWORD/);
  });
});

const reader = binaryOf(composeReader);
if (!existsSync(reader))
  process.stderr.write(
    'compose files are not read by compose itself: run `npm run cluster -- --prepare` where Go is\n',
  );

describe('docker compose’s own reader', () => {
  const env = { ...example, PAYMATCH_DOMAIN: 'pay.example.com', GRAFANA_ADMIN_PASSWORD: 'a password' };
  const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-compose-'));
  const besides = readdirSync(root).filter((name) => /^docker-compose\..+\.yml$/.test(name));
  beforeAll(() => {
    symlinkSync(path.join(root, 'docker'), path.join(folder, 'docker'));
    // Run by itself the reader knows of no variables.
    for (const name of ['docker-compose.yml', ...besides])
      writeFileSync(
        path.join(folder, name),
        String(interpolate(readFileSync(path.join(root, name), 'utf8'), env, name)),
      );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  (existsSync(reader) ? it : it.skip).each([[[]], ...besides.map((name) => [[name]]), [besides]])(
    'understands our file with %j beside it and the example of settings, and the services are what we read',
    (more) => {
      const files = ['docker-compose.yml', ...more];
      const result = spawnSync(reader, ['-no-interpolation', '-format', 'json', ...files], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect([result.status, result.stderr]).toEqual([0, '']);
      const { services } = JSON.parse(result.stdout) as { readonly services: Readonly<Record<string, unknown>> };
      const ours = readComposeFile(file, example).map(({ name }) => name);
      expect(Object.keys(services)).toEqual(expect.arrayContaining(ours));
      if (more.length === 0) expect(Object.keys(services).sort()).toEqual(ours.sort());
    },
  );
});

describe('the files beside it', () => {
  const beside = (name: string) =>
    (
      parse(readFileSync(path.join(root, name), 'utf8'), { merge: true }) as {
        services: Record<string, { environment?: Record<string, string>; ports?: string[] }>;
      }
    ).services;

  it('have three brokers that know each other, of which two keep what is acknowledged', () => {
    const brokers = Object.entries(beside('docker-compose.brokers.yml')).filter(([name]) => name.startsWith('kafka'));
    expect(brokers.map(([name]) => name)).toEqual(['kafka', 'kafka-2', 'kafka-3']);
    for (const [name, { environment }] of brokers) {
      expect(environment).toMatchObject({ KAFKA_DEFAULT_REPLICATION_FACTOR: '3', KAFKA_MIN_INSYNC_REPLICAS: '2' });
      expect(environment!.KAFKA_CONTROLLER_QUORUM_VOTERS).toContain(`@${name}:9093`);
    }
  });

  it('open the ports of TLS for the proxy alone', () => {
    const services = beside('docker-compose.domain.yml');
    expect(Object.keys(services)).toEqual(['proxy']);
    expect(services.proxy!.ports).toEqual(['80:80', '443:443', '443:443/udp']);
  });
});

describe('variables in a compose file', () => {
  const env = { SET: 'x', EMPTY: '' };
  it.each([
    ['${SET}', 'x'],
    ['${UNSET}', ''],
    ['${UNSET:-d}', 'd'],
    ['${EMPTY:-d}', 'd'],
    ['${SET:-d}', 'x'],
    ['a$$b', 'a$b'],
    ['${SET:?must}-${UNSET:-}', 'x-'],
  ])('%s is %j', (text, value) => expect(interpolate(text, env, 'p')).toBe(value));
  it.each(['${UNSET:?set it}', '${EMPTY:?set it}'])('%s stops with its message', (text) =>
    expect(() => interpolate(text, env, 'services.a')).toThrow(
      new ComposeError(`services.a needs ${text.slice(2, text.indexOf(':'))}: set it`),
    ),
  );
});

describe('durations', () => {
  it.each([
    ['5s', 5_000],
    ['1m30s', 90_000],
    ['250ms', 250],
    ['2h', 7_200_000],
  ])('%s is %i ms', (text, ms) => expect(durationMs(text, 'p')).toBe(ms));
  it.each(['', '5', 's', '1x', '-1s'])('%j is refused', (text) =>
    expect(() => durationMs(text, 'p')).toThrow(ComposeError),
  );
});
