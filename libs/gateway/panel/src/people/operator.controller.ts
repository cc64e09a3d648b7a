import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import { abilities, MerchantDirectory, PlansStore, type ListedMerchant } from '@paymatch/gateway-access';
import { dataAnswer, GATEWAY_DATABASE, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { actorOfSession, plainEmail, type OpenSession } from '@paymatch/gateway-people';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { notFound, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto } from '../panel.dto.js';
import { readId, readLimit, readWord } from '../panel-query.js';
import { accessOf } from '../panel-routes.js';
import { invite } from './invitations.js';
import { ChangeMerchantOfOperatorDto, CreateMerchantDto, InviteOwnerDto, WhyDto } from './operator.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;
const TEXT_LENGTH_MAX = 100;

/** The merchants of the installation, for whoever runs it. */
@Controller('api/panel/v1/operator/merchants')
export class OperatorController {
  private readonly directory: MerchantDirectory;
  private readonly plans: PlansStore;

  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(GATEWAY_DATABASE) private readonly database: Database,
  ) {
    this.directory = new MerchantDirectory(database);
    this.plans = new PlansStore(database);
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
    const { users, audit } = this.desk.people;
    await post(this.desk, { request, reply, caller: inOwnName(session) }, async () => {
      const made = await this.database.transaction(async (tx) => {
        const { id } = await this.desk.merchants.create({ name: name.trim() }, tx);
        const { key } = await this.desk.keys.issue({ merchantId: id, livemode: false, abilities }, tx);
        if (isOwner) await users.join({ merchantId: id, userId: session.person.id, role: 'owner' }, tx);
        await audit.write(
          actorOfSession(request, session),
          { merchantId: id, action: 'merchant created', subject: id, after: { name, as_owner: isOwner } },
          tx,
        );
        return { id, key };
      });
      return dataAnswer(201, { ...(await this.shown(made.id)), test_key: made.key });
    });
  }

  @Patch(':id')
  async change(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    const { name, plan } = readFields(request, ChangeMerchantOfOperatorDto);
    await this.changed({ request, session, action: 'merchant changed', reason: null }, async (merchant, tx) => {
      if (name !== undefined) await this.directory.rename(merchant.id, name.trim(), tx);
      if (plan !== undefined) {
        const subscription = { merchantId: merchant.id, planId: plan.id, activeUntil: new Date(plan.until) };
        if (!(await this.plans.subscribe(subscription, tx)))
          throw validationProblem({ plan: ['There is no plan of this name.'] });
      }
      return { ...(name !== undefined && { name }), ...(plan !== undefined && { plan }) };
    });
    sendAnswer(reply, dataAnswer(200, await this.shown(request.params.id)));
  }

  @Post(':id/suspend')
  async suspend(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    const { reason } = readFields(request, WhyDto);
    await this.setStatus({ request, session, action: 'merchant suspended', reason }, 'suspended');
    sendAnswer(reply, dataAnswer(200, await this.shown(request.params.id)));
  }

  @Post(':id/resume')
  async resume(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.operator(request, reply);
    readFields(request, NoFieldsDto);
    await this.setStatus({ request, session, action: 'merchant resumed', reason: null }, 'active');
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

  private async setStatus(work: Work, status: ListedMerchant['status']): Promise<void> {
    await this.changed(work, async (merchant, tx) => {
      await this.desk.merchants.setStatus(merchant.id, status, tx);
      return { status };
    });
  }

  /** One change to the merchant in the path, written down as it was and as it is, in one transaction. */
  private async changed(
    { request, session, action, reason }: Work,
    change: (merchant: ListedMerchant, tx: Tx) => Promise<object>,
  ): Promise<void> {
    const { id } = request.params;
    if (!isUuid(id)) throw notFound();
    await this.database.transaction(async (tx) => {
      const before = await this.directory.lock(id, tx);
      if (before === null) throw notFound();
      const after = await change(before, tx);
      const entry = {
        merchantId: before.id,
        action,
        subject: before.id,
        before: renderListedMerchant(before),
        after,
        reason,
      };
      await this.desk.people.audit.write(actorOfSession(request, session), entry, tx);
    });
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
function inOwnName({ person }: OpenSession): { readonly merchantId: string; readonly livemode: boolean } {
  return { merchantId: person.id, livemode: true };
}

interface Work {
  readonly request: IdRequest;
  readonly session: OpenSession;
  readonly action: string;
  readonly reason: string | null;
}

export function renderListedMerchant(merchant: ListedMerchant) {
  const { id, name, status, createdAt, planId, planUntil } = merchant;
  return {
    id,
    name,
    status,
    created_at: createdAt.toISOString(),
    plan: planId === null ? null : { id: planId, until: planUntil?.toISOString() ?? null },
  };
}
