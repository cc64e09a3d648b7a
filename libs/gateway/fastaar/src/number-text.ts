const NUMBER = /-?[0-9][0-9.eE+-]*/y;

/**
 * The number that is the value of `key` in a JSON object, letter by letter as it was sent: `10.005`, `1e3` and `10.50`
 * are no longer themselves once they have been floats. `undefined` when the value is no number. `json` must be the
 * valid text of an object; of a repeated key the last counts, as in `JSON.parse`.
 */
export function numberText(json: string, key: string): string | undefined {
  let depth = 0;
  let found: string | undefined;
  for (let index = 0; index < json.length; index += 1) {
    const char = json[index];
    if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    else if (char === '"') {
      const end = endOfString(json, index);
      const afterColon = depth === 1 ? startOfValue(json, end + 1) : null;
      if (afterColon !== null && isKey(json.slice(index, end + 1), key)) found = numberAt(json, afterColon);
      index = end;
    }
  }
  return found;
}

function endOfString(json: string, start: number): number {
  let index = start + 1;
  while (json[index] !== '"') index += json[index] === '\\' ? 2 : 1;
  return index;
}

/** Where the value begins if a colon follows, which makes the string before it a key. */
function startOfValue(json: string, from: number): number | null {
  const colon = skipSpace(json, from);
  return json[colon] === ':' ? skipSpace(json, colon + 1) : null;
}

function skipSpace(json: string, from: number): number {
  let index = from;
  while (json[index] === ' ' || json[index] === '\n' || json[index] === '\r' || json[index] === '\t') index += 1;
  return index;
}

function isKey(quoted: string, key: string): boolean {
  return quoted.includes('\\')
    ? JSON.parse(quoted) === key
    : quoted.length === key.length + 2 && quoted.startsWith(key, 1);
}

function numberAt(json: string, index: number): string | undefined {
  NUMBER.lastIndex = index;
  return NUMBER.exec(json)?.[0];
}
