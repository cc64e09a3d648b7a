import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { SimulatedDatabase } from './simulated-database.js';

export interface SimulatedServer {
  readonly database: SimulatedDatabase;
  stop(): Promise<void>;
}

/** A server that nobody else uses: transactions of others would hide rows at moments that follow from no seed. */
export async function startSimulatedServer(): Promise<SimulatedServer> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'paymatch-simulation-'));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  try {
    const database = await SimulatedDatabase.open(server.url);
    const stop = async (): Promise<void> => {
      await database.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    };
    return { database, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
