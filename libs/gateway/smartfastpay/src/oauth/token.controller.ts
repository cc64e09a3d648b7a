import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress, CredentialThrottle, fieldsOf } from '@paymatch/gateway-edge';
import { sendBody } from '../smartfastpay.face.js';
import { TokenRefused } from '../smartfastpay.error.js';
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './access-token.js';
import { OAUTH_CLIENTS, type OAuthClient, type OAuthClients } from '@paymatch/gateway-access';
import { CLOCK, type Clock } from '@paymatch/platform-observability';

export const ACCESS_TOKENS = Symbol('AccessTokens');

const BASIC = /^Basic +([A-Za-z0-9+/_-]{1,400}={0,2}) *$/i;

/** Contract B: `POST /oauth2/token`, client credentials (RFC 6749, section 4.4). */
@Controller('oauth2')
export class TokenController {
  private readonly throttle = new CredentialThrottle();

  constructor(
    @Inject(OAUTH_CLIENTS) private readonly clients: OAuthClients,
    @Inject(ACCESS_TOKENS) private readonly tokens: AccessTokens,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('token')
  async issue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const credentials = basicCredentials(request.headers.authorization);
    const client = credentials === null ? null : await this.verify(request, credentials);
    if (client === null)
      throw new TokenRefused(
        401,
        'invalid_client',
        'Send a valid client_id and client_secret as HTTP Basic credentials.',
      );
    const { grant_type: grantType } = fieldsOf(request.body);
    if (grantType !== undefined && grantType !== 'client_credentials')
      throw new TokenRefused(400, 'unsupported_grant_type', 'The only grant_type is client_credentials.');
    reply.header('pragma', 'no-cache');
    sendBody({ request, reply }, 200, {
      data: { access_token: this.tokens.issue(client), token_type: 'Bearer', expires_in: ACCESS_TOKEN_SECONDS },
    });
  }

  private verify(request: FastifyRequest, { id, secret }: Credentials): Promise<OAuthClient | null> {
    return this.throttle.check(
      { address: clientAddress(request), credential: `${id}:${secret}`, nowMs: this.clock.nowMs() },
      () => this.clients.verify(id, secret),
    );
  }
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/**
 * Our ids and secrets are of letters, digits and `_`: encoding them first, as RFC 6749 section 2.3.1 asks, leaves them
 * as they are.
 */
function basicCredentials(header: string | undefined): Credentials | null {
  const encoded = BASIC.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}
