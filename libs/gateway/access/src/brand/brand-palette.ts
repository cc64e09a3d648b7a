/** The colours of a page in light or in dark, all `#rrggbb`. */
export interface BrandShades {
  /** Of the button, and of the words on it. */
  readonly brand: string;
  readonly brandStrong: string;
  readonly onBrand: string;
  /** A tint to stand behind things, and the colour of words and marks on it and on the page. */
  readonly brandSoft: string;
  readonly brandInk: string;
  /** Of the slip with the amount, from corner to corner, and of the words on it. */
  readonly slipFrom: string;
  readonly slipTo: string;
  readonly onSlip: string;
  readonly onSlipSoft: string;
}

export interface BrandPalette {
  readonly light: BrandShades;
  readonly dark: BrandShades;
}

type Rgb = readonly [red: number, green: number, blue: number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** What the checkout's words stand on, apart from the brand's own colours (see its page.css). */
const LIGHT_GROUNDS: readonly Rgb[] = [WHITE, [243, 245, 241], [244, 246, 243]];
const DARK_GROUNDS: readonly Rgb[] = [
  [21, 31, 29],
  [13, 20, 19],
  [27, 39, 37],
];
/** WCAG 2.2, 1.4.3, with a little to spare for rounding. */
const READABLE = 4.6;
/** A slip has a bright corner, and its words must be read there as well. */
const READABLE_ON_SLIP = 7.5;
/** Lighter than this, a colour would turn to mud if white words had to be read on it: it gets black ones. */
const CARRIES_WHITE = 2.8;

/**
 * A shop's colour made into ones that can be read, whatever it is: each pair of words and ground has at least 4.5 to 1.
 */
export function paletteOf(colour: string): BrandPalette {
  const base = parse(colour);
  const slip = toward(base, BLACK, (shade) => contrast(shade, WHITE) >= READABLE_ON_SLIP);
  const onSlipSoft = hex(toward(mix(WHITE, slip, 0.25), WHITE, (shade) => contrast(shade, slip) >= 5.5));
  const slipShades = { slipFrom: hex(slip), slipTo: hex(mix(slip, BLACK, 0.35)), onSlip: hex(WHITE), onSlipSoft };
  return { light: { ...lightShades(base), ...slipShades }, dark: { ...darkShades(base), ...slipShades } };
}

type ButtonShades = Omit<BrandShades, 'slipFrom' | 'slipTo' | 'onSlip' | 'onSlipSoft'>;

function lightShades(base: Rgb): ButtonShades {
  const carriesWhite = contrast(base, WHITE) >= CARRIES_WHITE;
  const button = carriesWhite ? toward(base, BLACK, (shade) => contrast(shade, WHITE) >= READABLE) : base;
  const soft = mix(base, WHITE, 0.88);
  return {
    brand: hex(button),
    brandStrong: hex(carriesWhite ? mix(button, BLACK, 0.2) : mix(button, WHITE, 0.25)),
    onBrand: hex(carriesWhite ? WHITE : BLACK),
    brandSoft: hex(soft),
    brandInk: hex(toward(base, BLACK, (shade) => isReadableOn(shade, [soft, ...LIGHT_GROUNDS]))),
  };
}

function darkShades(base: Rgb): ButtonShades {
  const soft = mix(base, DARK_GROUNDS[0]!, 0.8);
  const ink = toward(base, WHITE, (shade) => isReadableOn(shade, [soft, ...DARK_GROUNDS]));
  return {
    brand: hex(ink),
    brandStrong: hex(mix(ink, WHITE, 0.25)),
    onBrand: hex(BLACK),
    brandSoft: hex(soft),
    brandInk: hex(ink),
  };
}

function isReadableOn(words: Rgb, grounds: readonly Rgb[]): boolean {
  return grounds.every((ground) => contrast(words, ground) >= READABLE);
}

/** The colour nearest to `from` on the way to `to` that will do; `to` itself always does. */
function toward(from: Rgb, to: Rgb, isEnough: (shade: Rgb) => boolean): Rgb {
  for (let step = 0; step < 50; step += 1) {
    const shade = mix(from, to, step / 50);
    if (isEnough(shade)) return shade;
  }
  return to;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2): number => Math.round(from[index] + (to[index] - from[index]) * share);
  return [channel(0), channel(1), channel(2)];
}

function contrast(one: Rgb, other: Rgb): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((left, right) => right - left) as [number, number];
  return (brighter + 0.05) / (darker + 0.05);
}

/** How far apart two colours `#rrggbb` are (WCAG 2.2, contrast ratio): 1 to 21. */
export function contrastOf(one: string, other: string): number {
  return contrast(parse(one), parse(other));
}

function luminance(colour: Rgb): number {
  const linear = (channel: number): number => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

function parse(colour: string): Rgb {
  if (!/^#[0-9a-f]{6}$/.test(colour)) throw new Error(`${colour} is no colour`);
  const channel = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

function hex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
