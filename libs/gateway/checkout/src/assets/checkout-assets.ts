import { asset, kinds, type Asset } from './asset.js';
import { brandAsset } from './brand-asset.js';
import { cardStyles } from './card.css.js';
import { pageStyles } from './page.css.js';
import { checkoutScript } from './checkout-script.js';

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" ' +
  'fill="#0b6b50"/><path d="m9 16.5 5 5L23.5 11" fill="none" stroke="#fff" stroke-width="3.5" ' +
  'stroke-linecap="round" stroke-linejoin="round"/></svg>';

export const assets = {
  css: asset('checkout', kinds.css, pageStyles + cardStyles),
  script: asset('checkout', kinds.script, checkoutScript),
  icon: asset('checkout', kinds.icon, icon),
} as const;

/**
 * The asset of that name. While a new version is rolled out, a page of one instance may ask another for its assets: any
 * hash of a known kind gets the present content, which then must not be kept.
 */
export function findAsset(name: string): { readonly asset: Asset; readonly isExact: boolean } | null {
  const colour = /^brand-([0-9a-f]{6})\.[0-9a-f]{12}\.css$/.exec(name)?.[1];
  if (colour !== undefined) {
    const found = brandAsset(`#${colour}`);
    return { asset: found, isExact: found.name === name };
  }
  const extension = /^checkout\.[0-9a-f]{12}\.(css|js|svg)$/.exec(name)?.[1];
  const found = Object.values(assets).find(
    (candidate) => extension !== undefined && candidate.name.endsWith(`.${extension}`),
  );
  return found === undefined ? null : { asset: found, isExact: found.name === name };
}
