/** An address that customers may be sent to: an origin, or a folder of one; nothing that a browser would not show. */
export function isReturnAddress(value: unknown): value is string {
  if (
    typeof value !== 'string' ||
    value.length > 500 ||
    !/^https?:\/\/[^\s\\?#@]+$/.test(value) ||
    !URL.canParse(value)
  )
    return false;
  const { origin, pathname } = new URL(value);
  // As browsers write it: a name in capitals, a port that goes without saying, or `..` would never be met.
  return value === origin || (value === origin + pathname && pathname !== '/');
}

/** Whether a customer may be sent to that address; without a list to any. */
export function mayReturnTo(allowed: readonly string[] | undefined, address: string): boolean {
  if (allowed === undefined || allowed.length === 0) return true;
  const { origin, pathname } = new URL(address);
  const target = origin + pathname;
  return allowed.some((each) => target === each || target.startsWith(each.endsWith('/') ? each : `${each}/`));
}

/** What whoever sends another one is told. */
export const RETURN_ADDRESS_NOT_ALLOWED =
  "This address is not among the merchant's return addresses; add its origin or folder to them (`return_addresses`), or send another one.";
