import { Controller, Delete, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import { dataAnswer, Problem, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { actorOfCaller, plainEmail, type MemberChange } from '@paymatch/gateway-people';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto, WhyDto } from '../panel.dto.js';
import { invite } from './invitations.js';
import { ChangeRoleDto, InviteDto } from './people.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Who works for the merchant, and as what. */
@Controller('api/panel/v1/people')
export class PeopleController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    const { members } = this.desk.people;
    const [people, invitations] = [await members.list(merchantId), await members.invitations(merchantId)];
    const body = {
      data: people.map((member) => ({
        user_id: member.userId,
        name: member.name,
        email: member.email,
        role: member.role,
        totp_enabled: member.hasTotp,
        last_seen_at: member.lastSeenAt?.toISOString() ?? null,
      })),
      invitations: invitations.map(({ id, email, role, expiresAt }) => ({
        id,
        email,
        role,
        expires_at: expiresAt.toISOString(),
      })),
    };
    sendAnswer(reply, { status: 200, body: JSON.stringify(body) });
  }

  @Post('invitations')
  async invite(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { email, role } = readFields(request, InviteDto);
    const actor = actorOfCaller(request, caller);
    const order = { merchantId: caller.merchantId, email: plainEmail(email)!, role, actor };
    await post(this.desk, { request, reply, caller }, async () => dataAnswer(201, await invite(this.desk, order)));
  }

  @Delete('invitations/:id')
  async withdraw(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    const { merchantId } = caller;
    const { id } = request.params;
    const { database, members, audit } = this.desk.people;
    if (!isUuid(id)) throw notFound();
    await database.transaction(async (tx) => {
      const email = await members.withdrawInvitation(merchantId, id, tx);
      if (email === null) throw notFound();
      const change = { merchantId, action: 'invitation withdrawn', subject: id, before: { email } };
      await audit.write(actorOfCaller(request, caller), change, tx);
    });
    sendAnswer(reply, dataAnswer(200, null));
  }

  /** Their sessions end: what they see must be what they now are. */
  @Patch(':id')
  async changeRole(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { role, reason } = readFields(request, ChangeRoleDto);
    const { merchantId } = caller;
    const userId = userIdOf(request);
    const { database, members, sessions, audit } = this.desk.people;
    await database.transaction(async (tx) => {
      const { before, email } = changed(await members.setRole({ merchantId, userId, role }, tx));
      await sessions.endAll(userId, userId === caller.person?.userId ? caller.person.sessionId : null, tx);
      const change = {
        action: 'role changed',
        subject: userId,
        before: { email, role: before },
        after: { email, role },
        reason,
      };
      await audit.write(actorOfCaller(request, caller), { merchantId, ...change }, tx);
    });
    sendAnswer(reply, dataAnswer(200, null));
  }

  @Delete(':id')
  async remove(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { reason } = readFields(request, WhyDto);
    const { merchantId } = caller;
    const userId = userIdOf(request);
    const { database, members, sessions, audit } = this.desk.people;
    await database.transaction(async (tx) => {
      const { before, email } = changed(await members.remove({ merchantId, userId }, tx));
      await sessions.endAll(userId, null, tx);
      const removed = { action: 'person removed', subject: userId, before: { email, role: before } };
      const change = { merchantId, ...removed, reason };
      await audit.write(actorOfCaller(request, caller), change, tx);
    });
    sendAnswer(reply, dataAnswer(200, null));
  }
}

function userIdOf(request: IdRequest): string {
  if (!isUuid(request.params.id)) throw notFound();
  return request.params.id.toLowerCase();
}

type Changed = Extract<MemberChange, { readonly kind: 'changed' }>;

function changed(outcome: MemberChange): Changed {
  if (outcome.kind === 'unknown') throw notFound();
  if (outcome.kind === 'last-owner')
    throw new Problem(409, 'last-owner', {
      detail: 'A merchant has at least one owner; make somebody else one first.',
    });
  return outcome;
}
