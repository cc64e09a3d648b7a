import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');
const index = 'docs/README.md';
const pagesBelow = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join(folder, file.replaceAll('\\', '/')));
const topLevel = readdirSync(root).filter((file) => file.endsWith('.md'));
const pages = [...topLevel, 'libs/sdk/README.md', ...pagesBelow('docs'), ...pagesBelow('bench')].filter(
  (page) => !page.includes('node_modules'),
);

const read = (page: string): string => readFileSync(path.join(root, page), 'utf8');
/** Links of the text; what stands in a block of code is no link. */
const linksOf = (page: string): readonly string[] =>
  [
    ...read(page)
      .replaceAll(/^```[\s\S]*?^```$/gm, '')
      .matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g),
  ].map(([, link]) => link!);
const isRelative = (link: string): boolean => !/^[a-z]+:/.test(link);
const target = (page: string, link: string): string =>
  path.posix.normalize(path.posix.join(path.posix.dirname(page), link.split('#', 1)[0]!));

/** As the readers of Markdown spell a heading's address. */
const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set(
    [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

function isBroken(page: string, link: string): boolean {
  const file = link.startsWith('#') ? page : target(page, link);
  if (!existsSync(path.join(root, file))) return true;
  const anchor = link.split('#')[1];
  return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor);
}

const filesBelow = (folder: string, ending: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !/node_modules|dist/.test(file))
    .map((file) => path.join(folder, file));
const namesIn = (files: readonly string[], pattern: RegExp): ReadonlySet<string> =>
  new Set(files.flatMap((file) => [...read(file).matchAll(pattern)].map(([, name]) => name!)));

/** Whatever the programs, the compose files and the client read; what may also be a file ends with `_FILE`. */
const settings = namesIn(
  [
    ...[
      'docs/reference/settings.md',
      'docker-compose.yml',
      'docker-compose.domain.yml',
      '.env.example',
      'libs/sdk/README.md',
    ],
    ...filesBelow('apps/listen/src', '.ts'),
    'libs/webhook-dispatch/feature/src/webhook-storm.int.spec.ts',
  ],
  /\b(PAYMATCH_[A-Z_]*[A-Z])\b/g,
);
const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
const commands = namesIn(filesBelow('apps/ops/src', '.ts'), /^ {2}name: '([\w-]+)',$/gm);
/** `{id}` stands for one part of an address; a page may write the parts that it speaks of. */
const routes: readonly RegExp[] = filesBelow('docs/reference/openapi', '.json').flatMap((file) =>
  Object.entries((JSON.parse(read(file)) as { readonly paths: Record<string, object> }).paths).flatMap(
    ([address, methods]) =>
      Object.keys(methods).map(
        (method) => new RegExp(`^${method.toUpperCase()} ${address.replaceAll(/\{[^}]*\}/g, '[^/]+')}$`),
      ),
  ),
);

describe('the documentation', () => {
  it('has every page in its index; decisions by their folder', () => {
    const linked = new Set(linksOf(index).map((link) => target(index, link)));
    const missing = pagesBelow('docs').filter((page) => page !== index && !linked.has(page));
    expect(missing.filter((page) => !page.startsWith('docs/adr/'))).toEqual([]);
    expect(linked.has('docs/adr/')).toBe(true);
  });

  it.each(pages)('sends nobody to what is not there: %s', (page) => {
    expect(linksOf(page).filter((link) => isRelative(link) && isBroken(page, link))).toEqual([]);
  });

  it.each(pages)('names no setting, script or command that there is not: %s', (page) => {
    const text = page === 'CHANGELOG.md' ? '' : read(page);
    const namesOf = (pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, name]) => name!);
    const unknown = [
      ...namesOf(/\b(PAYMATCH_[A-Z_]*[A-Z])\b(?!…)/g).filter(
        (name) => !settings.has(name.replace(/_FILE$/, '')) && !settings.has(name),
      ),
      ...namesOf(/\bnpm run (?:-s |--silent )?([a-z]+)/g).filter((name) => !(name in scripts)),
      ...namesOf(/\bnpm run (?:-s |--silent )?ops -- ([a-z][\w-]*)/g).filter((name) => !commands.has(name)),
    ];
    expect(unknown).toEqual([]);
  });

  it.each(pages)('names no route that there is not: %s', (page) => {
    const named = [
      ...read(page).matchAll(
        /`(GET|POST|PUT|PATCH|DELETE) (\/api\/[\w/{}-]*[\w}]|[a-z][\w-]*(?:\/[\w{}-]+)*)(?=[`?\s])/g,
      ),
    ].map(([, method, address]) => `${method!} ${address!.startsWith('/') ? '' : '/api/panel/v1/'}${address!}`);
    expect(named.filter((route) => !routes.some((pattern) => pattern.test(route)))).toEqual([]);
  });
});
