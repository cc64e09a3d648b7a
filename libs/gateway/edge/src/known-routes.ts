/** The path is served, but not for this method (RFC 9110, section 15.5.6). */
export class MethodNotAllowed extends Error {
  override readonly name = 'MethodNotAllowed';
  readonly statusCode = 405;
  constructor(readonly allowed: readonly string[]) {
    super(`only ${allowed.join(', ')} here`);
  }
}

/** Which methods each path is served for, so that a wrong method is told from a wrong address. */
export class KnownRoutes {
  private readonly methods = new Map<string, Set<string>>();

  /** A path with a wildcard answers for everything below it, and says nothing of any path there. */
  add(pattern: string, methods: readonly string[]): void {
    if (pattern.includes('*')) return;
    const known = this.methods.get(pattern) ?? new Set();
    for (const method of methods) known.add(method);
    this.methods.set(pattern, known);
  }

  /** The methods for which a path without its query is served; none when nothing is served there. */
  allowed(path: string): readonly string[] {
    const segments = path.split('/');
    const found = [...this.methods].filter(([pattern]) => matches(pattern.split('/'), segments));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].sort();
  }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
  );
}
