import ipaddr from 'ipaddr.js';

export interface TargetPolicy {
  /** Plain http is accepted. */
  readonly allowHttp: boolean;
  /** Loopback, private and link-local addresses are accepted: for a development machine or a closed network only. */
  readonly allowPrivateTargets: boolean;
}

export type UrlRefusal = 'malformed' | 'too_long' | 'scheme_not_allowed' | 'credentials_in_url' | 'private_address';

export const urlLengthMax = 2_048;

/** Names that by definition stay inside a network (RFC 6761, RFC 6762, RFC 8375, and ICANN's `.internal`). */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/;

/**
 * Public addresses that answer only inside a cloud: Azure's WireServer. The other clouds' are link-local or private.
 */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set(['168.63.129.16']);

/** Why webhooks may not go to this address, or `null`. What a name resolves to is checked again on every connection. */
export function refuseUrl(url: string, policy: TargetPolicy): UrlRefusal | null {
  if (url.length > urlLengthMax) return 'too_long';
  if (!URL.canParse(url)) return 'malformed';
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && policy.allowHttp)) return 'scheme_not_allowed';
  if (parsed.username !== '' || parsed.password !== '') return 'credentials_in_url';
  if (policy.allowPrivateTargets) return null;
  const host = bareHost(parsed.hostname);
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? null : 'private_address';
  return PRIVATE_NAME.test(host) ? 'private_address' : null;
}

/** Whether an IP address is one of the public internet: anything that is not plainly so is refused. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` turns an IPv4-mapped IPv6 address into the IPv4 address that the packets would go to.
  const parsed = ipaddr.process(address);
  if (METADATA_ADDRESSES.has(parsed.toString())) return false;
  if (parsed.range() !== 'unicast') return false;
  // Global unicast is 2000::/3 (RFC 4291 §2.4); the rest of "unicast" is unassigned or embeds other addresses.
  return parsed.kind() === 'ipv4' || ((parsed as ipaddr.IPv6).parts[0]! & 0xe000) === 0x2000;
}

/** An IPv6 host without its brackets. */
export function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
