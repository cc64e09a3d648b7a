import { Controller, Delete, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import { mayReturnTo, RETURN_ADDRESS_NOT_ALLOWED, type Caller } from '@paymatch/gateway-access';
import { dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { PaymentLink } from '@paymatch/gateway-receiving';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { readLimit, readWord } from '../panel-query.js';
import { readAfter } from '../payment-lists.controller.js';
import { readLinkChanges, readNewLink, renderLink } from './payment-link.fields.js';
import { ChangePaymentLinkDto, CreatePaymentLinkDto } from './payment-links.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Addresses that sell something: `/l/{slug}`. */
@Controller('api/panel/v1/payment-links')
export class PaymentLinksController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Newest first. */
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const limit = readLimit(query['limit']);
    const page = {
      status: readWord(query, 'status', ['active', 'disabled'] as const),
      after: readAfter(query['after']),
      limit: limit + 1,
    };
    const found = await this.desk.links.list(caller, page);
    const links = found.slice(0, limit);
    const next = found.length > limit ? links.at(-1)!.id : null;
    sendAnswer(reply, {
      status: 200,
      body: JSON.stringify({ data: links.map((link) => this.render(link)), next }),
    });
  }

  @Post()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const settings = readNewLink(readFields(request, CreatePaymentLinkDto), caller.livemode);
    checkReturn(caller, settings.successUrl);
    await post(this.desk, { request, reply, caller }, async (operationId) =>
      dataAnswer(201, this.render(await this.desk.links.create(caller, { ...settings, id: operationId }))),
    );
  }

  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const link = await this.existing(caller, request.params.id);
    sendAnswer(reply, dataAnswer(200, this.render(link)));
  }

  @Patch(':id')
  async change(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const dto = readFields(request, ChangePaymentLinkDto);
    const known = await this.existing(caller, request.params.id);
    const changes = readLinkChanges(dto, known);
    checkReturn(caller, changes.successUrl ?? null);
    const changed = await this.desk.links.change(keyOf(caller, known.id), changes);
    if (changed === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, this.render(changed)));
  }

  @Delete(':id')
  async remove(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const link = await this.existing(caller, request.params.id);
    if (!(await this.desk.links.remove(keyOf(caller, link.id)))) throw notFound();
    sendAnswer(reply, dataAnswer(200, this.render({ ...link, status: 'disabled' })));
  }

  private async existing(caller: Caller, id: string): Promise<PaymentLink> {
    const link = isUuid(id) ? await this.desk.links.find(keyOf(caller, id)) : null;
    if (link === null) throw notFound();
    return link;
  }

  private render(link: PaymentLink): object {
    return renderLink(link, { publicUrl: this.desk.publicUrl, nowMs: this.desk.clock.nowMs() });
  }
}

/** Throws a problem for one that is not among the merchant's. */
function checkReturn({ merchant }: Caller, successUrl: string | null): void {
  if (successUrl !== null && !mayReturnTo(merchant.returnAddresses, successUrl))
    throw validationProblem({ success_url: [RETURN_ADDRESS_NOT_ALLOWED] });
}

function keyOf({ merchantId, livemode }: Caller, linkId: string) {
  return { merchantId, livemode, linkId };
}
