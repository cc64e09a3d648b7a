import { Controller, Delete, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toString as drawQrCode } from 'qrcode';
import { dataAnswer, Problem, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { actorOfSession } from '@paymatch/gateway-people';
import { PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto } from '../panel.dto.js';
import { ConfirmTotpDto } from './people.dto.js';
import { refusal } from './signing-in.js';

/** A person's own authenticator. */
@Controller('api/panel/v1/me/totp')
export class TotpController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Post()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    readFields(request, NoFieldsDto);
    this.desk.door.requireStepUp(session);
    const made = await this.desk.people.totp.begin(session.person);
    if (made === null)
      throw new Problem(409, 'totp-in-use', { detail: 'There is an authenticator already; remove it first.' });
    const qr = await drawQrCode(made.uri, { type: 'svg' });
    sendAnswer(reply, dataAnswer(200, { secret: made.secret, otpauth_uri: made.uri, qr_svg: qr }));
  }

  /** Every other session ends: they were opened without it. */
  @Post('confirm')
  async confirm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    const { code } = readFields(request, ConfirmTotpDto);
    this.desk.door.requireStepUp(session);
    const { person, id } = session;
    const { database, totp, sessions, audit, throttle } = this.desk.people;
    const retryAfterSeconds = await throttle.take('account', person.email);
    if (retryAfterSeconds > 0) throw refusal({ kind: 'throttled', retryAfterSeconds });
    const codes = await database.transaction(async (tx) => {
      const made = await totp.confirm(person.id, code, tx);
      if (made === null) throw refusal({ kind: 'code-required' });
      await sessions.endAll(person.id, id, tx);
      const change = { merchantId: null, action: 'authenticator added', subject: person.id };
      await audit.write(actorOfSession(request, session), change, tx);
      return made;
    });
    await throttle.forgive('account', person.email);
    sendAnswer(reply, dataAnswer(200, { recovery_codes: codes }));
  }

  @Delete()
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    readFields(request, NoFieldsDto);
    this.desk.door.requireStepUp(session);
    const { database, totp, audit } = this.desk.people;
    await database.transaction(async (tx) => {
      await totp.remove(session.person.id, tx);
      const change = { merchantId: null, action: 'authenticator removed', subject: session.person.id };
      await audit.write(actorOfSession(request, session), change, tx);
    });
    sendAnswer(reply, dataAnswer(200, null));
  }
}
