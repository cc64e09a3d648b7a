// `npm run build:console`, and part of every build: the web console, made anew only when something of it has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'apps/console-web');
const stamp = path.join(folder, 'dist/web/.built-from');

/** Everything that the result depends on, by content: a fresh checkout has new times and old content. */
function sourcesHash() {
  const hash = createHash('sha256');
  const files = [
    ...['index.html', 'package.json', 'vite.config.mts'],
    ...readdirSync(path.join(folder, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))),
  ];
  for (const name of files.sort()) hash.update(`${name}\0`).update(readFileSync(path.join(folder, name)));
  return hash.digest('hex');
}

export async function buildConsole() {
  const hash = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const { build } = await import('vite');
  await build({ root: folder, configFile: path.join(folder, 'vite.config.mts'), logLevel: 'warn' });
  writeFileSync(stamp, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole();
