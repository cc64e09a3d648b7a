import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { plainEmail } from '@paymatch/gateway-people';
import { PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { AskPasswordResetDto, ResetPasswordDto } from './people.dto.js';
import { clientOf, refusal } from './signing-in.js';

/** The way back for whoever forgot their password. */
@Controller('api/panel/v1/password-reset')
export class PasswordResetController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Post()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.desk.door.checkOrigin(request);
    const { email } = readFields(request, AskPasswordResetDto);
    const asked = await this.desk.resets.ask(plainEmail(email)!, clientOf(request));
    if (asked.kind !== 'taken') throw refusal(asked);
    sendAnswer(reply, dataAnswer(202, null));
  }

  /** Opens no session: whoever has an authenticator proves themselves with it, as always. */
  @Post('confirm')
  async confirm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.desk.door.checkOrigin(request);
    const { token, password } = readFields(request, ResetPasswordDto);
    const result = await this.desk.resets.use({ token, password }, clientOf(request));
    if (result.kind === 'weak') throw validationProblem({ password: [result.problem] });
    if (result.kind !== 'done') throw refusal(result);
    sendAnswer(reply, dataAnswer(200, null));
  }
}
