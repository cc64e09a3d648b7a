import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress, dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { passwordProblem, plainEmail, type AccessLink } from '@paymatch/gateway-people';
import { PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { LookAtLinkDto, SetupDto } from './people.dto.js';
import { answerSignIn, refusal, visitorOf } from './signing-in.js';

/** By link: the first operator, and whoever was invited. */
@Controller('api/panel/v1/setup')
export class SetupController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** The token stands in the body, so that it is in no log of addresses. */
  @Post('look')
  async look(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.desk.door.checkOrigin(request);
    const { token } = readFields(request, LookAtLinkDto);
    const link = await this.linkOf(request, token);
    const merchant =
      link.merchantId === null ? null : await this.desk.merchants.find({ merchantId: link.merchantId, livemode: true });
    const hasAccount = link.email !== null && (await this.desk.people.users.findByEmail(link.email)) !== null;
    sendAnswer(
      reply,
      dataAnswer(200, {
        kind: link.kind,
        email: link.email,
        merchant_name: merchant?.name ?? null,
        role: link.role,
        has_account: hasAccount,
        expires_at: link.expiresAt.toISOString(),
      }),
    );
  }

  /** Whoever has an account already proves it with its password, and gets what the link gives. */
  @Post()
  async setUp(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.desk.door.checkOrigin(request);
    const fields = readFields(request, SetupDto);
    const email = plainEmail(fields.email)!;
    await this.linkOf(request, fields.token);
    const isNew = (await this.desk.people.users.findByEmail(email)) === null;
    const problem = isNew ? passwordProblem(fields.password, { email }) : null;
    if (problem !== null) throw validationProblem({ password: [problem] });
    const { token, name, password, code, language = 'en' } = fields;
    const result = await this.desk.people.signIn.byLink(
      { token, name, email, password, code, language },
      visitorOf(request),
    );
    await answerSignIn(this.desk, { request, reply }, result);
  }

  private async linkOf(request: FastifyRequest, token: string): Promise<AccessLink> {
    const { throttle, links } = this.desk.people;
    const retryAfterSeconds = await throttle.take('address', clientAddress(request));
    if (retryAfterSeconds > 0) throw refusal({ kind: 'throttled', retryAfterSeconds });
    const link = await links.find(token);
    if (link === null || link.kind === 'password-reset') throw refusal({ kind: 'link-used' });
    return link;
  }
}
