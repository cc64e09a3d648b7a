import { ComposeError } from './compose-error.js';

/**
 * `NAME=value` lines of an `.env` file, read as docker compose reads them: 'single quotes' hold a value as it is,
 * "double quotes" one with `\\"` and `\\\\`, and without quotes a value ends before ` #`.
 */
export function readEnvFile(text: string): Readonly<Record<string, string>> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      if (at < 1) throw new ComposeError(`not a NAME=value line: ${line}`);
      const name = line.slice(0, at).trim();
      return [name, valueOf(name, line.slice(at + 1).trim())];
    }),
  );
}

function valueOf(name: string, written: string): string {
  const quoted = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)")(?:\s+#.*)?$/.exec(written);
  if (quoted) return quoted[1] ?? quoted[2]!.replace(/\\(.)/g, '$1');
  if (/^['"]/.test(written)) throw new ComposeError(`the value of ${name} begins with a quote that does not end`);
  const value = written.replace(/(^|\s+)#.*$/, '');
  // Compose would put the value of another variable there.
  if (value.includes('$')) throw new ComposeError(`the value of ${name} holds a $: put it into 'single quotes'`);
  return value;
}
