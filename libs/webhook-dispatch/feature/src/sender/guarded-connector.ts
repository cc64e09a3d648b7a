import { lookup as systemLookup, Resolver } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { bareHost, isPublicAddress } from '@paymatch/webhook-dispatch-domain';
import { buildConnector } from 'undici';

/** Turns a host name into addresses; rejects when there are none. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface GuardOptions {
  readonly allowPrivateTargets: boolean;
  readonly connectTimeoutMs: number;
  readonly resolveHost: ResolveHost;
}

/** The address is not one that webhooks may go to. */
export class TargetNotAllowed extends Error {
  override readonly name = 'TargetNotAllowed';
  readonly code = 'TARGET_NOT_ALLOWED';
}

/**
 * Connects only to addresses of the public internet. The name is resolved here, once per connection, and the socket
 * goes to exactly the addresses that were checked: a name that answers "public" first and "private" a moment later
 * gains nothing.
 */
export function guardedConnector(options: GuardOptions): buildConnector.connector {
  const connect = buildConnector({ timeout: options.connectTimeoutMs, lookup: guardedLookup(options), allowH2: false });
  return (target, callback) => {
    // An address in the URL never reaches `lookup`.
    const host = bareHost(target.hostname);
    if (!options.allowPrivateTargets && isIP(host) !== 0 && !isPublicAddress(host)) {
      callback(new TargetNotAllowed(`${host} is not a public address`), null);
      return;
    }
    connect(target, callback);
  };
}

function guardedLookup(options: GuardOptions): LookupFunction {
  return (hostname, { all }, callback) => {
    resolveAllowed(hostname, options).then(
      (addresses) =>
        all === true ? callback(null, [...addresses]) : callback(null, addresses[0]!.address, addresses[0]!.family),
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

/** One forbidden address among the answers refuses them all: an honest name does not mix the two. */
async function resolveAllowed(hostname: string, options: GuardOptions): Promise<readonly LookupAddress[]> {
  const addresses = await options.resolveHost(hostname);
  if (addresses.length === 0) throw Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
  const forbidden = options.allowPrivateTargets
    ? undefined
    : addresses.find(({ address }) => !isPublicAddress(address));
  if (forbidden)
    throw new TargetNotAllowed(`${hostname} resolves to ${forbidden.address}, which is not a public address`);
  return addresses;
}

/** The system's own resolution, `/etc/hosts` included: for closed networks. */
export const resolveBySystem: ResolveHost = (hostname) => systemLookup(hostname, { all: true });

/**
 * Asks DNS without the system's resolver: that one works in a pool of four threads, and four names on a server that
 * never answers would stop every other look-up (and every file operation) of the process.
 */
export function resolveByDns(timeoutMs: number): ResolveHost {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  return async (hostname) => {
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = [
      ...(ipv4.status === 'fulfilled' ? ipv4.value.map((address) => ({ address, family: 4 })) : []),
      ...(ipv6.status === 'fulfilled' ? ipv6.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (addresses.length === 0 && ipv4.status === 'rejected') throw ipv4.reason;
    return addresses;
  };
}
