import { isIP, isIPv4 } from 'node:net';
import type { Setting } from '@paymatch/platform-config';

const PROXIES_MAX = 100;

/** Addresses and networks (CIDR) of the proxies in front, separated by commas or spaces. */
export const trustedProxiesSetting: Setting<readonly string[]> = {
  env: 'PAYMATCH_TRUSTED_PROXIES',
  doc: 'Proxies whose X-Forwarded-For is believed: addresses and networks (10.0.0.0/8), separated by commas; the client is the last address that none of them has. Nobody unless set',
  default: [],
  parse: (text) => {
    const proxies = text.split(/[\s,]+/).filter((part) => part !== '');
    if (proxies.length > PROXIES_MAX) throw new Error(`must name at most ${PROXIES_MAX}`);
    const wrong = proxies.find((proxy) => !isNetwork(proxy));
    if (wrong !== undefined) throw new Error(`must be addresses and networks such as 10.0.0.0/8, not "${wrong}"`);
    return proxies;
  },
};

/** A network of everybody is refused: whoever is trusted may call itself anybody. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (isIPv4(address) ? 32 : 128);
}
