/*
 * `npm run cluster [-- --scale name=n … | --with observability | --way name=port:port | --restart | --prepare]`:
 * executes docker-compose.yml without containers.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { prepareKafkaJars } from '@paymatch/platform-dev-servers';
import { prepareCaddy } from './caddy.js';
import { Cluster, type ClusterState } from './cluster.js';
import { ComposeError } from './compose-error.js';
import { readComposeFile, type ComposeService } from './compose-file.js';
import { composeReader } from './compose-reader.js';
import { readEnvFile } from './env-file.js';
import { buildOnce } from './go-program.js';
import { caddyCacheDir } from './proxy.js';
import { readWays } from './way.js';

const root = path.resolve(__dirname, '../../..');

function readScale(values: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    values.map((value) => {
      const match = /^([a-z-]+)=([1-9]\d?)$/.exec(value);
      if (!match) throw new ComposeError(`--scale takes name=number from 1 to 99, got ${value}`);
      return [match[1]!, Number(match[2])];
    }),
  );
}

function readWith(values: readonly string[]): boolean {
  const unknown = values.find((value) => value !== 'observability');
  if (unknown !== undefined) throw new ComposeError(`--with knows observability, got ${unknown}`);
  return values.length > 0;
}

/**
 * `.env` where there is one; else the example, for trying out on this machine. The process's own environment wins.
 */
function readEnvironment(): Readonly<Record<string, string | undefined>> {
  const [own, example] = [path.join(root, '.env'), path.join(root, '.env.example')];
  const read = existsSync(own)
    ? readEnvFile(readFileSync(own, 'utf8'))
    : { ...readEnvFile(readFileSync(example, 'utf8')), PAYMATCH_PROFILE: 'development' };
  return { ...read, ...process.env };
}

/** The demo merchant of a cluster that is tried out, made by the same command an operator would use. */
async function makeDemo(options: {
  readonly dataDir: string;
  readonly proxyUrl: string;
  readonly environment: Readonly<Record<string, string>>;
}): Promise<void> {
  const child = spawn(
    process.execPath,
    [path.join(root, 'apps/ops/dist/main.js'), 'demo', '--base-url', options.proxyUrl, '--data', options.dataDir],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env.PATH, ...options.environment },
    },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`making the demo merchant failed with exit code ${code}`);
}

/** The signal goes to the runner itself: sent to npm it would end npm alone. */
function askForRestart(dataDir: string): void {
  const file = path.join(dataDir, 'cluster.json');
  if (!existsSync(file)) throw new ComposeError(`no cluster runs with the data folder ${dataDir}`);
  const { pid } = JSON.parse(readFileSync(file, 'utf8')) as ClusterState;
  process.kill(pid, 'SIGHUP');
  console.log(`The cluster (pid ${pid}) restarts its instances one after the other.`);
}

/** Fetches and builds what a first start would wait for. */
async function prepare(services: readonly ComposeService[], say: (line: string) => void): Promise<void> {
  prepareKafkaJars();
  const { image } = services.find((service) => service.name === 'proxy')!;
  const caddy = await prepareCaddy(image ?? '', caddyCacheDir, say);
  say('binary' in caddy ? `proxy | ${image}, itself` : `proxy | a stand-in for ${image}: ${caddy.missing}`);
  const reader = await buildOnce(composeReader, say);
  say('binary' in reader ? 'compose files | read by what docker compose reads them with' : reader.missing);
}

const options = {
  scale: { type: 'string', multiple: true, default: [] },
  data: { type: 'string' },
  port: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  prepare: { type: 'boolean', default: false },
  restart: { type: 'boolean', default: false },
  with: { type: 'string', multiple: true, default: [] },
  way: { type: 'string', multiple: true, default: [] },
} satisfies ParseArgsConfig['options'];

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const isWatched = readWith(values.with);
  const given = readEnvironment();
  const proxyPort = Number(values.port ?? given.PAYMATCH_PORT ?? 8080);
  const publicUrl = `http://127.0.0.1:${proxyPort}`;
  const dataDir = path.resolve(values.data ?? path.join(process.env.PAYMATCH_DATA ?? '.paymatch', 'cluster'));
  if (values.restart) return askForRestart(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const services = readComposeFile(path.join(root, 'docker-compose.yml'), {
    ...given,
    PAYMATCH_PUBLIC_URL: publicUrl,
    PAYMATCH_PORT: String(proxyPort),
  });
  const say = (line: string): void => {
    if (!values.quiet) console.log(line);
  };
  if (values.prepare) return prepare(services, say);
  const [scale, ways] = [readScale(values.scale), readWays(values.way)];
  const cluster = new Cluster({ root, dataDir, services, scale, ways, proxyPort, onLine: say });
  const stop = (): void =>
    void cluster.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('paymatch cluster: stopping failed', error);
        process.exit(1);
      },
    );
  // Whoever read our output has ended, and we with it: never without the instances.
  process.stdout.on('error', stop);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on(
    'SIGHUP',
    () =>
      void cluster.rollingRestart().then(
        () => say('cluster | rolling restart done'),
        (error: unknown) => console.error('paymatch cluster: the rolling restart failed', error),
      ),
  );
  try {
    const state = await cluster.start();
    if (isWatched) await cluster.watch();
    const gateway = services.find((service) => service.name === 'api-gateway')!;
    const migrate = services.find((service) => service.name === 'migrate')!;
    const environment = {
      PAYMATCH_SECRET: gateway.environment.PAYMATCH_SECRET!,
      PAYMATCH_DATABASE_PASSWORD: migrate.environment.PAYMATCH_DATABASE_PASSWORD!,
      DATABASE_URL: migrate.environment.DATABASE_URL!.replace('postgres:5432', `127.0.0.1:${state.postgres.port}`),
    };
    // Production has no demo merchant, here neither.
    if (gateway.environment.PAYMATCH_PROFILE !== 'production')
      await makeDemo({ dataDir, proxyUrl: state.proxyUrl, environment });
    setInterval(() => cluster.saveState(), 1_000);
    console.log(
      `Paymatch cluster is running at ${state.proxyUrl} (${state.instances
        .filter((instance) => instance.port !== 0)
        .map((instance) => `${instance.service}-${instance.index}`)
        .join(', ')})`,
    );
  } catch (error) {
    console.error(error instanceof ComposeError ? `paymatch cluster: ${error.message}` : error);
    await cluster.stop();
    process.exit(1);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ComposeError ? `paymatch cluster: ${error.message}` : error);
  process.exit(1);
});
