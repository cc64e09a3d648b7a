import { KafkaBroker } from '@paymatch/platform-messaging';
import type { ComposeService } from './compose-file.js';

export interface RunningBroker {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** What the compose file sets by `KAFKA_<NAME>` and a broker on this machine decides for itself: addresses and folders. */
const ownSettings =
  /^KAFKA_(LISTENERS|ADVERTISED_LISTENERS|CONTROLLER_QUORUM_VOTERS|LOG_DIRS|NODE_ID|PROCESS_ROLES|CONTROLLER_LISTENER_NAMES|LISTENER_SECURITY_PROTOCOL_MAP)$/;

/** Kafka of the compose file, without its image: a real broker with the file's own settings, given to it as the image would. */
export async function startBroker(service: ComposeService, dataDir: string): Promise<RunningBroker> {
  const properties = Object.fromEntries(
    Object.entries(service.environment)
      .filter(([name]) => name.startsWith('KAFKA_') && !ownSettings.test(name))
      .map(([name, value]) => [name.slice('KAFKA_'.length).toLowerCase().replaceAll('_', '.'), value]),
  );
  const broker = await KafkaBroker.start({ dataDir, properties });
  return {
    get pid() {
      return broker.pid ?? 0;
    },
    port: broker.port,
    stop: () => broker.stop(),
  };
}
