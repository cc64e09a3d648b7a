import { createHash } from 'node:crypto';
import { RecentAnswers } from '@paymatch/gateway-edge';
import type { Database } from '@paymatch/platform-postgres';
import type { MerchantKey } from '../access.ports.js';
import {
  plainBrand,
  type Brand,
  type BrandChanges,
  type Brands,
  type LogoImage,
  type LogoView,
} from './brand.ports.js';

const TEXT_COLUMNS = {
  colour: 'colour',
  supportPhone: 'support_phone',
  whatsapp: 'whatsapp',
  supportEmail: 'support_email',
  accountHolder: 'account_holder',
  defaultLanguage: 'default_language',
} as const satisfies Readonly<Record<keyof Omit<Brand, 'logo'>, string>>;
const TEXTS = Object.keys(TEXT_COLUMNS) as readonly (keyof typeof TEXT_COLUMNS)[];

const EXTENSIONS: Readonly<Record<LogoImage['type'], string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

interface BrandRow {
  readonly colour: string | null;
  readonly support_phone: string | null;
  readonly whatsapp: string | null;
  readonly support_email: string | null;
  readonly account_holder: string | null;
  readonly default_language: Brand['defaultLanguage'];
  readonly logo_name: string | null;
  readonly logo_type: LogoView['type'];
  readonly logo_width: number;
  readonly logo_height: number;
}

const LATELY_MS = 2_000;

export class BrandsStore implements Brands {
  private readonly recent = new RecentAnswers<Brand>({ keptMs: LATELY_MS });

  constructor(private readonly database: Database) {}

  async find({ merchantId, livemode }: MerchantKey): Promise<Brand> {
    const {
      rows: [row],
    } = await this.database.query<BrandRow>({
      name: 'brands-find',
      text: `SELECT colour, support_phone, whatsapp, support_email, account_holder, default_language,
                    logo_name, logo_type, logo_width, logo_height
             FROM gateway.brands WHERE merchant_id = $1 AND livemode = $2`,
      values: [merchantId, livemode],
    });
    return row === undefined ? plainBrand : toBrand(row);
  }

  findLately(key: MerchantKey): Promise<Brand> {
    return this.recent.get(`${key.merchantId} ${key.livemode}`, () => this.find(key));
  }

  async change(key: MerchantKey, changes: BrandChanges): Promise<Brand> {
    const columns: [column: string, value: unknown][] = TEXTS.filter((name) => changes[name] !== undefined).map(
      (name) => [TEXT_COLUMNS[name], changes[name]],
    );
    if (changes.logo !== undefined) columns.push(...logoColumns(changes.logo));
    if (columns.length > 0)
      await this.database.query(
        `INSERT INTO gateway.brands (merchant_id, livemode, ${columns.map(([column]) => column).join(', ')})
         VALUES ($1, $2, ${columns.map((_, index) => `$${index + 3}`).join(', ')})
         ON CONFLICT (merchant_id, livemode)
         DO UPDATE SET ${columns.map(([column]) => `${column} = excluded.${column}`).join(', ')}`,
        [key.merchantId, key.livemode, ...columns.map(([, value]) => value)],
      );
    this.recent.forgetAll();
    return this.find(key);
  }

  async logo(name: string): Promise<{ readonly type: string; readonly bytes: Buffer } | null> {
    const {
      rows: [row],
    } = await this.database.query<{ readonly type: string; readonly bytes: Buffer }>({
      name: 'brands-logo',
      // Several shops may show the same picture.
      text: `SELECT logo_type AS type, logo_bytes AS bytes FROM gateway.brands WHERE logo_name = $1 LIMIT 1`,
      values: [name],
    });
    return row ?? null;
  }
}

/** A name made of the content says nothing of whose it is, and changes with it. */
export function logoName({ type, bytes }: Pick<LogoImage, 'type' | 'bytes'>): string {
  return `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.${EXTENSIONS[type]}`;
}

function logoColumns(logo: LogoImage | null): readonly [column: string, value: unknown][] {
  return [
    ['logo_name', logo === null ? null : logoName(logo)],
    ['logo_type', logo?.type ?? null],
    ['logo_width', logo?.width ?? null],
    ['logo_height', logo?.height ?? null],
    ['logo_bytes', logo?.bytes ?? null],
  ];
}

function toBrand(row: BrandRow): Brand {
  const { logo_name: name, logo_type: type, logo_width: width, logo_height: height } = row;
  return {
    logo: name === null ? null : { name, type, width, height },
    colour: row.colour,
    supportPhone: row.support_phone,
    whatsapp: row.whatsapp,
    supportEmail: row.support_email,
    accountHolder: row.account_holder,
    defaultLanguage: row.default_language,
  };
}
