import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataAnswer, isPrintable, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { BookedCustomer, CustomerPlace } from '@paymatch/gateway-read-models';
import { admit, notFound, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readLimit } from './panel-query.js';

const SEARCH_MAX = 100;

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Who pays: contract A's customers as they were written down, contract B's as payments name them. */
@Controller('api/panel/v1/customers')
export class CustomersController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const { customers, next } = await this.desk.customers.list(caller, {
      text: readText(query['q']),
      after: readPlace(query['after']),
      limit: readLimit(query['limit']),
    });
    const body = {
      data: customers.map(renderCustomer),
      next: next === null ? null : `${next.createdAt}_${next.place}`,
    };
    sendAnswer(reply, { status: 200, body: JSON.stringify(body) });
  }

  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const customer = await this.desk.customers.find(caller, request.params.id);
    if (customer === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, renderCustomer(customer)));
  }
}

function readText(text: unknown): string | null {
  if (text === undefined || text === '') return null;
  if (typeof text !== 'string' || text.length > SEARCH_MAX || !isPrintable(text) || text.trim() === '')
    throw validationProblem({ q: [`Send at most ${SEARCH_MAX} printable characters to look for.`] });
  return text.trim();
}

function readPlace(text: unknown): CustomerPlace | null {
  if (text === undefined) return null;
  const [createdAt = '', place = ''] = typeof text === 'string' ? text.split('_') : [];
  if (Number.isNaN(Date.parse(createdAt)) || !/^[ab][0-9a-f-]{1,36}$/.test(place))
    throw validationProblem({ after: ['Send the next that an earlier page gave.'] });
  return { createdAt: new Date(createdAt).toISOString(), place };
}

function renderCustomer({ payments, createdAt, ...customer }: BookedCustomer): object {
  const { id, contract, reference, name, phone, email } = customer;
  return {
    id,
    contract,
    reference,
    name,
    phone,
    email,
    payments: { count: payments.count, is_exact: payments.isExact },
    last_payment_at: payments.lastAt,
    created_at: createdAt,
  };
}
