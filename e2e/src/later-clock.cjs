/* For `node --require`: a process whose clock is LATER_CLOCK_MS ahead. Timers and durations run as ever. */
const aheadMs = Number(process.env.LATER_CLOCK_MS);
const RealDate = Date;
globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + aheadMs);
    else super(...args);
  }

  static now() {
    return RealDate.now() + aheadMs;
  }
};
