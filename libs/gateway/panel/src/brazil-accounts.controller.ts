import { Controller, Get, Inject, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataAnswer, Problem, readFields, RefusedField, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { BankAccount, PixAccount } from '@paymatch/gateway-receiving';
import { BankAccountDto, PixAccountDto, PixCallbackDto } from './brazil.dto.js';
import { readLimit } from './panel-query.js';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';

/** Where contract B's money arrives: one Pix account and one bank account in each mode. */
@Controller('api/panel/v1')
export class BrazilAccountsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('pix-account')
  async pix(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.accounts.pix(await admit(this.desk, { request, reply }));
    if (account === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, renderPix(account)));
  }

  @Put('pix-account')
  async setPix(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { pix_key: pixKey, beneficiary, city } = readFields(request, PixAccountDto);
    const account = { pixKey, beneficiary, city };
    await keep(() => this.desk.accounts.setPix(caller, account));
    sendAnswer(reply, dataAnswer(200, renderPix(account)));
  }

  /** A new address for the bank's notices, shown this once; the earlier one ends. */
  @Post('pix-account/callback')
  async issueCallback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { with_header: withHeader = false } = readFields(request, PixCallbackDto);
    await post(this.desk, { request, reply, caller }, async () => {
      const address = await this.desk.accounts.issuePixCallback(caller, { withHeader });
      if (address === null)
        throw new Problem(409, 'pix-account-not-set', {
          detail: 'Set the Pix account first; the address is for its notices.',
        });
      return dataAnswer(201, {
        url: `${this.desk.publicUrl}${address.urlPath}`,
        header_name: withHeader ? 'X-Pix-Secret' : null,
        header_secret: address.headerSecret,
      });
    });
  }

  /** What banks sent and nobody could read: money may stand behind it. */
  @Get('pix-refused-entries')
  async refused(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const entries = await this.desk.refusedPix.list(
      caller,
      readLimit((request.query as Record<string, unknown>)['limit']),
    );
    sendAnswer(
      reply,
      dataAnswer(
        200,
        entries.map(({ reason, entry, arrivedAt }) => ({ reason, entry, arrived_at: arrivedAt })),
      ),
    );
  }

  @Get('bank-account')
  async bank(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.accounts.bank(await admit(this.desk, { request, reply }));
    if (account === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, renderBank(account)));
  }

  @Put('bank-account')
  async setBank(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const {
      name,
      code,
      agency,
      account: number,
      account_operation: accountOperation,
      document,
      beneficiary,
    } = readFields(request, BankAccountDto);
    const account = { name, code, agency, account: number, accountOperation, document, beneficiary };
    await keep(() => this.desk.accounts.setBank(caller, account));
    sendAnswer(reply, dataAnswer(200, renderBank(account)));
  }
}

const FIELD_OF: Readonly<Record<string, string>> = { pixKey: 'pix_key', accountOperation: 'account_operation' };

async function keep(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RefusedField)) throw error;
    throw validationProblem({ [FIELD_OF[error.field] ?? error.field]: [error.message] });
  }
}

export function renderPix({ pixKey, beneficiary, city }: PixAccount): object {
  return { pix_key: pixKey, beneficiary, city };
}

export function renderBank({
  name,
  code,
  agency,
  account,
  accountOperation,
  document,
  beneficiary,
}: BankAccount): object {
  return { name, code, agency, account, account_operation: accountOperation, document, beneficiary };
}
