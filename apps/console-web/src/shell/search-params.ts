/** Filters live in the address: what is known by name and is text, nothing else. */
export function textSearch<Name extends string>(names: readonly Name[]) {
  return (given: Record<string, unknown>): Partial<Record<Name, string>> => {
    const kept: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const value = given[name];
      // The router reads `?q=500` as a number.
      if (typeof value === 'string' || typeof value === 'number') if (String(value) !== '') kept[name] = String(value);
    }
    return kept;
  };
}
