import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dhakaTime } from '@paymatch/contracts';
import {
  answerOnce,
  dataAnswer,
  described,
  FieldConstraint,
  json,
  readMoment,
  sendAnswer,
} from '@paymatch/gateway-edge';
import { readBody } from '../body-validation.js';
import { admitTester, FASTAAR_DESK, type FastaarDesk } from '../fastaar-desk.js';
import { validationError } from '../fastaar.errors.js';
import type { ClockReading, TestClock } from './test-clock.js';
import type { Advance } from './test-clocks.store.js';

export const TEST_CLOCK = Symbol('TestClock');

/** 366 days. */
const ADVANCE_MAX_SECONDS = 31_622_400;

/** Body of `POST /api/v1/test/clock`: one of the two. */
export class AdvanceClockDto {
  @Validate(FieldConstraint, [
    described(json.integer({ minimum: 1, maximum: ADVANCE_MAX_SECONDS, examples: [1_800] }), (value) =>
      value === undefined ||
      value === null ||
      (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= ADVANCE_MAX_SECONDS)
        ? null
        : `Send a whole number of seconds from 1 to ${ADVANCE_MAX_SECONDS}.`,
    ),
  ])
  advance_seconds?: number | null;

  @Validate(FieldConstraint, [
    described(json.text({ format: 'date-time', examples: ['2026-06-12T15:00:00+06:00'] }), (value) =>
      value === undefined || value === null || readMoment(value, 'down') !== null
        ? null
        : 'Send a moment as 2026-06-12T15:00:00+06:00.',
    ),
  ])
  advance_to?: string | null;
}

/** The time of a merchant's test mode, which goes forward when it is told to. */
@Controller('api/v1/test/clock')
export class TestClockController {
  constructor(
    @Inject(FASTAAR_DESK) private readonly desk: FastaarDesk,
    @Inject(TEST_CLOCK) private readonly testClock: TestClock,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admitTester(this.desk, { request, reply }, 'payments:read');
    sendAnswer(reply, dataAnswer(200, render(await this.testClock.read(merchantId, request.id))));
  }

  @Post()
  async advance(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admitTester(this.desk, { request, reply }, 'payments:write');
    const ask = readAdvance(readBody({ request, reply }, AdvanceClockDto));
    const answer = await answerOnce({ store: this.desk.idempotency, request, caller }, async () => {
      const reading = await this.testClock.advance(caller.merchantId, ask, request.id);
      if (reading === 'backward')
        throw validationError({ advance_to: ['The clock goes forward only; it is later than this already.'] });
      if (reading === 'too_far')
        throw validationError({ advance_seconds: ['The clock may be ten years ahead at most.'] });
      return dataAnswer(200, render(reading));
    });
    sendAnswer(reply, answer);
  }
}

function readAdvance({ advance_seconds: seconds, advance_to: to }: AdvanceClockDto): Advance {
  const hasSeconds = seconds !== undefined && seconds !== null;
  const hasMoment = to !== undefined && to !== null;
  if (hasSeconds === hasMoment)
    throw validationError({ advance_seconds: ['Send either advance_seconds or advance_to.'] });
  if (hasSeconds) return { byMs: seconds * 1_000 };
  return { toMs: Date.parse(readMoment(to, 'down')!) };
}

function render({ nowMs, advancedMs, jumpedAt }: ClockReading): object {
  return {
    object: 'test_clock',
    now: dhakaTime(new Date(nowMs).toISOString()),
    advanced_seconds: Math.round(advancedMs / 1_000),
    advanced_at: jumpedAt === null ? null : dhakaTime(jumpedAt.toISOString()),
  };
}
