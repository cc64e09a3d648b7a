import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid, type ReviewCase } from '@paymatch/contracts';
import {
  common,
  dataAnswer,
  described,
  FieldConstraint,
  json,
  GATEWAY_DATABASE,
  readFields,
  validationProblem,
  type FieldRule,
} from '@paymatch/gateway-edge';
import { mayDo } from '@paymatch/gateway-people';
import type { Database } from '@paymatch/platform-postgres';
import { actorOf, admit, askCredits, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { CREDIT_REFUSALS } from './panel-refusals.js';
import { lineRule, optional } from './panel.rules.js';
import { readCaseId, renderCase } from './review-case.view.js';

const userIdRule: FieldRule = described(json.orNull(common.uuid), (value) =>
  value === null || (typeof value === 'string' && isUuid(value))
    ? null
    : 'Send the id of one of your people, or null for nobody.',
);

export class HandOverCaseDto {
  /** `null`: it is nobody's again. */
  @Validate(FieldConstraint, [userIdRule]) user_id!: string | null;
  @Validate(FieldConstraint, [optional(lineRule('note', 500))]) note?: string;
}

/** Whose a case is: for people to share their work; who may decide it stays as it was. */
@Controller('api/panel/v1/review-cases')
export class CaseHandoverController {
  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(GATEWAY_DATABASE) private readonly database: Database,
  ) {}

  /** To somebody of the same shop who may decide it. */
  @Post(':id/hand-over')
  async handOver(
    @Req() request: FastifyRequest<{ Params: { id: string } }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { user_id: userId, note = null } = readFields(request, HandOverCaseDto);
    const { merchantId, livemode } = caller;
    const caseId = readCaseId(request);
    await post(this.desk, { request, reply, caller }, async () => {
      const found = await askCredits<ReviewCase>(
        this.desk,
        { type: 'GetReviewCase', merchantId, livemode, caseId },
        { correlationId: request.id },
      );
      if (found.status !== 'open') throw CREDIT_REFUSALS.CASE_CLOSED({});
      const place = { merchantId, livemode, caseId };
      await this.database.transaction(async (tx) => {
        if (userId === null) return this.desk.holders.takeBack(place, tx);
        const role = await this.desk.people.users.roleAt(merchantId, userId, tx);
        if (role === null || !mayDo(role, 'money:decide'))
          throw validationProblem({ user_id: ['There is nobody with this id here who may decide cases.'] });
        const now = new Date(this.desk.clock.nowMs());
        await this.desk.holders.give(place, { userId, givenBy: actorOf(caller), note, now }, tx);
      });
      const holders = await this.desk.holders.find(place, [caseId]);
      return dataAnswer(200, renderCase(found, holders.get(caseId)));
    });
  }
}
