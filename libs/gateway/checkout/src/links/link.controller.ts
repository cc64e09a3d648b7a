import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PaymentLink } from '@paymatch/gateway-receiving';
import { CheckoutFilter } from '../checkout.filter.js';
import { CheckoutGate } from '../checkout.gate.js';
import { CHECKOUT_OPTIONS, type CheckoutOptions } from '../checkout.options.js';
import { sendPage, sendSeeOther } from '../page-reply.js';
import { formField, pageFrame, type Visitor } from '../visitor.js';
import { messageView } from '../views/message.view.js';
import { readLinkForm } from './link-form.js';
import { linkTextsIn } from './link-texts.js';
import { LinkDesk, type LinkClosed } from './link.desk.js';
import { closedLinkView, linkView, thanksView, type LinkPage } from './link.view.js';

/** 410: for good, as far as the customer can know. 409: another time perhaps. */
const CLOSED: Readonly<Record<LinkClosed, number>> = { disabled: 410, expired: 410, sold_out: 409, no_payments: 409 };

/** What a shop sells by an address: the page, its form, and the thanks. */
@Controller('l')
@UseFilters(CheckoutFilter)
export class LinkController {
  constructor(
    @Inject(CHECKOUT_OPTIONS) private readonly options: CheckoutOptions,
    @Inject(LinkDesk) private readonly desk: LinkDesk,
    @Inject(CheckoutGate) private readonly gate: CheckoutGate,
  ) {}

  @Get(':slug')
  async show(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = this.gate.visitor(request);
    const link = await this.desk.find(slug);
    if (link === null) return this.sendNotFound(reply, visitor);
    const page = await this.desk.layOut(link, visitor);
    const closed = this.desk.closed(page);
    if (closed !== null) return sendClosed(reply, { visitor, page, closed });
    sendPage(reply, visitor, { status: 200, page: linkView(page) });
  }

  @Post(':slug')
  async order(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = this.gate.formVisitor(request);
    await this.gate.countLinkOrder(request);
    const link = await this.desk.find(slug);
    if (link === null) return this.sendNotFound(reply, visitor);
    const page = await this.desk.layOut(link, visitor);
    const reading = readLinkForm(request.body, link);
    if ('draft' in reading) {
      const closed = this.desk.closed(page);
      if (closed !== null) return sendClosed(reply, { visitor, page, closed });
      return sendPage(reply, visitor, { status: 422, page: linkView({ ...page, draft: reading.draft }) });
    }
    const ordered = await this.desk.order(page, reading.order);
    if ('closed' in ordered) return sendClosed(reply, { visitor, page, closed: ordered.closed });
    sendSeeOther(reply, this.desk.payPathOf(ordered.paymentId));
  }

  /** Where who has paid comes back to; anybody else is shown the way. */
  @Get(':slug/thanks')
  async thanks(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = this.gate.visitor(request);
    const link = await this.desk.find(slug);
    if (link === null) return this.sendNotFound(reply, visitor);
    const ulid = formField(request.query, 'payment_id');
    const payment = await this.desk.paymentOf(link, ulid);
    if (payment === null) return sendSeeOther(reply, this.desk.pathOf(link));
    if (payment.status !== 'completed') return sendSeeOther(reply, this.desk.payPathOf(payment.id));
    const page = await this.thanksPage(link, visitor, ulid);
    sendPage(reply, visitor, { status: 200, page: thanksView(page, { amountMinor: payment.amountMinor, ulid }) });
  }

  /** The change of language leads back here. */
  private async thanksPage(link: PaymentLink, visitor: Visitor, ulid: string): Promise<LinkPage> {
    const page = await this.desk.layOut(link, visitor);
    return { ...page, path: `${page.path}/thanks?payment_id=${encodeURIComponent(ulid)}` };
  }

  private sendNotFound(reply: FastifyReply, visitor: Visitor): void {
    const frame = pageFrame(visitor, this.options);
    const { notFoundTitle: title, notFoundBody: text } = linkTextsIn(frame.language);
    sendPage(reply, visitor, { status: 404, page: messageView(frame, { title, text, icon: 'search', retry: null }) });
  }
}

function sendClosed(
  reply: FastifyReply,
  { visitor, page, closed }: { readonly visitor: Visitor; readonly page: LinkPage; readonly closed: LinkClosed },
): void {
  sendPage(reply, visitor, { status: CLOSED[closed], page: closedLinkView(page, closed) });
}
