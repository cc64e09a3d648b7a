import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataAnswer, FieldConstraint, Problem, readFields } from '@paymatch/gateway-edge';
import { Refusal } from '@paymatch/platform-messaging';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { lineRule } from '../panel.rules.js';
import { OpenPaymentsError } from './customer-erasure.js';

/** Why stands in the audit log: not who. */
export class EraseCustomerDto {
  @Validate(FieldConstraint, [lineRule('reason', 500)]) reason!: string;
}

/** Takes whoever a customer is out of everything that is kept. */
@Controller('api/panel/v1/customers')
export class CustomerErasureController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Post(':id/erase')
  async erase(@Req() request: FastifyRequest<{ Params: { id: string } }>, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, EraseCustomerDto);
    await post(this.desk, { request, reply, caller }, async () => {
      const erased = await this.desk.erasure
        .erase(caller, request.params.id, { correlationId: request.id })
        .catch((error: unknown) => {
          throw isNotOver(error) ? openPayments() : error;
        });
      if (erased === null) throw notFound();
      return dataAnswer(200, {
        payments: erased.paymentCount,
        customer_id: erased.pseudonym,
        has_more: erased.hasMore,
        published: erased.published,
      });
    });
  }
}

/** Known beforehand, or told by payments of one that was opened again meanwhile. */
function isNotOver(error: unknown): boolean {
  return error instanceof OpenPaymentsError || (error instanceof Refusal && error.code === 'INVALID_COMMAND');
}

function openPayments(): Problem {
  return new Problem(409, 'customer-has-open-payments', {
    detail: 'A payment of this customer is open, or somebody must look at it: decide it first, then erase.',
  });
}
