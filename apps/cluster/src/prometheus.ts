import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '@paymatch/platform-dev-servers';
import { parse, stringify } from 'yaml';
import { ComposeError } from './compose-error.js';
import { LocalProcess } from './local-process.js';

export interface Target {
  readonly service: string;
  readonly host: string;
  readonly port: number;
}

export interface PrometheusOptions {
  readonly root: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly targets: readonly Target[];
  /** Empty: the services tell this machine without one. */
  readonly token: string;
  readonly onLine: (line: string) => void;
}

export interface RunningPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly dns_sd_configs: unknown;
}

/** The file that containers use, with this machine's addresses in place of names. */
export function localConfig({ root, targets, token }: Pick<PrometheusOptions, 'root' | 'targets' | 'token'>): string {
  const folder = path.join(root, 'docker/observability');
  const config = parse(readFileSync(path.join(folder, 'prometheus.yml'), 'utf8')) as {
    readonly scrape_configs: readonly (ScrapeConfig & { readonly authorization: unknown })[];
  };
  const jobs = config.scrape_configs.map(({ job_name, dns_sd_configs: _names, authorization: _file, ...job }) => {
    const own = targets.filter(({ service }) => service === job_name);
    if (own.length === 0)
      throw new ComposeError(`docker/observability/prometheus.yml: no instance runs of ${job_name}`);
    return {
      ...job,
      job_name,
      ...(token !== '' && { authorization: { credentials: token } }),
      static_configs: [{ targets: own.map(({ host, port }) => `${host}:${port}`) }],
    };
  });
  return stringify({ ...config, rule_files: [path.join(folder, 'alerts.yml')], scrape_configs: jobs });
}

/** Where the program of that name is; `null` when this machine has none. */
export function onPath(name: string, searched = process.env.PATH ?? ''): string | null {
  const found = searched
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => isExecutable(file));
  return found ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The real Prometheus with the compose file's rules; `null`, and a line that says so, where there is none. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus | null> {
  const { root, dataDir, logFile, onLine } = options;
  const binary = onPath('prometheus');
  if (binary === null) {
    onLine('prometheus | not on the PATH, so nothing is watched (Debian: apt-get install prometheus)');
    return null;
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const configFile = path.join(dataDir, 'prometheus.yml');
  writeFileSync(configFile, localConfig(options), { mode: 0o600 });
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const prometheus = new LocalProcess({
    service: {
      name: 'prometheus',
      image: null,
      buildTarget: null,
      command: [
        binary,
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${path.join(dataDir, 'tsdb')}`,
        `--web.listen-address=${address}`,
        '--storage.tsdb.retention.time=7d',
      ],
      environment: {},
      dependsOn: [],
      healthcheck: {
        command: [
          'node',
          '-e',
          `fetch('http://${address}/-/ready').then((a)=>process.exit(a.ok?0:1),()=>process.exit(1))`,
        ],
        intervalMs: 1_000,
        timeoutMs: 3_000,
        retries: 60,
        startPeriodMs: 0,
      },
      isRestarted: true,
      stopGracePeriodMs: 10_000,
      ports: [],
      memoryMb: null,
    },
    index: 1,
    environment: {},
    cwd: root,
    logFile,
    onLine: () => undefined,
  });
  prometheus.start();
  await prometheus.healthy();
  onLine(`prometheus | http://${address}`);
  return { url: `http://${address}`, stop: () => prometheus.stop() };
}
