import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaBroker } from '@paymatch/platform-dev-servers';
import type { ComposeService } from './compose-file.js';
import { atWay, type Way } from './way.js';

export interface RunningBroker {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

export interface BrokerOptions {
  readonly service: ComposeService;
  readonly dataDir: string;
  /** Where services come by to it; straight when absent. */
  readonly way?: Way | undefined;
  readonly onLine: (line: string) => void;
}

const restartDelayMs = 500;

/**
 * Kafka of the compose file, without its image: a real broker with the file's own settings, given to it as the image
 * would, and started again when it ends, as the file asks for.
 */
export async function startBroker({ service, dataDir, way, onLine }: BrokerOptions): Promise<RunningBroker> {
  const broker = await KafkaBroker.start({
    dataDir,
    environment: service.environment,
    ...(way === undefined
      ? {}
      : { port: way.port, properties: { 'advertised.listeners': `PLAINTEXT://${atWay(way)}` } }),
  });
  let isStopping = false;
  const keepUp = async (): Promise<void> => {
    for (;;) {
      await broker.ended();
      if (!isStopping) await sleep(restartDelayMs);
      if (isStopping) return;
      onLine(`${service.name} | ended; starting it again`);
      try {
        await broker.start();
      } catch (error) {
        // As a container that does not come up is started again.
        onLine(`${service.name} | ${(error as Error).message}`);
      }
    }
  };
  const kept = service.isRestarted ? keepUp() : Promise.resolve();
  return {
    get pid() {
      return broker.pid ?? 0;
    },
    port: broker.port,
    stop: async () => {
      isStopping = true;
      await broker.stop();
      await kept;
    },
  };
}
