import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@paymatch/platform-config';
import { silentLogger } from '@paymatch/platform-observability';
import { KafkaBroker } from '@paymatch/platform-dev-servers';
import type { Message } from '../message.js';
import { makeCertificates, type TestCertificates } from '../testing/test-certificates.js';
import { describeWithKafka } from '../testing/require-kafka.js';
import { KafkaCarrier } from './kafka-carrier.js';
import { createKafkaClient } from './kafka-client.js';
import { kafkaConnection, kafkaSettings } from './kafka-settings.js';
import { ensureTopics } from './kafka-topics.js';

const password = 'p/a#s=s';
const login = 'org.apache.kafka.common.security';

function messageOf(id: string): Message {
  const time = '2026-01-01T00:00:00.000Z';
  const rest = { source: 'test', key: 'k', time, dataVersion: 1, correlationId: id, causationId: null };
  return { id, type: 'test.sent', ...rest, data: {} };
}

describeWithKafka('brokers that want TLS and credentials', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-kafka-tls-'));
  let certificates: TestCertificates;
  let broker: KafkaBroker;

  beforeAll(async () => {
    certificates = makeCertificates(folder);
    const scram = `${login}.scram.ScramLoginModule required;`;
    broker = await KafkaBroker.start({
      dataDir: path.join(folder, 'kafka'),
      listeners: { USERS: 'SASL_SSL', CERTIFICATES: 'SSL' },
      formatArguments: ['256', '512'].flatMap((bits) => [
        '-S',
        `SCRAM-SHA-${bits}=[name=paymatch,password=${password}]`,
      ]),
      properties: {
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.location': certificates.broker,
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': certificates.ca,
        'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
        'listener.name.users.plain.sasl.jaas.config': `${login}.plain.PlainLoginModule required user_paymatch="${password}";`,
        'listener.name.users.scram-sha-256.sasl.jaas.config': scram,
        'listener.name.users.scram-sha-512.sasl.jaas.config': scram,
        'listener.name.certificates.ssl.client.auth': 'required',
      },
    });
    const admin = createKafkaClient({ brokers: [broker.address], clientId: 'test', logger: silentLogger }).admin();
    await admin.connect();
    await ensureTopics(admin, [{ name: 'secured', partitions: 1, retentionMs: null }]);
    await admin.disconnect();
  });
  afterAll(async () => {
    await broker?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A carrier as a service makes it, from its environment. */
  const carrier = (listener: string, env: Readonly<Record<string, string>>): KafkaCarrier => {
    const settings = readConfig(kafkaSettings, {
      PAYMATCH_KAFKA_BROKERS: broker.addressOf(listener),
      PAYMATCH_KAFKA_TLS: 'true',
      ...env,
    });
    return new KafkaCarrier({ ...kafkaConnection(settings), clientId: 'test', logger: silentLogger });
  };

  let sent = 0;
  /** Sends one message and waits until it is read again, both over this connection. */
  async function roundTrip(listener: string, env: Readonly<Record<string, string>>): Promise<void> {
    const bus = carrier(listener, env);
    await bus.start();
    try {
      sent += 1;
      const message = messageOf(`m${sent}`);
      const isRead = new Promise<void>((resolve, reject) => {
        bus
          .subscribe({
            group: `group-${sent}`,
            topics: ['secured'],
            from: 'beginning',
            batchSizeMax: 10,
            onBatch: async (batch) => {
              if (batch.some((wire) => wire.headers['ce_id'] === message.id)) resolve();
            },
          })
          .catch(reject);
      });
      await bus.publish('secured', [message]);
      await isRead;
    } finally {
      await bus.stop(5_000);
    }
  }

  const user = (mechanism: string): Readonly<Record<string, string>> => ({
    PAYMATCH_KAFKA_TLS_CA_FILE: certificates.ca,
    PAYMATCH_KAFKA_SASL_MECHANISM: mechanism,
    PAYMATCH_KAFKA_SASL_USERNAME: 'paymatch',
    PAYMATCH_KAFKA_SASL_PASSWORD: password,
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])('are written and read as a user by %s', (mechanism) =>
    roundTrip('USERS', user(mechanism)),
  );

  it('are written and read with a certificate of our own', () =>
    roundTrip('CERTIFICATES', {
      PAYMATCH_KAFKA_TLS_CA_FILE: certificates.ca,
      PAYMATCH_KAFKA_TLS_CERT_FILE: certificates.client.cert,
      PAYMATCH_KAFKA_TLS_KEY_FILE: certificates.client.key,
    }));

  it('take the password from a file', () => {
    const file = path.join(folder, 'password');
    writeFileSync(file, `${password}\n`);
    const { PAYMATCH_KAFKA_SASL_PASSWORD: _, ...rest } = user('scram-sha-512');
    return roundTrip('USERS', { ...rest, PAYMATCH_KAFKA_SASL_PASSWORD_FILE: file });
  });

  it.each([
    ['a wrong password', 'USERS', () => ({ ...user('scram-sha-512'), PAYMATCH_KAFKA_SASL_PASSWORD: 'wrong' })],
    ['no certificate', 'CERTIFICATES', () => ({ PAYMATCH_KAFKA_TLS_CA_FILE: certificates.ca })],
    ['an authority that is not ours', 'USERS', () => ({ ...user('plain'), PAYMATCH_KAFKA_TLS_CA_FILE: '' })],
  ])('are not reached with %s', async (_name, listener, env) => {
    const bus = carrier(listener, env());
    await expect(bus.start()).rejects.toThrow();
    await bus.stop(1_000);
  });

  it('and any other are found alive by the container’s health check, and dead when they are', () => {
    const check = (port: number | string): number | null =>
      spawnSync('bash', [
        path.resolve(__dirname, '../../../../../docker/kafka-healthcheck.sh'),
        '127.0.0.1',
        String(port),
      ]).status;
    expect([check(broker.port), check(1)]).toEqual([0, 1]);
    // Something listens, but it is not a broker that speaks in clear.
    expect(check(broker.addressOf('USERS').split(':')[1]!)).toBe(1);
  });
});
