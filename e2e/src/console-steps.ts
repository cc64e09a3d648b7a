import { execFileSync } from 'node:child_process';
import path from 'node:path';
import jsQR from 'jsqr';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { pictured, violations } from './console-browser.js';
import type { RunningGateway } from './running-gateway.js';

/** Pixels, each way, that the code is read from. */
const SIDE = 400;

/** What a person does to get a shop going, in test mode, each step on the screen where it belongs. */
export async function addWallet(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add a wallet' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a wallet' });
  await dialog.getByLabel('Number').fill('01812345678');
  await dialog.getByLabel('Account name').fill('Rahima Traders');
  await dialog.getByLabel('In a day').fill('100');
  await dialog.getByRole('button', { name: 'Add a wallet' }).click();
  await page.getByRole('cell', { name: '01812345678' }).waitFor();
}

/** Makes the payment by which a wallet is tried; its page. */
export async function tryWallet(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Try with ৳1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Try 01812345678 with ৳1' });
  await dialog.getByRole('button', { name: 'Make the payment of ৳1' }).click();
  const link = dialog.getByRole('link', { name: 'Open its checkout page' });
  await link.waitFor();
  expect(await violations(page)).toEqual([]);
  await pictured(page, 'wallet trial');
  const address = await link.getAttribute('href');
  await page.keyboard.press('Escape');
  return address!;
}

/** Makes a test payment, and pretends that its money came. */
export async function simulatePayment(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Developers' }).click();
  await page.getByRole('tab', { name: 'Simulator' }).click();
  await page.getByLabel('Amount').fill('75');
  await page.getByRole('button', { name: 'Make the payment' }).click();
  await page.getByText('The test payment is made.').waitFor();
  const row = page.getByRole('row', { name: /75\.00/ });
  await row.getByRole('button', { name: 'complete' }).click();
  await row.waitFor({ state: 'detached' });
  expect(await violations(page)).toEqual([]);
  await pictured(page, 'simulator');
  await page.getByRole('link', { name: 'See its story' }).click();
  await page.getByText('Completed').first().waitFor();
}

/** Who a phone is once it has come in. */
export interface Phone {
  readonly id: string;
  readonly secret: string;
}

/** Shows the code, reads it as a phone's camera does, and comes in with it. */
export async function enrolPhone(page: Page, baseUrl: string): Promise<Phone> {
  await page.getByRole('link', { name: 'Phones' }).click();
  await page.getByRole('button', { name: 'Add a phone' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Counter');
  await page.getByRole('button', { name: 'Show the code' }).click();
  await page.getByText('A phone cannot reach this address').waitFor();
  await page.locator('img.qr').waitFor();
  // One letter a pixel: a list of numbers takes a minute on its way.
  const shades = await page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = ${SIDE};
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, ${SIDE}, ${SIDE});
    context.drawImage(document.querySelector('img.qr'), 20, 20, ${SIDE - 40}, ${SIDE - 40});
    const { data } = context.getImageData(0, 0, ${SIDE}, ${SIDE});
    let text = '';
    for (let at = 0; at < data.length; at += 4) text += data[at] < 128 ? '#' : ' ';
    return text;
  })()`);
  const pixels = Uint8ClampedArray.from(
    [...shades].flatMap((shade) => [...Array(3).fill(shade === '#' ? 0 : 255), 255]),
  );
  const read = jsQR(pixels, SIDE, SIDE)!.data;
  expect(read).toBe(await page.getByRole('dialog').locator('code').textContent());
  const code = new URLSearchParams(new URL(read).hash.slice(1)).get('code');
  const entered = await fetch(`${baseUrl}/api/device/v1/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  expect(entered.status).toBe(201);
  const phone = (await entered.json()) as { readonly device_id: string; readonly secret: string };
  await page.keyboard.press('Escape');
  await page.getByRole('cell', { name: 'Counter' }).waitFor();
  return { id: phone.device_id, secret: phone.secret };
}

export async function addEndpoint(page: Page, url: string): Promise<void> {
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByRole('button', { name: 'Add an endpoint' }).click();
  await page.getByLabel('Address').fill(url);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').getByText('Your server checks each event’s signature').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(url).first().waitFor();
}

/** Ends with the key, which is shown this once. */
export async function issueKey(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Create a key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a key' });
  await dialog.getByLabel('Name').fill('Shop server');
  await dialog.getByRole('button', { name: 'Create a key' }).click();
  const key = await dialog.locator('code').textContent();
  await page.keyboard.press('Escape');
  return key!;
}

/** Gives the phone another name, and tries a text as it would tell of it. */
export async function renamePhoneAndTryText(page: Page, text: string): Promise<void> {
  await page
    .getByRole('row', { name: /Counter/ })
    .getByRole('button', { name: 'Change' })
    .click();
  const phone = page.getByRole('dialog', { name: 'Counter' });
  await phone.getByLabel('Name').fill('Till');
  await phone.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'Till' }).waitFor();
  await page.getByRole('button', { name: 'Try a text' }).click();
  const dialog = page.getByRole('dialog', { name: 'Try a text' });
  await dialog.getByLabel('Message').fill(text);
  await dialog.getByRole('button', { name: 'Read it' }).click();
  await dialog.getByText('Money came in').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
}

/** Has all that was sent sent once more, and sees it through. */
export async function replayEvents(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByRole('button', { name: 'Send past events again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send past events again' });
  await dialog.getByLabel('Which events').selectOption('all');
  await dialog.getByRole('button', { name: 'Send past events again' }).click();
  await page.getByRole('tab', { name: 'Replays' }).click();
  await page.getByRole('row').getByText('Done').waitFor();
  expect(await violations(page)).toEqual([]);
}

/** Ends with the address that customers are sent. */
export async function makePaymentLink(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Payment links' }).click();
  await page.getByText('No payment link yet').waitFor();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a link' });
  await dialog.getByLabel('What it is for').fill('Winter course');
  await dialog.getByLabel('Price in taka').fill('350');
  await dialog.getByLabel('Places').fill('2');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('0 of 2 taken').waitFor();
  return (await page.getByRole('link', { name: 'Winter course' }).getAttribute('href'))!;
}

export async function disablePaymentLink(page: Page): Promise<void> {
  const row = page.getByRole('row', { name: /Winter course/ });
  await row.getByRole('button', { name: 'Disable' }).click();
  const dialog = page.getByRole('dialog', { name: 'Disable Winter course?' });
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await row.getByText('Disabled').waitFor();
}

/** Invites somebody as support, on the screen of people; the link that is shown. */
export async function invited(page: Page, email: string): Promise<URL> {
  await page.getByRole('button', { name: 'Invite a colleague' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Role').selectOption('support');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await page.getByText('It was not mailed.').waitFor();
  return new URL((await page.getByRole('dialog').locator('code').textContent())!);
}

/** Adds an authenticator on one's own account; one of the recovery codes. */
export async function addAuthenticator(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Add an authenticator' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an authenticator' });
  await dialog.locator('img.qr').waitFor();
  const secret = (await dialog.locator('code').textContent())!;
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await dialog.getByLabel('The six digits it shows').fill(code);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  const recoveryCode = (await codes.first().textContent())!;
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('An authenticator is in use').waitFor();
  return recoveryCode;
}

/** What the operator's command prints: a link for somebody who forgot their password, or who becomes an operator. */
export function operatorLink(gateway: RunningGateway, verb: 'reset-link' | 'invite', email: string): URL {
  const ops = path.resolve(__dirname, '../../apps/ops/dist/main.js');
  const printed = execFileSync(process.execPath, [ops, 'operator', verb, '--email', email], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, PAYMATCH_DATA: gateway.dataDir, PAYMATCH_PUBLIC_URL: gateway.demo.baseUrl },
  });
  return new URL(printed.trim());
}

export interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Makes an account on the page that an invitation or the link of the start leads to. */
export async function setUp(page: Page, { name, email, password }: Newcomer): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  const address = page.getByLabel('E-mail');
  if (await address.isEditable()) await address.fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.locator('.frame-nav').waitFor({ state: 'attached' });
}

/** On the operator's list of merchants; the key that is shown once, and the shop's id. */
export async function createShop(
  page: Page,
  name: string,
): Promise<{ readonly testKey: string; readonly merchantId: string }> {
  await page.getByRole('button', { name: 'Create a merchant' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a merchant' });
  await dialog.getByLabel('Shop’s name').fill(name);
  await dialog.getByRole('switch').check();
  await dialog.getByRole('button', { name: 'Create a merchant' }).click();
  const testKey = (await dialog.locator('code').textContent())!;
  const link = dialog.getByRole('link', { name: 'Set it up' });
  const merchantId = /\/m\/([^/]+)\//.exec((await link.getAttribute('href'))!)![1]!;
  await link.click();
  await page.getByText('Test mode: no real money').waitFor();
  return { testKey, merchantId };
}

/** Lets a merchant receive on an account that another one has. */
export async function allowAccount(page: Page): Promise<void> {
  await page.getByText('None is shared.').waitFor();
  await page.getByRole('button', { name: 'Allow an account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Allow an account' });
  await dialog.getByLabel('Number or Pix key').fill('01799999999');
  await dialog.getByLabel('Reason').fill('Two shops of one family');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Allow an account' }).click();
  await page.getByRole('cell', { name: '01799999999' }).waitFor();
  await pictured(page, 'operator merchant');
}

/** Keeps what the list of payments shows under a name. */
export async function saveView(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Views' }).click();
  const views = page.getByRole('dialog', { name: 'Views' });
  await views.getByLabel('Name').fill(name);
  await views.getByRole('button', { name: 'Save' }).click();
  await views.getByRole('link', { name }).waitFor();
  expect(await violations(page)).toEqual([]);
}

/** On the customer's page. */
export async function eraseCustomer(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Erase' }).click();
  const dialog = page.getByRole('dialog', { name: `Erase ${name}?` });
  await dialog.getByLabel('Reason').fill('Asked for by mail');
  const confirm = dialog.getByRole('button', { name: 'Erase' });
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByLabel('To confirm').fill(name);
  await pictured(page, 'customer erase');
  expect(await violations(page)).toEqual([]);
  await confirm.click();
  await page.getByText('The customer is erased').waitFor();
}

/** A device of the browser's own that makes passkeys and gives them without being asked twice. */
export async function addVirtualAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
