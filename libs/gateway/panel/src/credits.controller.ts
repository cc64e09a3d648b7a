import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReviewCase } from '@paymatch/contracts';
import { dataAnswer, readFields } from '@paymatch/gateway-edge';
import { entryOf } from './credit-entry.js';
import { admit, askCredits, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { EnterCreditDto } from './panel.dto.js';
import { renderCase } from './review-case.view.js';

/** Money that a person saw and no message told of. */
@Controller('api/panel/v1/credits')
export class CreditsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Answers the case that keeps its history; above the limit that is a proposal, which a second person confirms. */
  @Post()
  async enter(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const fields = readFields(request, EnterCreditDto);
    await post(this.desk, { request, reply, caller }, async (operationId) =>
      dataAnswer(
        201,
        renderCase(
          await askCredits<ReviewCase>(
            this.desk,
            await entryOf(this.desk, caller, { fields, caseId: null, commandId: operationId }),
            { operationId, correlationId: request.id },
          ),
        ),
      ),
    );
  }
}
