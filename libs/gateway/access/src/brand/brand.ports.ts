import type { MerchantKey } from '../access.ports.js';

export const brandLanguages = ['en', 'bn', 'pt'] as const;
export type BrandLanguage = (typeof brandLanguages)[number];

/** A picture that was checked: what its bytes say of it, not what its sender said. */
export interface LogoImage {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

/** Where a logo is found, and how large it is; its bytes are asked for by its name. */
export interface LogoView extends Pick<LogoImage, 'type' | 'width' | 'height'> {
  /** Made of its content, so that whoever has it may keep it for ever: `3f2a….png`. */
  readonly name: string;
}

/** How a shop shows itself to its customers in one mode; `null` is what was not said. */
export interface Brand {
  readonly logo: LogoView | null;
  /** `#c2185b`, as it was sent; `paletteOf` makes colours of it that can be read. */
  readonly colour: string | null;
  readonly supportPhone: string | null;
  /** With its country code: `+8801712345678`. */
  readonly whatsapp: string | null;
  readonly supportEmail: string | null;
  /** The name that a wallet's app shows for the shop's account. */
  readonly accountHolder: string | null;
  readonly defaultLanguage: BrandLanguage | null;
}

/** What is absent stays as it is. */
export type BrandChanges = Partial<Omit<Brand, 'logo'>> & { readonly logo?: LogoImage | null };

export interface Brands {
  find(key: MerchantKey): Promise<Brand>;
  /** As it was at most two seconds ago. */
  findLately(key: MerchantKey): Promise<Brand>;
  change(key: MerchantKey, changes: BrandChanges): Promise<Brand>;
  /** `null` for a name that no shop's logo has now. */
  logo(name: string): Promise<{ readonly type: string; readonly bytes: Buffer } | null>;
}

export const BRANDS = Symbol('Brands');

/** Who has said nothing. */
export const plainBrand: Brand = {
  logo: null,
  colour: null,
  supportPhone: null,
  whatsapp: null,
  supportEmail: null,
  accountHolder: null,
  defaultLanguage: null,
};
