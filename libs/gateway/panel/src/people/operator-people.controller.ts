import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid, newId } from '@paymatch/contracts';
import { dataAnswer, GATEWAY_DATABASE, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import {
  actorOfSession,
  PeopleDirectory,
  resetAuthenticator,
  type ListedPerson,
  type OpenSession,
} from '@paymatch/gateway-people';
import type { Database } from '@paymatch/platform-postgres';
import { notFound, PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { readId, readLimit } from '../panel-query.js';
import { accessOf } from '../panel-routes.js';
import { WhyDto } from '../panel.dto.js';

const TEXT_LENGTH_MAX = 100;

/** Everybody of the installation, and the way back for whoever lost what they sign in with. */
@Controller('api/panel/v1/operator/people')
export class OperatorPeopleController {
  private readonly directory: PeopleDirectory;

  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(GATEWAY_DATABASE) database: Database,
  ) {
    this.directory = new PeopleDirectory(database);
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.operator(request, reply);
    const query = request.query as Readonly<Record<string, unknown>>;
    const { q = null } = query;
    if (q !== null && (typeof q !== 'string' || q.length > TEXT_LENGTH_MAX || q.includes('\0')))
      throw validationProblem({ q: ['Send a part of the name, or of the address.'] });
    const limit = readLimit(query['limit']);
    const found = await this.directory.list({ text: q === '' ? null : q, after: readId(query, 'after'), limit });
    const next = found.length < limit ? null : found.at(-1)!.id;
    sendAnswer(reply, { status: 200, body: JSON.stringify({ data: found.map(render), next }) });
  }

  /** Takes every second factor and ends every session; the password stays, and the person is told. */
  @Post(':id/reset-authenticator')
  async reset(@Req() request: FastifyRequest<{ Params: { id: string } }>, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    const { reason } = readFields(request, WhyDto);
    const { id } = request.params;
    const actor = actorOfSession(request, session);
    const person = isUuid(id) ? await resetAuthenticator(this.desk.people, id, { actor, reason }) : null;
    if (person === null) throw notFound();
    const mail = { to: person.email, language: person.language, linkId: newId() };
    const isMailed = await this.desk.mail.authenticatorReset(mail);
    sendAnswer(reply, dataAnswer(200, { is_mailed: isMailed }));
  }

  private operator(request: FastifyRequest, reply: FastifyReply): Promise<OpenSession> {
    const access = accessOf(request);
    if (access === null) throw new Error(`nobody has said who may call ${request.url}`);
    return this.desk.door.admitOperator(request, reply, access);
  }
}

function render(person: ListedPerson): object {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    is_operator: person.isOperator,
    totp_enabled: person.hasTotp,
    passkeys: person.passkeys,
    last_seen_at: person.lastSeenAt?.toISOString() ?? null,
    merchants: person.merchants,
  };
}
