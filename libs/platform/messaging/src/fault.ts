/** One line that says what went wrong, with the causes below it; for logs and parked messages. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${safeJson(error)}`;
  const own = `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own} (${describeFault(error.cause)})`;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
