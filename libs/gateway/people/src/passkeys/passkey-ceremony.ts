import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import { cose, decodeAttestationObject, decodeClientDataJSON, isoBase64URL } from '@simplewebauthn/server/helpers';
import { CHALLENGE_LIFE_MS } from './passkey-challenges.store.js';
import type { KnownPasskey } from './passkeys.store.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** What every authenticator in use signs with: Ed25519, P-256, RSA. */
const ALGORITHMS = [cose.COSEALG.EdDSA, cose.COSEALG.ES256, cose.COSEALG.RS256];

/**
 * The words of WebAuthn level 3 between this gateway and an authenticator. The person is always verified by the
 * authenticator itself (finger, face, PIN), so that a passkey is two factors in one.
 */
export class PasskeyCeremony {
  readonly relyingParty: string;
  private readonly origin: string;

  constructor(publicUrl: string) {
    const { hostname, origin } = new URL(publicUrl);
    this.relyingParty = hostname;
    this.origin = origin;
  }

  /** Browsers bind passkeys to names; an address of digits is none. */
  get isPossible(): boolean {
    return isIP(this.relyingParty.replace(/^\[|\]$/g, '')) === 0;
  }

  registration(
    person: { readonly id: string; readonly email: string; readonly name: string },
    own: readonly KnownPasskey[],
    challenge: Bytes,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      rpName: 'Paymatch',
      rpID: this.relyingParty,
      userID: handleOf(person.id),
      userName: person.email,
      userDisplayName: person.name,
      challenge,
      timeout: CHALLENGE_LIFE_MS,
      attestationType: 'none',
      excludeCredentials: own.map(descriptorOf),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
  }

  /** Without `own` whatever passkey of this gateway the person has. */
  assertion(own: readonly KnownPasskey[], challenge: Bytes): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({
      rpID: this.relyingParty,
      challenge,
      timeout: CHALLENGE_LIFE_MS,
      userVerification: 'required',
      allowCredentials: own.map(descriptorOf),
    });
  }

  /** The new credential, or `null` for an answer that is not what it must be. */
  async verifyRegistration(response: RegistrationResponseJSON, challenge: Bytes): Promise<WebAuthnCredential | null> {
    return unlessRefused(async () => {
      if (hasCertificates(response)) return null;
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge: isoBase64URL.fromBuffer(challenge),
        expectedOrigin: this.origin,
        expectedRPID: this.relyingParty,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
      return verified ? registrationInfo.credential : null;
    });
  }

  /** The authenticator's new counter, or `null` for an answer that is not what it must be. */
  async verifyAssertion(
    response: AuthenticationResponseJSON,
    { passkey, challenge }: { readonly passkey: KnownPasskey; readonly challenge: Bytes },
  ): Promise<number | null> {
    const { userHandle } = response.response;
    if (userHandle !== undefined && userHandle !== isoBase64URL.fromBuffer(handleOf(passkey.userId))) return null;
    return unlessRefused(async () => {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge: isoBase64URL.fromBuffer(challenge),
        expectedOrigin: this.origin,
        expectedRPID: this.relyingParty,
        requireUserVerification: true,
        credential: {
          id: isoBase64URL.fromBuffer(passkey.credentialId),
          publicKey: passkey.publicKey,
          counter: passkey.counter,
        },
      });
      return verified ? authenticationInfo.newCounter : null;
    });
  }
}

/** The challenge an answer says it answers; `null` where it says none. */
export function challengeOf(response: RegistrationResponseJSON | AuthenticationResponseJSON): Bytes | null {
  try {
    return isoBase64URL.toBuffer(decodeClientDataJSON(response.response.clientDataJSON).challenge);
  } catch {
    // Whatever cannot be read was made by no browser.
    return null;
  }
}

/** Only the client's own words are judged in here, and the library throws for each that is wrong. */
async function unlessRefused<Result>(verify: () => Promise<Result | null>): Promise<Result | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}

/** None are asked for; the library would fetch lists of revoked ones from wherever a certificate says. */
function hasCertificates(response: RegistrationResponseJSON): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.response.attestationObject));
  const format = attestation.get('fmt');
  return format !== 'none' && (format !== 'packed' || attestation.get('attStmt').get('x5c') !== undefined);
}

function descriptorOf({ credentialId, transports }: KnownPasskey): { id: string; transports: string[] } {
  return { id: isoBase64URL.fromBuffer(credentialId), transports: [...transports] };
}

/** The person as authenticators know them: the bytes of the id. */
function handleOf(userId: string): Bytes {
  return new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'));
}
