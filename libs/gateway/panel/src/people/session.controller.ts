import { Controller, Delete, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import { dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { actorOfSession, passwordProblem, plainEmail, takeSession, type OpenSession } from '@paymatch/gateway-people';
import { notFound, PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto } from '../panel.dto.js';
import { ChangeMeDto, ChangePasswordDto, SignInDto, StepUpDto } from './people.dto.js';
import { answerSession, answerSignIn, answerStepUp, clientOf, refusal, visitorOf } from './signing-in.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Signing in and out, and what people do with their own account. */
@Controller('api/panel/v1')
export class SessionController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('session')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await answerSession(this.desk, reply, await this.desk.door.person(request));
  }

  /** Signing in always begins a new session: one that somebody else put into the browser gains nothing by it. */
  @Post('session')
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.desk.door.checkOrigin(request);
    const { email, password, code } = readFields(request, SignInDto);
    const credentials = { email: plainEmail(email)!, password, code };
    const result = await this.desk.people.signIn.byPassword(credentials, visitorOf(request));
    await answerSignIn(this.desk, { request, reply }, result);
  }

  @Delete('session')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    await this.ended(request, session, { id: session.id, action: 'signed out' });
    takeSession(reply);
    sendAnswer(reply, dataAnswer(200, null));
  }

  @Post('session/step-up')
  async stepUp(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    const given = readFields(request, StepUpDto);
    const { hasTotp } = session.person;
    if (hasTotp ? given.code === undefined : given.password === undefined)
      throw validationProblem(hasTotp ? { code: ['Send the code.'] } : { password: ['Send the password.'] });
    const checked = await this.desk.people.signIn.checkAgain(session.person, given, clientOf(request));
    if (checked.kind !== 'known') throw refusal(checked);
    const proof = {
      sessionId: session.id,
      person: session.person,
      client: clientOf(request),
      by: hasTotp ? 'authenticator' : 'password',
    } as const;
    answerStepUp(reply, await this.desk.people.signIn.stepUp(proof));
  }

  @Get('sessions')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const own = await this.desk.door.person(request);
    const sessions = await this.desk.people.sessions.list(own.person.id);
    const shown = sessions.map((session) => ({
      id: session.id,
      is_this_one: session.id === own.id,
      address: session.address,
      agent: session.agent,
      created_at: session.createdAt.toISOString(),
      last_seen_at: session.lastSeenAt.toISOString(),
      expires_at: session.expiresAt.toISOString(),
    }));
    sendAnswer(reply, dataAnswer(200, shown));
  }

  @Delete('sessions/:id')
  async end(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    readFields(request, NoFieldsDto);
    const { id } = request.params;
    if (!isUuid(id) || !(await this.ended(request, session, { id, action: 'session ended' }))) throw notFound();
    sendAnswer(reply, dataAnswer(200, null));
  }

  @Patch('me')
  async changeMe(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.person(request);
    const { name, language } = readFields(request, ChangeMeDto);
    const { database, users, audit } = this.desk.people;
    const { id, name: nameBefore, language: languageBefore } = session.person;
    await database.transaction(async (tx) => {
      await users.change(id, { name, language }, tx);
      const before = { name: nameBefore, language: languageBefore };
      const change = { merchantId: null, action: 'profile changed', subject: id, before, after: { name, language } };
      await audit.write(actorOfSession(request, session), change, tx);
    });
    const person = {
      ...session.person,
      name: name ?? session.person.name,
      language: language ?? session.person.language,
    };
    await answerSession(this.desk, reply, { ...session, person });
  }

  /** Every other session ends: whoever knew the old password is out. */
  @Post('me/password')
  async changePassword(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { person } = await this.desk.door.person(request);
    const { current, new: chosen } = readFields(request, ChangePasswordDto);
    const problem = passwordProblem(chosen, person);
    if (problem !== null) throw validationProblem({ new: [problem] });
    const { signIn } = this.desk.people;
    const visitor = visitorOf(request);
    const checked = await signIn.checkPassword({ email: person.email, password: current }, visitor.client);
    if (checked.kind !== 'known') throw refusal(checked);
    await answerSignIn(this.desk, { request, reply }, await signIn.newPassword(person, chosen, visitor));
  }

  /** Whether there was one of theirs. */
  private ended(
    request: FastifyRequest,
    session: OpenSession,
    { id, action }: { readonly id: string; readonly action: string },
  ): Promise<boolean> {
    const { database, sessions, audit } = this.desk.people;
    return database.transaction(async (tx) => {
      if (!(await sessions.end(session.person.id, id, tx))) return false;
      await audit.write(actorOfSession(request, session), { merchantId: null, action, subject: id }, tx);
      return true;
    });
  }
}
