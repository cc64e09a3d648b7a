import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openScreens, operatorScreens, placed, shopScreens } from './console-screens.js';

const sources = path.join(__dirname, '../../apps/console-web/src');
const read = (file: string): string => readFileSync(path.join(sources, file), 'utf8');
const SHOP = 'm/$merchant/$mode';

interface Route {
  readonly path: string;
  /** What it shows, below the console's sources. */
  readonly file: string;
}

/** The routes that show a screen: others lead on to one of them, or are the frame around some. */
function routes(): readonly Route[] {
  return [...read('router.tsx').matchAll(/= createRoute\(\{\n([\s\S]*?)\n\}\);/g)].flatMap(([, made = '']) => {
    const [, parent] = /getParentRoute: \(\) => (\w+)/.exec(made) ?? [];
    const [, own] = /path: '([^']+)'/.exec(made) ?? [];
    const [, file] = /import\('\.\/(screens\/[\w-]+)'\)/.exec(made) ?? [];
    if (own === undefined || file === undefined) return [];
    return [{ path: parent === 'shop' ? `${SHOP}/${own}` : own, file: `${file}.tsx` }];
  });
}

/** The tabs of a screen, but for the one that is shown first. */
function tabsOf({ path: address, file }: Route): readonly string[] {
  const source = read(file);
  const [, first] = /\{ tab = '([\w-]+)' \}/.exec(source) ?? [];
  return [...source.matchAll(/<Tabs\.Tab value="([\w-]+)"/g)]
    .map(([, tab]) => tab)
    .filter((tab) => tab !== first)
    .map((tab) => `${address}?tab=${tab}`);
}

describe('the list of the console’s screens', () => {
  it('has every screen and tab that the router leads to, and no other', () => {
    const found = routes().flatMap((route) => [route.path, ...tabsOf(route)]);
    expect(found.length).toBeGreaterThan(40);
    const listed = [
      ...shopScreens.map((screen) => `${SHOP}/${screen}`),
      ...[...operatorScreens, ...openScreens].map((screen) => screen.replace(/#.*/, '')),
    ];
    expect(listed.sort()).toEqual([...found].sort());
  });

  it('leads to a sample of what a screen shows one of', () => {
    expect(placed('customers/$customer', { customer: 'c1' })).toBe('customers/c1');
    expect(() => placed('customers/$customer', {})).toThrow('needs a customer');
  });
});
