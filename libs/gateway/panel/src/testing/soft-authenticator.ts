import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

interface SoftCredential {
  readonly id: Buffer;
  readonly key: KeyObject;
  readonly userHandle: string;
  counter: number;
}

/** What a browser puts between the page and the authenticator; each may be falsified. */
export interface Browsing {
  readonly origin?: string;
  readonly relyingParty?: string;
  readonly type?: string;
  /** Whether the person was verified by finger, face or PIN. */
  readonly isVerified?: boolean;
  /** What the authenticator says of how often it was used, where it does not count on. */
  readonly counter?: number;
  readonly credential?: SoftCredential;
}

interface CreationOptions {
  readonly challenge: string;
  readonly user: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** An authenticator made of software, with the browser around it: P-256, CBOR, the bytes of WebAuthn level 3. */
export class SoftAuthenticator {
  readonly credentials: SoftCredential[] = [];

  constructor(
    private readonly origin: string,
    private readonly counts = true,
  ) {}

  /** As `navigator.credentials.create()` and `toJSON()` give it. */
  create(options: CreationOptions, browsing: Browsing = {}): object {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const credential = {
      id: randomBytes(32),
      key: privateKey,
      userHandle: options.user.id,
      counter: this.counts ? 1 : 0,
    };
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const coseKey = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(credential.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, credential.id, coseKey]);
    const authData = this.authenticatorData(browsing, { counter: credential.counter, attested });
    this.credentials.push(credential);
    return answerOf(credential, {
      clientDataJSON: this.clientData('webauthn.create', options.challenge, browsing).toString('base64url'),
      attestationObject: cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      ).toString('base64url'),
      transports: ['internal'],
    });
  }

  /** As `navigator.credentials.get()` and `toJSON()` give it. */
  get(options: RequestOptions, browsing: Browsing = {}): { readonly id: string; readonly response: object } {
    const credential = browsing.credential ?? this.credentials.at(-1)!;
    if (this.counts) credential.counter += 1;
    const clientData = this.clientData('webauthn.get', options.challenge, browsing);
    const authData = this.authenticatorData(browsing, { counter: browsing.counter ?? credential.counter });
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), credential.key);
    return answerOf(credential, {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: credential.userHandle,
    });
  }

  private clientData(type: string, challenge: string, browsing: Browsing): Buffer {
    const { origin = this.origin } = browsing;
    return Buffer.from(JSON.stringify({ type: browsing.type ?? type, challenge, origin, crossOrigin: false }));
  }

  private authenticatorData(
    { relyingParty = new URL(this.origin).hostname, isVerified = true }: Browsing,
    { counter, attested }: { readonly counter: number; readonly attested?: Buffer },
  ): Buffer {
    const flags = 0x01 | (isVerified ? 0x04 : 0) | (attested === undefined ? 0 : 0x40);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(relyingParty), Buffer.from([flags]), count, attested ?? Buffer.alloc(0)]);
  }
}

function answerOf({ id }: SoftCredential, response: object): { id: string; response: object } {
  const text = id.toString('base64url');
  return {
    ...{ id: text, rawId: text, type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {} },
    response,
  };
}

/** RFC 8949: whole numbers, bytes, texts and maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([name, item]) => [cbor(name), cbor(item)])]);
  throw new Error(`no CBOR for ${typeof value}`);
}

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument]);
  if (argument < 256) return Buffer.from([(major << 5) | 24, argument]);
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 255]);
}
