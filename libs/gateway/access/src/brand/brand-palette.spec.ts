import fc from 'fast-check';
import { contrastOf, paletteOf, type BrandShades } from './brand-palette.js';

const colours = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

/** Words, and what they stand on. */
const pairs = (shades: BrandShades, grounds: readonly string[]): readonly (readonly [string, string])[] => [
  [shades.onBrand, shades.brand],
  [shades.onBrand, shades.brandStrong],
  [shades.onSlip, shades.slipFrom],
  [shades.onSlip, shades.slipTo],
  [shades.onSlipSoft, shades.slipFrom],
  [shades.onSlipSoft, shades.slipTo],
  ...[shades.brandSoft, ...grounds].map((ground) => [shades.brandInk, ground] as const),
];

describe('a shop’s colour', () => {
  it('is made into colours whose words can be read, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(colours, fc.constantFrom('#000000', '#ffffff', '#ffee00', '#777777')), (colour) => {
        const { light, dark } = paletteOf(colour);
        for (const [words, ground] of [
          ...pairs(light, ['#ffffff', '#f3f5f1', '#f4f6f3']),
          ...pairs(dark, ['#151f1d', '#0d1413', '#1b2725']),
        ])
          expect({ colour, words, ground, isReadable: contrastOf(words, ground) >= 4.5 }).toMatchObject({
            isReadable: true,
          });
      }),
    );
  });

  it('stays what it is on a button where it can', () => {
    expect(paletteOf('#c2185b').light).toMatchObject({ brand: '#c2185b', onBrand: '#ffffff' });
    expect(paletteOf('#ffd400').light).toMatchObject({ brand: '#ffd400', onBrand: '#000000' });
  });
});
