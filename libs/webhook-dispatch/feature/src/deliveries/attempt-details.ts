/** What is kept of an answer's body. */
export const answerKeptBytes = 4_096;

const MASK = '[masked]';
/** Headers that carry what lets somebody in; ours carry none but signatures, which are good for one body. */
const SECRET_HEADER = /authorization|cookie|token|secret|password|api-?key/i;

export function maskHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? MASK : value]),
  );
}

/**
 * The beginning of an answer as text, without NULs, and without any of these secrets: a receiver may send back what it
 * was sent.
 */
export function answerText(answer: Buffer, secrets: readonly string[]): string {
  const text = answer.subarray(0, answerKeptBytes).toString('utf8').replaceAll('\u0000', '\ufffd');
  return secrets
    .filter((secret) => secret.length > 0)
    .reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}
