import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { AuditActor } from '../audit-log.js';
import type { OpenSession } from '../people.ports.js';
import type { PeopleStores } from '../people-stores.js';
import type { SignInRefusal, SignInResult, Visitor } from '../sign-in.js';
import { challengeOf, PasskeyCeremony } from './passkey-ceremony.js';
import type { ChallengeUse } from './passkey-challenges.store.js';
import type { PasskeyView } from './passkeys.store.js';

export type Registered =
  | { readonly kind: 'added'; readonly passkey: PasskeyView }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'too-many' };
export type SteppedUp = { readonly kind: 'stepped-up'; readonly until: Date } | SignInRefusal;

/** Signing in, and proving once more who is there, by passkey; and one's own passkeys. */
export class Passkeys {
  private readonly ceremony: PasskeyCeremony;

  constructor(
    private readonly people: PeopleStores,
    /** Where browsers reach this gateway: its host is what passkeys are bound to. */
    publicUrl: string,
  ) {
    this.ceremony = new PasskeyCeremony(publicUrl);
  }

  get isPossible(): boolean {
    return this.ceremony.isPossible;
  }

  async registrationOptions({ id, person }: OpenSession): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { passkeys, passkeyChallenges } = this.people;
    const challenge = await passkeyChallenges.make({ purpose: 'registration', sessionId: id });
    return this.ceremony.registration(person, await passkeys.of(person.id), challenge);
  }

  async register(
    { id: sessionId, person }: OpenSession,
    given: { readonly name: string; readonly credential: RegistrationResponseJSON },
    actor: AuditActor,
  ): Promise<Registered> {
    const { passkeys, audit, database } = this.people;
    const challenge = await this.taken(given.credential, { purpose: 'registration', sessionId });
    const credential = challenge === null ? null : await this.ceremony.verifyRegistration(given.credential, challenge);
    if (credential === null) return { kind: 'invalid' };
    return database.transaction(async (tx): Promise<Registered> => {
      const added = await passkeys.add(
        {
          userId: person.id,
          name: given.name,
          credentialId: new Uint8Array(Buffer.from(credential.id, 'base64url')),
          publicKey: credential.publicKey,
          counter: credential.counter,
          transports: credential.transports ?? [],
        },
        tx,
      );
      if (typeof added === 'string') return { kind: added };
      const after = { id: added.id, name: added.name };
      await audit.write(actor, { merchantId: null, action: 'passkey added', subject: person.id, after }, tx);
      return { kind: 'added', passkey: added };
    });
  }

  /** Whether there was such a one of theirs. */
  async remove({ person }: OpenSession, passkeyId: string, actor: AuditActor): Promise<boolean> {
    const { passkeys, audit, database } = this.people;
    return database.transaction(async (tx) => {
      const name = await passkeys.remove(person.id, passkeyId, tx);
      if (name === null) return false;
      const before = { id: passkeyId, name };
      await audit.write(actor, { merchantId: null, action: 'passkey removed', subject: person.id, before }, tx);
      return true;
    });
  }

  async signInOptions(address: string): Promise<PublicKeyCredentialRequestOptionsJSON | SignInRefusal> {
    const retryAfterSeconds = await this.people.throttle.take('challenge', address);
    if (retryAfterSeconds > 0) return { kind: 'throttled', retryAfterSeconds };
    return this.ceremony.assertion([], await this.people.passkeyChallenges.make({ purpose: 'sign-in' }));
  }

  /** One that nobody has is answered like one that signed wrongly. */
  async signIn(credential: AuthenticationResponseJSON, visitor: Visitor): Promise<SignInResult> {
    const throttled = await this.throttled(credential, visitor.client.address);
    if (throttled !== null) return throttled;
    const challenge = await this.taken(credential, { purpose: 'sign-in' });
    const passkey = await this.people.passkeys.find(Buffer.from(credential.id, 'base64url'));
    if (passkey === null) return { kind: 'refused' };
    // Whoever is not named can only be found by the authenticator's own word for them.
    const isNamed = credential.response.userHandle !== undefined;
    const counter =
      challenge === null || !isNamed ? null : await this.ceremony.verifyAssertion(credential, { passkey, challenge });
    const { signIn, users } = this.people;
    const person = counter === null ? null : await users.find(passkey.userId);
    const result: SignInResult | null =
      counter === null || person === null
        ? null
        : await signIn.open({ person, visitor, by: 'passkey' }, (tx) => this.people.passkeys.use(passkey, counter, tx));
    if (result === null) signIn.noteRefusal({ id: passkey.userId, email: passkey.email }, visitor.client, 'passkey');
    else await this.people.throttle.forgive('account', credential.id);
    return result ?? { kind: 'refused' };
  }

  /** `null` where the person has none. */
  async stepUpOptions({ id, person }: OpenSession): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
    const own = await this.people.passkeys.of(person.id);
    if (own.length === 0) return null;
    const challenge = await this.people.passkeyChallenges.make({ purpose: 'step-up', sessionId: id });
    return this.ceremony.assertion(own, challenge);
  }

  /** Somebody else's passkey, however well it signs, proves nothing about this person. */
  async stepUp(
    { id: sessionId, person }: OpenSession,
    credential: AuthenticationResponseJSON,
    { client }: Visitor,
  ): Promise<SteppedUp> {
    const throttled = await this.throttled(credential, client.address);
    if (throttled !== null) return throttled;
    const { passkeys, signIn } = this.people;
    const challenge = await this.taken(credential, { purpose: 'step-up', sessionId });
    const passkey = await passkeys.find(Buffer.from(credential.id, 'base64url'));
    const counter =
      challenge === null || passkey?.userId !== person.id
        ? null
        : await this.ceremony.verifyAssertion(credential, { passkey, challenge });
    const until =
      counter === null || passkey === null
        ? null
        : await signIn.stepUp({ sessionId, person, client, by: 'passkey' }, (tx) => passkeys.use(passkey, counter, tx));
    if (until === null) signIn.noteRefusal(person, client, 'passkey');
    else await this.people.throttle.forgive('account', credential.id);
    return until === null ? { kind: 'refused' } : { kind: 'stepped-up', until };
  }

  /** Counted by credential, whether anybody has it or not. */
  private async throttled({ id }: AuthenticationResponseJSON, address: string): Promise<SignInRefusal | null> {
    const { throttle } = this.people;
    const retryAfterSeconds = (await throttle.take('address', address)) || (await throttle.take('account', id));
    return retryAfterSeconds > 0 ? { kind: 'throttled', retryAfterSeconds } : null;
  }

  private async taken(
    credential: RegistrationResponseJSON | AuthenticationResponseJSON,
    use: ChallengeUse,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const challenge = challengeOf(credential);
    return challenge !== null && (await this.people.passkeyChallenges.use(challenge, use)) ? challenge : null;
  }
}
