/*
 * For `node --require`: a process whose clock jumps as `clock.json` beside the copy of this file says, in which
 * milliseconds stand under the name of the app. Timers and durations run as ever.
 */
const fs = require('node:fs');
const path = require('node:path');

const app = /apps\/([a-z-]+)\/dist\/main\.js$/.exec(process.argv[1] ?? '')?.[1];
if (app !== undefined) {
  const file = path.join(__dirname, 'clock.json');
  let aheadMs = 0;
  const look = () => {
    try {
      aheadMs = Number(JSON.parse(fs.readFileSync(file, 'utf8'))[app] ?? 0);
    } catch {
      aheadMs = 0;
    }
  };
  look();
  setInterval(look, 100).unref();
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
}
