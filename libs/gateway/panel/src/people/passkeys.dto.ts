import { Validate } from 'class-validator';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { described, FieldConstraint, fieldsOf, json, type FieldRule } from '@paymatch/gateway-edge';
import { lineRule } from '../panel.rules.js';

const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** A credential's id has at most 1,023 bytes; what is signed grows with the browser's extensions. */
const ID_LENGTH_MAX = 1_364;
const PART_LENGTH_MAX = 16_000;
const TRANSPORTS_MAX = 10;

const isText = (value: unknown, lengthMax: number): value is string =>
  typeof value === 'string' && value.length <= lengthMax && BASE64URL.test(value);

/** What `PublicKeyCredential.toJSON()` gives; what browsers add to it is not read. */
function credentialRule(parts: readonly string[], optionalParts: readonly string[] = []): FieldRule {
  const text = (maxLength: number): object =>
    json.text({ pattern: BASE64URL.source, maxLength, examples: ['AQIDBAUGBwgJCgsMDQ4PEA'] });
  const response = Object.fromEntries([...parts, ...optionalParts].map((name) => [name, text(PART_LENGTH_MAX)]));
  const schema = json.object({
    id: text(ID_LENGTH_MAX) as never,
    rawId: text(ID_LENGTH_MAX) as never,
    type: json.text({ const: 'public-key' }),
    response: json.object(response as never, { optional: optionalParts }),
  });
  return described(schema, (value) => {
    const { id, rawId, type, response: answer, clientExtensionResults = {} } = fieldsOf(value);
    const given = fieldsOf(answer);
    const isWhole =
      isText(id, ID_LENGTH_MAX) &&
      rawId === id &&
      type === 'public-key' &&
      typeof clientExtensionResults === 'object' &&
      parts.every((name) => isText(given[name], PART_LENGTH_MAX)) &&
      optionalParts.every((name) => given[name] === undefined || isText(given[name], PART_LENGTH_MAX)) &&
      areTransports(given['transports']);
    return isWhole ? null : 'Send what the browser gave for the passkey, as its toJSON() writes it.';
  });
}

function areTransports(value: unknown): boolean {
  if (value === undefined) return true;
  return (
    Array.isArray(value) &&
    value.length <= TRANSPORTS_MAX &&
    value.every((item) => typeof item === 'string' && /^[a-z-]{1,20}$/.test(item))
  );
}

export class AddPasskeyDto {
  @Validate(FieldConstraint, [lineRule('name', 100)]) name!: string;
  @Validate(FieldConstraint, [credentialRule(['clientDataJSON', 'attestationObject'])])
  credential!: RegistrationResponseJSON;
}

export class UsePasskeyDto {
  @Validate(FieldConstraint, [credentialRule(['clientDataJSON', 'authenticatorData', 'signature'], ['userHandle'])])
  credential!: AuthenticationResponseJSON;
}
