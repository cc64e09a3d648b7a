/**
 * Longest repetition a pattern may ask for, and how much choice all long repetitions of one pattern may leave together.
 */
const REPEAT_MAX = 200;
const CHOICE_MAX = 120_000;
const LONG_REPEAT = 16;

interface Scan {
  readonly source: string;
  position: number;
  depth: number;
  /** Product of the widths of all long variable repetitions: a bound on what backtracking can cost. */
  choice: number;
  readonly faults: string[];
}

/**
 * What is wrong with a template's expression: it must be anchored at both ends, every repetition bounded, nothing that
 * varies repeated inside a repetition, no look-around, no back reference, no wildcard that crosses lines. What is left
 * runs in time linear in the length of the text times a constant. Empty = nothing wrong.
 */
export function lintPattern(source: string): readonly string[] {
  const scan: Scan = { source, position: 0, depth: 0, choice: 1, faults: [] };
  if (!source.startsWith('^')) scan.faults.push('not anchored at its start');
  if (!/(?<!\\)\$$/.test(source)) scan.faults.push('not anchored at its end');
  scanSequence(scan);
  if (scan.position < source.length) scan.faults.push('unbalanced )');
  if (scan.choice > CHOICE_MAX) scan.faults.push(`long repetitions leave ${scan.choice} ways to backtrack`);
  return scan.faults;
}

/** Scans to the group's end; tells whether anything inside has variable length. */
function scanSequence(scan: Scan): boolean {
  let varies = false;
  while (scan.position < scan.source.length && scan.source[scan.position] !== ')') {
    const letter = scan.source[scan.position] as string;
    if (letter === '|') {
      if (scan.depth === 0) scan.faults.push('alternatives outside a group escape the anchors');
      scan.position += 1;
      varies = true;
      continue;
    }
    const start = scan.position;
    const inside = scanAtom(scan, letter);
    const atom = scan.source.slice(start, scan.position);
    const repeat = scanQuantifier(scan);
    if (inside && repeat.max > 1) scan.faults.push('a repetition of something that varies');
    if (repeat.max - repeat.min >= LONG_REPEAT && !endsWithItsLine(scan, atom))
      scan.choice *= repeat.max - repeat.min + 1;
    varies = varies || inside || repeat.max !== repeat.min;
  }
  return varies;
}

/** Whatever is not a line end, up to the line's end: there is one way only to match that. */
function endsWithItsLine(scan: Scan, atom: string): boolean {
  const next = scan.source.slice(scan.position, scan.position + 20).replace(/^(?:\)\??|\(\?:){1,4}/, '');
  return atom === '[^\\n]' && (next.startsWith('\\n') || next.startsWith('$'));
}

/** One character, class or group; tells whether it can match texts of several lengths. */
function scanAtom(scan: Scan, letter: string): boolean {
  scan.position += 1;
  if (letter === '(') return scanGroup(scan);
  if (letter === '[') {
    scanClass(scan);
    return false;
  }
  if (letter === '.') scan.faults.push('a bare dot');
  if (letter === '*' || letter === '+') scan.faults.push(`an unbounded ${letter}`);
  if (letter === '\\') scanEscape(scan);
  return false;
}

function scanEscape(scan: Scan): void {
  const escaped = scan.source[scan.position] ?? '';
  if (/[A-Za-mo-z0-9]/.test(escaped)) scan.faults.push(`the escape \\${escaped}`);
  scan.position += 1;
}

function scanClass(scan: Scan): void {
  while (scan.position < scan.source.length && scan.source[scan.position] !== ']') {
    const letter = scan.source[scan.position];
    scan.position += 1;
    if (letter === '\\') scanEscape(scan);
  }
  scan.position += 1;
}

function scanGroup(scan: Scan): boolean {
  const head =
    /^\?(?::|<[a-z_]{1,20}>|[^)]{0,2})/.exec(scan.source.slice(scan.position, scan.position + 30))?.[0] ?? '';
  if (head !== '?:' && !head.endsWith('>'))
    scan.faults.push(head === '' ? 'a group without a name' : `the group (${head}`);
  scan.position += head.length;
  scan.depth += 1;
  const varies = scanSequence(scan);
  scan.depth -= 1;
  if (scan.source[scan.position] !== ')') scan.faults.push('unbalanced (');
  scan.position += 1;
  return varies;
}

function scanQuantifier(scan: Scan): { readonly min: number; readonly max: number } {
  const found = /^(?:\?|\*|\+|\{([0-9]+)(,([0-9]*))?\})\??/.exec(scan.source.slice(scan.position, scan.position + 16));
  if (!found) return { min: 1, max: 1 };
  scan.position += found[0].length;
  if (found[0].startsWith('?')) return { min: 0, max: 1 };
  const min = Number(found[1] ?? 0);
  const max = found[2] === undefined ? min : Number(found[3] ?? '');
  const unbounded = found[1] === undefined || (found[2] !== undefined && found[3] === '');
  if (unbounded || max > REPEAT_MAX) scan.faults.push(`the unbounded repetition ${found[0]}`);
  return { min, max: unbounded ? REPEAT_MAX : max };
}
