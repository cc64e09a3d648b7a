import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const isRequired = Boolean(process.env['CI']) || process.env['REQUIRE_BROWSER'] === '1';
const isHere = existsSync(CHROMIUM);
if (!isHere && !isRequired)
  process.stderr.write(
    `The checkout's browser tests are left out: there is no ${CHROMIUM} (apt-get install chromium; ` +
      'REQUIRE_BROWSER=1 makes this a failure).\n',
  );

/** `describe` where there is a browser, or must be one. */
export const inBrowser = isHere || isRequired ? describe : describe.skip;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
