import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import { MerchantDirectory, type ListedMerchant } from '@paymatch/gateway-access';
import { dataAnswer, GATEWAY_DATABASE, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import {
  actorOfSession,
  MerchantOffice,
  plainEmail,
  renderListedMerchant,
  UnknownPlan,
  type OpenSession,
} from '@paymatch/gateway-people';
import type { Database } from '@paymatch/platform-postgres';
import { notFound, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto, WhyDto } from '../panel.dto.js';
import { readId, readLimit, readWord } from '../panel-query.js';
import { accessOf } from '../panel-routes.js';
import { invite } from './invitations.js';
import { ChangeMerchantOfOperatorDto, CreateMerchantDto, InviteOwnerDto } from './operator.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;
const TEXT_LENGTH_MAX = 100;

/** The merchants of the installation, for whoever runs it. */
@Controller('api/panel/v1/operator/merchants')
export class OperatorController {
  private readonly directory: MerchantDirectory;
  private readonly office: MerchantOffice;

  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(GATEWAY_DATABASE) private readonly database: Database,
  ) {
    this.directory = new MerchantDirectory(database);
    const { merchants, keys, people } = desk;
    this.office = new MerchantOffice({ database, merchants, keys, users: people.users, audit: people.audit });
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.operator(request, reply);
    const query = request.query as Readonly<Record<string, unknown>>;
    const { q = null } = query;
    if (q !== null && (typeof q !== 'string' || q.length > TEXT_LENGTH_MAX || q.includes('\0')))
      throw validationProblem({ q: ['Send a part of the name, or the id.'] });
    const limit = readLimit(query['limit']);
    const found = await this.directory.list({
      text: q === '' ? null : q,
      status: readWord(query, 'status', ['active', 'suspended']),
      after: readId(query, 'after'),
      limit,
    });
    const next = found.length < limit ? null : found.at(-1)!.id;
    sendAnswer(reply, { status: 200, body: JSON.stringify({ data: found.map(renderListedMerchant), next }) });
  }

  /** With a test key: a live one is the merchant's own to make. */
  @Post()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    const { name, as_owner: isOwner = false } = readFields(request, CreateMerchantDto);
    const actor = actorOfSession(request, session);
    const ownership = isOwner ? { ownerId: session.person.id } : {};
    await post(this.desk, { request, reply, caller: inOwnName(session) }, async () => {
      const { id, keys } = await this.office.create(actor, { name: name.trim(), keysFor: ['test'], ...ownership });
      return dataAnswer(201, { ...(await this.shown(id)), test_key: keys[0] });
    });
  }

  @Patch(':id')
  async change(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    const { name, plan } = readFields(request, ChangeMerchantOfOperatorDto);
    const changes = { ...(name !== undefined && { name: name.trim() }), ...(plan !== undefined && { plan }) };
    await this.changed(request, (id) =>
      this.office.change(actorOfSession(request, session), id, changes).catch((error: unknown) => {
        throw error instanceof UnknownPlan ? validationProblem({ plan: ['There is no plan of this name.'] }) : error;
      }),
    );
    sendAnswer(reply, dataAnswer(200, await this.shown(request.params.id)));
  }

  @Post(':id/suspend')
  async suspend(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    const { reason } = readFields(request, WhyDto);
    await this.changed(request, (id) => this.office.suspend(actorOfSession(request, session), id, reason));
    sendAnswer(reply, dataAnswer(200, await this.shown(request.params.id)));
  }

  @Post(':id/resume')
  async resume(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    readFields(request, NoFieldsDto);
    await this.changed(request, (id) => this.office.resume(actorOfSession(request, session), id));
    sendAnswer(reply, dataAnswer(200, await this.shown(request.params.id)));
  }

  @Post(':id/invitations')
  async invite(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    const { email } = readFields(request, InviteOwnerDto);
    const { id: merchantId } = await this.existing(request);
    const order = {
      merchantId,
      email: plainEmail(email)!,
      role: 'owner',
      actor: actorOfSession(request, session),
    } as const;
    const http = { request, reply, caller: inOwnName(session) };
    await post(this.desk, http, async () => dataAnswer(201, await invite(this.desk, order)));
  }

  /** For an hour, to read; the merchant's own log shows who came and why. */
  @Post(':id/enter')
  async enter(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    const { reason } = readFields(request, WhyDto);
    const { id: merchantId } = await this.existing(request);
    const endsAt = await this.database.transaction(async (tx) => {
      const change = { merchantId, action: 'operator entered', subject: merchantId, reason };
      await this.desk.people.audit.write(actorOfSession(request, session), change, tx);
      return this.desk.people.visits.enter(session.id, merchantId, tx);
    });
    sendAnswer(reply, dataAnswer(200, { ends_at: endsAt.toISOString() }));
  }

  private operator(request: FastifyRequest, reply: FastifyReply): Promise<OpenSession> {
    const access = accessOf(request);
    if (access === null) throw new Error(`nobody has said who may call ${request.url}`);
    return this.desk.door.admitOperator(request, reply, access);
  }

  private async changed(request: IdRequest, change: (merchantId: string) => Promise<boolean>): Promise<void> {
    const { id } = request.params;
    if (!isUuid(id) || !(await change(id))) throw notFound();
  }

  private async existing(request: IdRequest): Promise<ListedMerchant> {
    const { id } = request.params;
    const found = isUuid(id) ? await this.directory.find(id) : null;
    if (found === null) throw notFound();
    return found;
  }

  private async shown(merchantId: string): Promise<object> {
    const found = await this.directory.find(merchantId);
    if (found === null) throw notFound();
    return renderListedMerchant(found);
  }
}

/** An operator's `Idempotency-Key`s are kept under their own id: they are no merchant. */
export function inOwnName({ person }: OpenSession): { readonly merchantId: string; readonly livemode: boolean } {
  return { merchantId: person.id, livemode: true };
}
