import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { Problem } from '@paymatch/gateway-edge';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_DOCUMENTS, type ApiDocument } from './api-documents.js';
import { loadAssets, type AssetEncoding, type DocsAssets } from './docs-assets.js';

/**
 * The one style that Swagger UI of this version has in its markup; its hash is all that is allowed beyond our own
 * files.
 */
const MARKUP_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'unsafe-hashes' ${MARKUP_STYLE}`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** For developers: the APIs' documents, readable. */
@Controller('docs')
export class DocsPageController {
  private assets: Promise<DocsAssets> | undefined;

  constructor(@Inject(API_DOCUMENTS) private readonly documents: readonly ApiDocument[]) {}

  @Get()
  async page(@Res() reply: FastifyReply): Promise<void> {
    const { style, bundle, preset, page } = await this.load();
    const urls = this.documents.map(({ name, title }) => ({ name: title, url: `openapi/${name}.json` }));
    // Every address stands below the page's own, so that a proxy may serve the gateway under a path.
    const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Paymatch: API reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/assets/${style.name}">
<div id="swagger-ui" data-documents="${attribute(JSON.stringify(urls))}"></div>
${[bundle, preset, page].map(({ name }) => `<script src="docs/assets/${name}"></script>`).join('\n')}
</html>
`;
    void reply.headers(securityHeaders).type('text/html; charset=utf-8').send(html);
  }

  @Get('assets/:name')
  async asset(@Req() request: FastifyRequest<{ Params: { name: string } }>, @Res() reply: FastifyReply): Promise<void> {
    const asset = Object.values(await this.load()).find(({ name }) => name === request.params.name);
    if (asset === undefined) throw new Problem(404, 'not-found', { detail: 'There is no such file.' });
    const encoding = acceptedEncoding(request.headers['accept-encoding']);
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    void reply
      .headers(securityHeaders)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.type)
      .send(asset.forms[encoding]);
  }

  /** The promise is kept, so that a thousand who come together wait for one reading. */
  private load(): Promise<DocsAssets> {
    this.assets ??= loadAssets().catch((error: unknown) => {
      this.assets = undefined;
      throw error;
    });
    return this.assets;
  }
}

function acceptedEncoding(header: string | string[] | undefined): AssetEncoding {
  const accepted = String(header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';', 1)[0]);
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding)) ?? 'identity';
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
