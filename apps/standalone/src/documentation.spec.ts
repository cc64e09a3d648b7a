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
});
