import { buildOnce, type Built } from './go-program.js';

/**
 * The version that the compose file pins, built once from its Go module into `cacheDir`. Instances of a service share a
 * port and differ by address, as containers do: that takes a loopback network with more than one address.
 */
export async function prepareCaddy(image: string, cacheDir: string, say: (line: string) => void): Promise<Built> {
  const version = /^caddy:(\d+\.\d+\.\d+)$/.exec(image)?.[1];
  if (version === undefined) return { missing: `${image} names no version that can be built` };
  if (process.platform !== 'linux') return { missing: `loopback has one address on ${process.platform}` };
  return buildOnce({ package: 'github.com/caddyserver/caddy/v2/cmd/caddy', version, cacheDir }, (line) =>
    say(`proxy | ${line}`),
  );
}
