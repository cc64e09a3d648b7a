import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import { MerchantDirectory, PlansStore, startOfMonth, type ListedMerchant, type Plan } from '@paymatch/gateway-access';
import { dataAnswer, GATEWAY_DATABASE, sendAnswer } from '@paymatch/gateway-edge';
import { renderListedMerchant } from '@paymatch/gateway-people';
import type { Database } from '@paymatch/platform-postgres';
import { notFound, PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { accessOf } from '../panel-routes.js';

/** One merchant as whoever runs the installation sees it, and the plans that it may have. */
@Controller('api/panel/v1/operator')
export class OperatorMerchantController {
  private readonly directory: MerchantDirectory;
  private readonly plans: PlansStore;

  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(GATEWAY_DATABASE) database: Database,
  ) {
    this.directory = new MerchantDirectory(database);
    this.plans = new PlansStore(database);
  }

  @Get('plans')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.admit(request, reply);
    sendAnswer(reply, dataAnswer(200, (await this.plans.list()).map(renderPlan)));
  }

  @Get('merchants/:id')
  async show(@Req() request: FastifyRequest<{ Params: { id: string } }>, @Res() reply: FastifyReply): Promise<void> {
    await this.admit(request, reply);
    const { id } = request.params;
    const merchant = isUuid(id) ? await this.directory.find(id) : null;
    if (merchant === null) throw notFound();
    const [subscription, usage, reason] = await Promise.all([
      this.plans.find(merchant.id),
      this.usage(merchant.id),
      this.suspensionReason(merchant),
    ]);
    const limits = subscription === null ? null : renderPlan(subscription.plan);
    const shown = { ...renderListedMerchant(merchant), limits, usage, suspension_reason: reason };
    sendAnswer(reply, dataAnswer(200, shown));
  }

  /** What plans count, in live mode: test mode costs nothing. */
  private async usage(merchantId: string): Promise<object> {
    const since = startOfMonth(this.desk.clock.nowMs());
    const [payments, wallets, phones] = await Promise.all([
      this.desk.payments.createdSince({ merchantId, livemode: true, since }),
      this.desk.wallets.active(merchantId, true),
      this.desk.devices.list(merchantId, true),
    ]);
    return {
      payments_this_month: payments,
      wallets: wallets.length,
      phones: phones.filter(({ status }) => status === 'active').length,
    };
  }

  /** In the words of whoever suspended it. */
  private async suspensionReason({ id: merchantId, status }: ListedMerchant): Promise<string | null> {
    if (status !== 'suspended') return null;
    const asked = { merchantId, action: 'merchant suspended', userId: null, after: null, limit: 1 };
    return (await this.desk.people.audit.list(asked))[0]?.reason ?? null;
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const access = accessOf(request);
    if (access === null) throw new Error(`nobody has said who may call ${request.url}`);
    await this.desk.door.admitOperator(request, reply, access);
  }
}

function renderPlan(plan: Plan): object {
  return {
    id: plan.id,
    price: plan.price,
    payments_per_month: plan.paymentsPerMonth,
    wallets_max: plan.walletsMax,
    phones_max: plan.phonesMax,
  };
}
