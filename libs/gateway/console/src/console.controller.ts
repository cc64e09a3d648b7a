import { randomBytes } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { Problem } from '@paymatch/gateway-edge';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONSOLE_FILES, type ConsoleAsset, type ConsoleFiles, type Encoding } from './console-files.js';

/** Scripts are our files; what the component library writes as style while it runs carries the answer's nonce. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const securityHeaders: Readonly<Record<string, string>> = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Paymatch: the console is not built</title>
<h1>The console is not built</h1>
<p>The gateway runs, and its APIs answer. The console's files are missing: run <code>npm run build:console</code>
in the project's folder, then load this page again.</p>
</html>
`;

/** The console: one page for all of its addresses, and files that are kept for ever since their names change. */
@Controller('console')
export class ConsoleController {
  constructor(@Inject(CONSOLE_FILES) private readonly files: ConsoleFiles) {}

  @Get('assets/:name')
  async asset(@Req() request: FastifyRequest<{ Params: { name: string } }>, @Res() reply: FastifyReply): Promise<void> {
    const asset = (await this.files.load())?.assets.get(request.params.name);
    if (asset === undefined) throw new Problem(404, 'not-found', { detail: 'There is no such file.' });
    const encoding = acceptedEncoding(asset, request.headers['accept-encoding']);
    if (encoding !== null) reply.header('content-encoding', encoding);
    void reply
      .headers(securityHeaders)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.type)
      .send(encoding === null ? asset.identity : asset.forms[encoding]);
  }

  @Get(['', '*'])
  async page(@Res() reply: FastifyReply): Promise<void> {
    const built = await this.files.load();
    const nonce = randomBytes(16).toString('base64');
    void reply
      .status(built === null ? 503 : 200)
      .headers({ ...securityHeaders, 'content-security-policy': policy(nonce) })
      .type('text/html; charset=utf-8')
      .send(built === null ? notBuilt : built.page.replaceAll('__NONCE__', nonce));
  }
}

function acceptedEncoding(asset: ConsoleAsset, header: string | string[] | undefined): Encoding | null {
  const accepted = String(header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';', 1)[0]);
  return (
    (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding) && asset.forms[encoding] !== undefined) ??
    null
  );
}
