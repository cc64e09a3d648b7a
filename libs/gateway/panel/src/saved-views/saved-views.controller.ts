import { Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '@paymatch/gateway-access';
import {
  dataAnswer,
  described,
  FieldConstraint,
  GATEWAY_DATABASE,
  json,
  Problem,
  readFields,
  sendAnswer,
  type FieldRule,
} from '@paymatch/gateway-edge';
import type { Database } from '@paymatch/platform-postgres';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { lineRule } from '../panel.rules.js';
import { SAVED_VIEWS_MAX, SavedViewsStore, type ViewOwner } from './saved-views.store.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

const QUERY_MAX = 2_000;

const screenRule: FieldRule = described(
  json.text({ pattern: '^[a-z][a-z-]{0,39}$', examples: ['payments'] }),
  (value) =>
    typeof value === 'string' && /^[a-z][a-z-]{0,39}$/.test(value) ? null : 'Send the name of a screen, e.g. payments.',
);

/** As it stands in an address, so that it can leave no screen and say nothing else. */
const queryRule: FieldRule = described(
  json.text({
    pattern: "^[\\w.~%+&=*!'(),;:@$/?-]*$",
    maxLength: QUERY_MAX,
    examples: ['status=completed&source=api'],
  }),
  (value) =>
    typeof value === 'string' && value.length <= QUERY_MAX && /^[\w.~%+&=*!'(),;:@$/?-]*$/.test(value)
      ? null
      : `Send the query of an address, without its question mark, of at most ${QUERY_MAX} characters.`,
);

export class SaveViewDto {
  @Validate(FieldConstraint, [screenRule]) screen!: string;
  @Validate(FieldConstraint, [lineRule('name', 60)]) name!: string;
  @Validate(FieldConstraint, [queryRule]) query!: string;
}

/** Views of the console's screens that somebody keeps for themselves, in one shop. */
@Controller('api/panel/v1/saved-views')
export class SavedViewsController {
  private readonly views: SavedViewsStore;

  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(GATEWAY_DATABASE) database: Database,
  ) {
    this.views = new SavedViewsStore(database);
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    sendAnswer(reply, dataAnswer(200, await this.views.list(ownerOf(caller))));
  }

  @Post()
  async save(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { screen, name, query } = readFields(request, SaveViewDto);
    await post(this.desk, { request, reply, caller }, async () => {
      const view = { screen, name: name.trim(), query, now: new Date(this.desk.clock.nowMs()) };
      const saved = await this.views.save(ownerOf(caller), view);
      if (saved === null)
        throw new Problem(409, 'too-many-views', {
          detail: `There are ${SAVED_VIEWS_MAX} views of yours already; forget one first.`,
        });
      return dataAnswer(201, saved);
    });
  }

  @Delete(':id')
  async forget(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    if (!(await this.views.forget(ownerOf(caller), request.params.id))) throw notFound();
    sendAnswer(reply, dataAnswer(200, null));
  }
}

/** Views are a person's: the door lets no key in. */
function ownerOf({ person, merchantId }: Caller): ViewOwner {
  if (person === undefined) throw new Error('a key was let in where only people are');
  return { userId: person.userId, merchantId };
}
