import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface Asset {
  /** With a hash of its content, so that browsers may keep it for ever. */
  readonly name: string;
  readonly type: string;
  /** Every form it is sent in, made once: the files are large, and nobody has to show who they are to ask for them. */
  readonly forms: Readonly<Record<AssetEncoding, Buffer>>;
}
export type AssetEncoding = 'identity' | 'gzip' | 'br';

/** Fills the page from its own data. A script of its own: the page's policy lets none stand in the page. */
const pageScript = `
const page = document.getElementById('swagger-ui');
const ownName = ({ React }) => ({ components: { Logo: () => React.createElement('span', null, 'Paymatch API') } });
window.ui = SwaggerUIBundle({
  domNode: page,
  urls: JSON.parse(page.dataset.documents),
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  plugins: [ownName],
  layout: 'StandaloneLayout',
  deepLinking: true,
  validatorUrl: 'none',
});
`;

const BROTLI_QUALITY = 9;
const script = 'text/javascript; charset=utf-8';

const sources = {
  style: {
    name: 'swagger-ui',
    extension: 'css',
    type: 'text/css; charset=utf-8',
    read: () => fromPackage('swagger-ui.css'),
  },
  bundle: { name: 'swagger-ui-bundle', extension: 'js', type: script, read: () => fromPackage('swagger-ui-bundle.js') },
  preset: {
    name: 'swagger-ui-preset',
    extension: 'js',
    type: script,
    read: () => fromPackage('swagger-ui-standalone-preset.js'),
  },
  page: { name: 'docs', extension: 'js', type: script, read: () => Promise.resolve(Buffer.from(pageScript)) },
} as const;
type AssetKind = keyof typeof sources;
export type DocsAssets = Readonly<Record<AssetKind, Asset>>;

/** Reads and compresses all of them; a second of work, done when the page is first asked for. */
export async function loadAssets(): Promise<DocsAssets> {
  const loaded = await Promise.all(
    Object.entries(sources).map(async ([kind, { name, extension, type, read }]) => {
      const identity = await read();
      const hash = createHash('sha256').update(identity).digest('hex').slice(0, 12);
      const br = await promisify(brotliCompress)(identity, {
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
      });
      const forms = { identity, br, gzip: await promisify(gzip)(identity) };
      return [kind, { name: `${name}.${hash}.${extension}`, type, forms }] as const;
    }),
  );
  return Object.fromEntries(loaded) as unknown as DocsAssets;
}

/**
 * From the package that is installed, so that nothing comes from elsewhere. Its map would be asked for at an address
 * that is not served.
 */
async function fromPackage(file: string): Promise<Buffer> {
  const text = await readFile(require.resolve(`swagger-ui-dist/${file}`), 'utf8');
  return Buffer.from(text.replace(/\n?(?:\/\/|\/\*)# sourceMappingURL=\S+(?: ?\*\/)?\s*$/, '\n'));
}
