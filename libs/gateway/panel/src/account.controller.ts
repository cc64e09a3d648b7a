import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor, isUuid, parseMinor } from '@paymatch/contracts';
import { dataAnswer, Problem, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { Ability, ApiKeyView, Caller, Merchant, MerchantSettings } from '@paymatch/gateway-access';
import { grantableBy } from '@paymatch/gateway-people';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { ChangeMerchantDto, IssueKeyDto, RollKeyDto, WhyDto } from './panel.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** The merchant's own settings in the key's mode, and their API keys. */
@Controller('api/panel/v1')
export class AccountController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('merchant')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    sendAnswer(reply, dataAnswer(200, renderMerchant(await this.desk.merchants.find(caller), caller.livemode)));
  }

  @Patch('merchant')
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const fields = readFields(request, ChangeMerchantDto);
    const { amount_tolerance: tolerance } = fields;
    const merchant = await this.desk.merchants.update(caller, {
      ...given('name', fields.name),
      ...given('expiryMinutes', fields.expiry_minutes),
      ...given('amountToleranceMinor', tolerance === undefined ? undefined : parseMinor(tolerance)),
      ...given('allowedOrigins', fields.allowed_origins),
      ...given('returnAddresses', fields.return_addresses),
      ...given('repeatedInvoiceNumber', fields.repeated_invoice_number),
      ...given('gatewayCharge', fields.gateway_charge),
      ...given('pixExpiryMinutes', fields.pix_expiry_minutes),
      ...given('bankTransferExpiryMinutes', fields.bank_transfer_expiry_minutes),
    });
    sendAnswer(reply, dataAnswer(200, renderMerchant(merchant, caller.livemode)));
  }

  @Get('api-keys')
  async keys(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    sendAnswer(reply, dataAnswer(200, (await this.desk.keys.list(merchantId, livemode)).map(renderKey)));
  }

  /** A test key makes test keys only: whoever got hold of one must not come from it to the money. */
  @Post('api-keys')
  async issue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { merchantId, livemode } = caller;
    const {
      name,
      abilities,
      rate_limit_per_minute: rateLimitPerMinute,
      expires_at: expires = null,
    } = readFields(request, IssueKeyDto);
    const expiresAt = expires === null ? undefined : new Date(expires);
    if (expiresAt !== undefined && expiresAt.getTime() <= this.desk.clock.nowMs())
      throw validationProblem({ expires_at: ['Send a moment that is still to come.'] });
    const granted = grantedAbilities(caller, abilities);
    const issuedBy = caller.person?.email ?? caller.keyIssuedBy ?? undefined;
    await post(this.desk, { request, reply, caller }, async () => {
      const { keyId, key } = await this.desk.keys.issue({
        merchantId,
        livemode,
        ...(name !== undefined && { name }),
        ...(granted !== undefined && { abilities: granted }),
        ...(issuedBy !== undefined && { issuedBy }),
        ...(rateLimitPerMinute !== undefined && { rateLimitPerMinute }),
        ...(expiresAt !== undefined && { expiresAt }),
      });
      return dataAnswer(201, { ...(await this.issued(caller, keyId)), key });
    });
  }

  /** A new key in the place of another, which ends after an overlap: who uses it changes it without a gap. */
  @Post('api-keys/:id/roll')
  async roll(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { overlap_minutes: minutes } = readFields(request, RollKeyDto);
    const { merchantId, livemode } = caller;
    const { id: keyId } = request.params;
    const old = (await this.desk.keys.list(merchantId, livemode)).find(({ id }) => id === keyId);
    if (old === undefined) throw notFound();
    grantedAbilities(caller, old.abilities);
    const issuedBy = caller.person?.email ?? caller.keyIssuedBy ?? undefined;
    await post(this.desk, { request, reply, caller }, async () => {
      const order = { merchantId, livemode, keyId, overlapMs: minutes * 60_000 };
      const made = await this.desk.keys.roll({ ...order, ...(issuedBy !== undefined && { issuedBy }) });
      if (made === null) throw notFound();
      return dataAnswer(201, { ...(await this.issued(caller, made.keyId)), key: made.key });
    });
  }

  private async issued({ merchantId, livemode }: Caller, keyId: string): Promise<object> {
    const view = (await this.desk.keys.list(merchantId, livemode)).find(({ id }) => id === keyId);
    if (view === undefined) throw new Error(`the key ${keyId} was issued and is not there`);
    return renderKey(view);
  }

  @Post('api-keys/:id/revoke')
  async revoke(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    readFields(request, WhyDto);
    const { id } = request.params;
    const find = async (): Promise<ApiKeyView | undefined> =>
      (await this.desk.keys.list(merchantId, livemode)).find((view) => view.id === id);
    if (!isUuid(id) || (await find()) === undefined) throw notFound();
    await this.desk.keys.revoke(merchantId, id);
    const view = await find();
    sendAnswer(reply, dataAnswer(200, view === undefined ? null : renderKey(view)));
  }
}

/** A person gives a key no more than their role has; `undefined` is what keys have unless said. */
function grantedAbilities({ person }: Caller, wanted: readonly Ability[] | undefined): readonly Ability[] | undefined {
  if (person === undefined) return wanted;
  const grantable = grantableBy(person.role);
  const missing = (wanted ?? []).filter((ability) => !grantable.includes(ability));
  if (missing.length > 0)
    throw new Problem(403, 'role-not-enough', {
      detail: `Your role cannot give ${missing.join(', ')}; ask an owner of the merchant.`,
    });
  return wanted ?? grantable.filter((ability) => ability !== 'account:write');
}

/** One setting, where it was sent; `null` is a value like any other. */
function given<Name extends keyof MerchantSettings>(
  name: Name,
  value: MerchantSettings[Name] | undefined,
): Partial<MerchantSettings> {
  return value === undefined ? {} : { [name]: value };
}

export function renderMerchant(merchant: Merchant | null, livemode: boolean): object {
  if (merchant === null) throw notFound();
  const { id, name, status } = merchant;
  return {
    id,
    livemode,
    name,
    status,
    expiry_minutes: merchant.expiryMinutes,
    amount_tolerance: formatMinor(merchant.amountToleranceMinor),
    allowed_origins: merchant.allowedOrigins ?? [],
    return_addresses: merchant.returnAddresses ?? [],
    repeated_invoice_number: merchant.repeatedInvoiceNumber,
    gateway_charge: merchant.gatewayCharge,
    pix_expiry_minutes: merchant.pixExpiryMinutes,
    bank_transfer_expiry_minutes: merchant.bankTransferExpiryMinutes,
  };
}

export function renderKey(view: ApiKeyView): object {
  const { id, name, prefix, livemode, abilities } = view;
  return {
    id,
    name,
    prefix,
    livemode,
    abilities,
    rate_limit_per_minute: view.rateLimitPerMinute,
    expires_at: view.expiresAt,
    revoked_at: view.revokedAt,
    created_at: view.createdAt,
  };
}
