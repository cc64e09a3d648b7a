import { ApiProblem } from '../api/problem';

/** Browsers give passkeys only to pages that came over https or from this computer, and to names, not to numbers. */
export const hasPasskeys = (): boolean =>
  window.isSecureContext && 'PublicKeyCredential' in window && !/^[\d.]+$|:/.test(window.location.hostname);

type Library = typeof import('@simplewebauthn/browser');
type CreationOptions = Parameters<Library['startRegistration']>[0]['optionsJSON'];
type RequestOptions = Parameters<Library['startAuthentication']>[0]['optionsJSON'];

/** Asks the person's device for a new passkey. The library comes only when somebody wants one. */
export function createPasskey(options: object, refused: string) {
  return given(refused, ({ startRegistration }) => startRegistration({ optionsJSON: options as CreationOptions }));
}

/** Asks the person's device to prove who is there. */
export function provePasskey(options: object, refused: string) {
  return given(refused, ({ startAuthentication }) => startAuthentication({ optionsJSON: options as RequestOptions }));
}

/** Whoever closes the device's window, or has no passkey here, reads so; it is no fault of the gateway's. */
async function given<Credential>(refused: string, run: (library: Library) => Promise<Credential>): Promise<Credential> {
  const library = await import('@simplewebauthn/browser');
  try {
    return await run(library);
  } catch (cause) {
    const about = { detail: refused, requestId: null, fields: {}, retryAfterSeconds: null };
    throw Object.assign(new ApiProblem(0, 'passkey_refused', about), { cause });
  }
}
