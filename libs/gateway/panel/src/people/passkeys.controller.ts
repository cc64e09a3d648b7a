import { Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import { clientAddress, dataAnswer, Problem, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { actorOfSession, PASSKEYS_MAX, type OpenSession, type PasskeyView } from '@paymatch/gateway-people';
import { notFound, PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto } from '../panel.dto.js';
import { AddPasskeyDto, UsePasskeyDto } from './passkeys.dto.js';
import { answerSignIn, answerStepUp, refusal, visitorOf } from './signing-in.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Passkeys (WebAuthn): one's own, and coming in by one. */
@Controller('api/panel/v1')
export class PasskeysController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('me/passkeys')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { person } = await this.desk.door.person(request);
    sendAnswer(reply, dataAnswer(200, (await this.desk.people.passkeys.list(person.id)).map(render)));
  }

  @Post('me/passkeys/options')
  async registrationOptions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.provenPerson(request);
    readFields(request, NoFieldsDto);
    sendAnswer(reply, dataAnswer(200, await this.desk.passkeys.registrationOptions(session)));
  }

  @Post('me/passkeys')
  async add(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.provenPerson(request);
    const { name, credential } = readFields(request, AddPasskeyDto);
    const added = await this.desk.passkeys.register(
      session,
      { name: name.trim(), credential: { ...credential, clientExtensionResults: {} } },
      actorOfSession(request, session),
    );
    if (added.kind === 'invalid')
      throw validationProblem({
        credential: ['This passkey could not be checked; ask for new options and try again.'],
      });
    if (added.kind === 'exists')
      throw new Problem(409, 'passkey-exists', { detail: 'This passkey is known here already.' });
    if (added.kind === 'too-many')
      throw new Problem(409, 'too-many-passkeys', {
        detail: `There are ${PASSKEYS_MAX} passkeys already; remove one first.`,
      });
    sendAnswer(reply, dataAnswer(201, render(added.passkey)));
  }

  @Delete('me/passkeys/:id')
  async remove(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    readFields(request, NoFieldsDto);
    this.desk.door.requireStepUp(session);
    const { id } = request.params;
    if (!isUuid(id) || !(await this.desk.passkeys.remove(session, id, actorOfSession(request, session))))
      throw notFound();
    sendAnswer(reply, dataAnswer(200, null));
  }

  /** Names nobody: whoever has a passkey of this gateway is asked by the browser which one they mean. */
  @Post('session/passkey/options')
  async signInOptions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.desk.door.checkOrigin(request);
    readFields(request, NoFieldsDto);
    this.requirePossible();
    const options = await this.desk.passkeys.signInOptions(clientAddress(request));
    if ('kind' in options) throw refusal(options);
    sendAnswer(reply, dataAnswer(200, options));
  }

  /** The authenticator has verified who holds it: no further code is asked for. */
  @Post('session/passkey')
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.desk.door.checkOrigin(request);
    const { credential } = readFields(request, UsePasskeyDto);
    const result = await this.desk.passkeys.signIn({ ...credential, clientExtensionResults: {} }, visitorOf(request));
    await answerSignIn(this.desk, { request, reply }, result);
  }

  @Post('session/step-up/passkey/options')
  async stepUpOptions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    readFields(request, NoFieldsDto);
    this.requirePossible();
    const options = await this.desk.passkeys.stepUpOptions(session);
    if (options === null) throw new Problem(409, 'no-passkey', { detail: 'There is no passkey in this account.' });
    sendAnswer(reply, dataAnswer(200, options));
  }

  @Post('session/step-up/passkey')
  async stepUp(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    const { credential } = readFields(request, UsePasskeyDto);
    const answer = { ...credential, clientExtensionResults: {} };
    const result = await this.desk.passkeys.stepUp(session, answer, visitorOf(request));
    if (result.kind !== 'stepped-up') throw refusal(result);
    answerStepUp(reply, result.until);
  }

  private async provenPerson(request: FastifyRequest): Promise<OpenSession> {
    const session = await this.desk.door.person(request);
    this.desk.door.requireStepUp(session);
    this.requirePossible();
    return session;
  }

  private requirePossible(): void {
    if (!this.desk.passkeys.isPossible)
      throw new Problem(409, 'passkeys-need-a-name', {
        detail:
          'Passkeys are bound to a name: give this gateway a public URL with a host name, not an address of digits.',
      });
  }
}

function render({ id, name, createdAt, lastUsedAt }: PasskeyView): object {
  return { id, name, created_at: createdAt.toISOString(), last_used_at: lastUsedAt?.toISOString() ?? null };
}
