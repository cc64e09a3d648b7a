/**
 * Moves what a merchant's test mode waits for nearer by `byMs`, on `credits.commands` and `webhooks.commands`
 * (request/reply, keyed by merchant id). A merchant's jumps are numbered upwards; one that was taken before, or is
 * older than one that was, moves nothing.
 */
export interface AdvanceTestClock {
  readonly type: 'AdvanceTestClock';
  readonly merchantId: string;
  readonly livemode: false;
  readonly jump: number;
  readonly byMs: number;
}

/** How many waits are nearer now. */
export interface TestClockReply {
  readonly moved: number;
}
