import { paletteOf, type BrandShades } from '@paymatch/gateway-access';
import { asset, kinds, type Asset } from './asset.js';

/**
 * A shop's colour as a file of its own: the content security policy forbids styles in the page, and the colour is all
 * that is needed to make it.
 */
export function brandAsset(colour: string): Asset {
  const { light, dark } = paletteOf(colour);
  const body = `:root{${declarations(light)}}@media (prefers-color-scheme:dark){:root{${declarations(dark)}}}`;
  return asset(`brand-${colour.slice(1)}`, kinds.css, body);
}

function declarations(shades: BrandShades): string {
  return Object.entries(shades)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value}`)
    .join(';');
}
