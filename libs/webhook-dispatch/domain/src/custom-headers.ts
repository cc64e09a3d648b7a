const HEADERS_MAX = 20;
const NAME_LENGTH_MAX = 100;
const VALUE_LENGTH_MAX = 1_000;

/** RFC 9110 §5.6.2, token. */
const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** Visible ASCII with inner spaces: anything else could end the header and begin another. */
const VALUE = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/** Ours to write, or the connection's. */
const RESERVED =
  /^(host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|proxy-.*|webhook-.*|x-fastaar-.*|smartfastpay-.*|user-agent)$/i;

/** Why these headers may not be sent with webhooks: the name of the first that will not do, or `null`. */
export function refuseHeaders(headers: unknown): string | null {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return 'headers';
  const entries = Object.entries(headers as Record<string, unknown>);
  if (entries.length > HEADERS_MAX) return 'headers';
  const names = entries.map(([name]) => name.toLowerCase());
  const wrong = entries.find(
    ([name, value], index) =>
      name.length > NAME_LENGTH_MAX ||
      !NAME.test(name) ||
      RESERVED.test(name) ||
      names.indexOf(name.toLowerCase()) !== index ||
      typeof value !== 'string' ||
      value.length > VALUE_LENGTH_MAX ||
      !VALUE.test(value),
  );
  return wrong === undefined ? null : wrong[0];
}
