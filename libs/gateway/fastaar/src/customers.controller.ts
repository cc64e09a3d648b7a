import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dhakaTime } from '@paymatch/contracts';
import type { Customer } from '@paymatch/gateway-read-models';
import { answerOnce, dataAnswer, sendAnswer, type FieldRule } from '@paymatch/gateway-edge';
import { readBody } from './body-validation.js';
import { CreateCustomerDto, UpdateCustomerDto } from './customers.dto.js';
import { admit, FASTAAR_DESK, type FastaarDesk } from './fastaar-desk.js';
import { notFound, validationError } from './fastaar.errors.js';
import { emailRule, phoneRule } from './field-rules.js';
import { pageBody, readPage } from './page-query.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;
type Query = Readonly<Record<string, unknown>>;

/** Contract A: `/api/v1/customers`. */
@Controller('api/v1/customers')
export class CustomersController {
  constructor(@Inject(FASTAAR_DESK) private readonly desk: FastaarDesk) {}

  @Post()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'customers:write');
    const { name, phone, email = null, address = null, notes = null } = readBody({ request, reply }, CreateCustomerDto);
    sendAnswer(
      reply,
      await answerOnce({ store: this.desk.idempotency, request, caller }, async (operationId) =>
        dataAnswer(
          201,
          render(
            await this.desk.customers.create(caller, {
              name,
              phone,
              email,
              address,
              notes,
              operationId,
              now: this.now(),
            }),
          ),
        ),
      ),
    );
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'customers:read');
    const raw = request.query as Query;
    const errors: Record<string, string[]> = {};
    const page = readPage(raw, errors);
    const email = readFilter(raw, { name: 'email', rule: emailRule, errors });
    const phone = readFilter(raw, { name: 'phone', rule: phoneRule, errors });
    if (Object.keys(errors).length > 0) throw validationError(errors);
    const { customers, total } = await this.desk.customers.list(caller, {
      email,
      phone,
      skip: (page.page - 1) * page.perPage,
      limit: page.perPage,
    });
    const body = pageBody(customers.map(render), {
      ...page,
      total,
      query: raw,
      path: `${this.desk.settings.publicUrl}/api/v1/customers`,
    });
    sendAnswer(reply, { status: 200, body: JSON.stringify(body) });
  }

  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'customers:read');
    const customer = await this.desk.customers.find(caller, readId(request));
    if (customer === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, render(customer)));
  }

  @Patch(':id')
  async update(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'customers:write');
    const { name, phone, ...rest } = readBody({ request, reply }, UpdateCustomerDto);
    // What may not be empty is left as it is.
    const fields = { ...rest, ...(name && { name }), ...(phone && { phone }) };
    const customer = await this.desk.customers.update(caller, { id: readId(request), fields, now: this.now() });
    if (customer === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, render(customer)));
  }

  private now(): Date {
    return new Date(this.desk.clock.nowMs());
  }
}

function readFilter(
  query: Query,
  filter: { readonly name: string; readonly rule: FieldRule; readonly errors: Record<string, string[]> },
): string | null {
  const value = query[filter.name];
  if (value === undefined) return null;
  const problem = filter.rule(value);
  if (problem !== null) filter.errors[filter.name] = [problem];
  return value as string;
}

function readId(request: IdRequest): number {
  const id = /^[1-9][0-9]{0,9}$/.test(request.params.id) ? Number(request.params.id) : Number.NaN;
  if (!(id <= 2_147_483_647)) throw notFound();
  return id;
}

function render(customer: Customer): object {
  const { id, name, phone, email, address, notes, createdAt, updatedAt } = customer;
  return {
    id,
    object: 'customer',
    name,
    phone,
    email,
    address,
    notes,
    created_at: dhakaTime(createdAt),
    updated_at: dhakaTime(updatedAt),
  };
}
