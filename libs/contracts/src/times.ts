const DHAKA_OFFSET_MS = 6 * 3_600_000;

/**
 * Contract A's spelling of a moment: `2026-06-12T14:30:00+06:00` (Bangladesh has no daylight saving; fractions are
 * cut).
 */
export function dhakaTime(iso: string): string {
  return `${new Date(Date.parse(iso) + DHAKA_OFFSET_MS).toISOString().slice(0, 19)}+06:00`;
}

/** Contract B's spelling of a moment: UTC with six decimals and `Z`. Accepts an ISO text with up to microseconds. */
export function utcMicroTime(iso: string): string {
  const [head, fraction = ''] = iso.replace(/Z$|\+00:00$/, '').split('.');
  return `${head}.${fraction.padEnd(6, '0').slice(0, 6)}Z`;
}
