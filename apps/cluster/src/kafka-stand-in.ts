import { KafkaBroker } from '@paymatch/platform-dev-servers';
import type { ComposeService } from './compose-file.js';

export interface RunningBroker {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Kafka of the compose file, without its image: a real broker with the file's own settings, given to it as the image
 * would.
 */
export async function startBroker(service: ComposeService, dataDir: string): Promise<RunningBroker> {
  const broker = await KafkaBroker.start({ dataDir, environment: service.environment });
  return {
    get pid() {
      return broker.pid ?? 0;
    },
    port: broker.port,
    stop: () => broker.stop(),
  };
}
