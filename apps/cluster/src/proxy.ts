import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { prepareCaddy } from './caddy.js';
import { readCaddyfile } from './caddyfile.js';
import type { ComposeService } from './compose-file.js';
import { LocalProcess } from './local-process.js';
import { LocalProxy } from './local-proxy.js';
import { NameServer } from './name-server.js';

export interface ProxyOptions {
  readonly service: ComposeService;
  readonly root: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly port: number;
  /** The gateways that run now, well or not. */
  readonly gateways: () => readonly { readonly host: string; readonly port: number }[];
  readonly onLine: (line: string) => void;
}

export interface RunningProxy {
  readonly url: string;
  stop(): Promise<void>;
}

export const caddyCacheDir = path.resolve(__dirname, '../../../.cache/caddy');

/**
 * The compose file's proxy with its own Caddyfile; where it cannot be had, says why and puts a small one in its place.
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { service, onLine } = options;
  const caddy = await prepareCaddy(service.image ?? '', caddyCacheDir, onLine);
  if ('binary' in caddy) {
    onLine(`${service.name} | ${service.image}, itself`);
    return startCaddy(caddy.binary, options);
  }
  onLine(`${service.name} | a stand-in for ${service.image}: ${caddy.missing}`);
  return startStandIn(options);
}

export async function startStandIn({ root, port, gateways }: ProxyOptions): Promise<RunningProxy> {
  const proxy = new LocalProxy(
    () => gateways().map((gateway) => `http://${gateway.host}:${gateway.port}`),
    readCaddyfile(path.join(root, 'docker/Caddyfile')),
  );
  const url = await proxy.listen(port);
  return { url, stop: () => proxy.close() };
}

export async function startCaddy(binary: string, options: ProxyOptions): Promise<RunningProxy> {
  const { service, root, dataDir, logFile, port, gateways, onLine } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const names = await NameServer.start((name) => (name === 'api-gateway' ? gateways().map(({ host }) => host) : []));
  const caddy = new LocalProcess({
    service: {
      ...service,
      command: [binary, 'run', '--config', 'docker/Caddyfile', '--adapter', 'caddyfile'],
      // The image's own tool need not be here.
      healthcheck: service.healthcheck && {
        ...service.healthcheck,
        command: ['bash', 'docker/healthcheck.sh', 'ready'],
      },
    },
    index: 1,
    cwd: root,
    logFile,
    onLine,
    environment: {
      ...service.environment,
      PROXY_HOST: '127.0.0.1',
      PROXY_PORT: String(port),
      GATEWAY_PORT: String(gateways()[0]?.port),
      GATEWAY_RESOLVER: names.address,
      PORT: String(port),
      HOME: dataDir,
      XDG_DATA_HOME: dataDir,
      XDG_CONFIG_HOME: dataDir,
    },
  });
  caddy.start();
  await caddy.healthy();
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await caddy.stop();
      names.stop();
    },
  };
}
