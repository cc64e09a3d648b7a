import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The settings every broker of this project runs with, in containers and without. */
const SETTINGS_FILE = path.resolve(__dirname, '../../../../../docker/kafka.env');

/**
 * What a broker on this machine decides for itself: addresses and folders. And what is no setting of the broker but of
 * its JVM.
 */
const OWN =
  /^KAFKA_(LISTENERS|ADVERTISED_LISTENERS|CONTROLLER_QUORUM_VOTERS|LOG_DIRS|NODE_ID|PROCESS_ROLES|CONTROLLER_LISTENER_NAMES|LISTENER_SECURITY_PROTOCOL_MAP|HEAP_OPTS)$/;

export type BrokerEnvironment = Readonly<Record<string, string>>;

/** `docker/kafka.env`. */
export function brokerEnvironment(): BrokerEnvironment {
  const lines = readFileSync(SETTINGS_FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** `KAFKA_BROKER_SESSION_TIMEOUT_MS` → `broker.session.timeout.ms`, as the image does it. */
export function brokerProperties(environment: BrokerEnvironment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment)
      .filter(([name]) => name.startsWith('KAFKA_') && !OWN.test(name))
      .map(([name, value]) => [name.slice('KAFKA_'.length).toLowerCase().replaceAll('_', '.'), value]),
  );
}

/** Arguments of the JVM. */
export function heapArguments(environment: BrokerEnvironment): readonly string[] {
  return (environment['KAFKA_HEAP_OPTS'] ?? '').split(' ').filter((argument) => argument !== '');
}
