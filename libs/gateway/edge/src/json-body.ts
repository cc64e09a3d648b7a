import { isUtf8 } from 'node:buffer';
import { fieldsOf, isStorable } from './field-values.js';
import { MalformedBody } from './gateway-fault.js';
import { InvalidFields } from './request-fields.js';

/** Deeper than anything a contract describes, and shallow enough for every reader that calls itself. */
const DEPTH_MAX = 20;
/** More than the longest list of a contract holds. */
const MEMBERS_MAX = 20_000;
const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export interface JsonOptions {
  /**
   * For a list whose entries stand for themselves: what one of them holds too deep, or what cannot be stored, is not
   * the others' fault.
   */
  readonly isTolerant?: boolean;
}

/**
 * A body's JSON, in UTF-8, with bounds on its depth and its members, so that nothing after it can be made to throw by
 * its shape. Throws `MalformedBody`, or `InvalidFields` for text that cannot be kept. A tolerant reading has `"…"`
 * where something lay too deep.
 */
export function readJson(bytes: Buffer, { isTolerant = false }: JsonOptions = {}): unknown {
  if (!isUtf8(bytes)) throw new MalformedBody('The body is not UTF-8.');
  const whole = bytes.toString('utf8');
  const { text, isCut, memberCount } = withinDepth(whole);
  if (isCut && !isTolerant) throw new MalformedBody(`The body may nest at most ${DEPTH_MAX} deep.`);
  if (memberCount > MEMBERS_MAX) throw new MalformedBody(`The body may have at most ${MEMBERS_MAX} members.`);
  // Only an escape can spell what is refused here, or a key that does not look like itself.
  const hasEscapes = text.includes('\\u');
  const body = parse(text, hasEscapes || text.includes('__proto__'));
  if (hasEscapes && !isTolerant) checkTexts(body);
  return body;
}

function parse(text: string, mayHoldPrototype: boolean): unknown {
  try {
    return JSON.parse(text, mayHoldPrototype ? refusePrototype : undefined);
  } catch (error) {
    throw error instanceof MalformedBody ? error : new MalformedBody('The body is not valid JSON.', { cause: error });
  }
}

/** `__proto__` as a key becomes an object's prototype as soon as somebody copies the object. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new MalformedBody('The key "__proto__" is not accepted.');
  return value;
}

/** The text with every value beyond the greatest depth cut out. What is no JSON stays none. */
function withinDepth(text: string): { readonly text: string; readonly isCut: boolean; readonly memberCount: number } {
  let [depth, cutFrom, keptFrom, memberCount] = [0, -1, 0, 0];
  const kept: string[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) index = endOfString(text, index);
    else if (unit === COLON) memberCount += 1;
    else if (unit === OPEN_LIST || unit === OPEN_OBJECT) {
      depth += 1;
      if (depth === DEPTH_MAX + 1) cutFrom = index;
    } else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) {
      depth -= 1;
      if (depth !== DEPTH_MAX || cutFrom < 0) continue;
      kept.push(text.slice(keptFrom, cutFrom), '"…"');
      [keptFrom, cutFrom] = [index + 1, -1];
    }
  }
  return { text: kept.join('') + text.slice(keptFrom), isCut: kept.length > 0 || cutFrom >= 0, memberCount };
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE) index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  return index;
}

function checkTexts(body: unknown): void {
  if (isStorableThroughout(body)) return;
  const at = Object.entries(fieldsOf(body)).find(([name, item]) => isStorable(name) && !isStorableThroughout(item));
  throw new InvalidFields({
    [at?.[0] ?? 'body']: ['Text must not contain NUL characters or halves of a surrogate pair.'],
  });
}

/** Calls itself as deep as the body goes, which has its bound. */
function isStorableThroughout(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorableThroughout(item));
}
