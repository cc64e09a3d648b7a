/* For `node --require`: a process whose clock jumps JUMP_MS ahead at each SIGUSR2. Timers and durations run as ever. */
let aheadMs = 0;
process.on('SIGUSR2', () => {
  aheadMs += Number(process.env.JUMP_MS);
});
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
