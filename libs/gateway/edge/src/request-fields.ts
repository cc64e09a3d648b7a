import {
  ValidatorConstraint,
  validateSync,
  type ValidationArguments,
  type ValidationError,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { JsonSchema } from './openapi/json-schema.js';
import type { RequestWithBytes } from './route-marks.js';

const UNKNOWN_FIELDS_SHOWN_MAX = 20;
const FIELD_NAME_LENGTH_MAX = 100;

/** Says what is wrong with a value and what to do, or `null` when nothing is. */
export interface FieldRule {
  (value: unknown): string | null;
  /** What it takes, apart from nothing and `null`; see `described`. */
  readonly schema?: JsonSchema;
}

/** What is wrong, by field. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** A request whose fields are not what its DTO declares; each face says it in its own words. */
export class InvalidFields extends Error {
  override readonly name = 'InvalidFields';
  readonly statusCode = 422;
  constructor(readonly errors: FieldErrors) {
    super(Object.values(errors).flat()[0] ?? 'The request is not valid.');
  }
}

/** A field that reads well and cannot be taken as things stand: `code` for programs, the message for the caller. */
export class RefusedField extends Error {
  override readonly name = 'RefusedField';
  constructor(
    readonly code: string,
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** The body is not JSON by its own account; `statusCode` is read by `gatewayFault`. */
export class UnsupportedBody extends Error {
  override readonly name = 'UnsupportedBody';
  readonly statusCode = 415;
}

/** Lets class-validator ask one of our rules: `@Validate(FieldConstraint, [amountRule])`. */
@ValidatorConstraint({ name: 'rule' })
export class FieldConstraint implements ValidatorConstraintInterface {
  validate(value: unknown, args: ValidationArguments): boolean {
    return ruleOf(args)(value) === null;
  }

  defaultMessage(args: ValidationArguments): string {
    return ruleOf(args)(args.value) ?? '';
  }
}

function ruleOf(args: ValidationArguments): FieldRule {
  return (args.constraints as [FieldRule])[0];
}

/**
 * The body as the DTO. Fields that nobody declared are refused by name: a typo must not go unnoticed. Throws
 * `InvalidFields`, or `UnsupportedBody`.
 */
export function readFields<Dto extends object>(request: RequestWithBytes, dtoClass: new () => Dto): Dto {
  const body = readObject(request);
  // class-validator finds its rules by an object's `constructor`.
  if (Object.hasOwn(body, 'constructor')) throw new InvalidFields(unknownField('constructor'));
  const dto = Object.assign(new dtoClass(), body);
  checkFields(dto, 'refused');
  return dto;
}

/**
 * The body as the DTO, for contracts whose clients send more than is asked for: fields that nobody declared are left
 * out and named. `prepare` may change the DTO before it is checked. Throws `InvalidFields`, or `UnsupportedBody`.
 */
export function readKnownFields<Dto extends object>(
  request: RequestWithBytes,
  dtoClass: new () => Dto,
  prepare: (dto: Dto) => void,
): { readonly dto: Dto; readonly ignored: readonly string[] } {
  const { constructor: _, ...body } = readObject(request);
  const dto = Object.assign(new dtoClass(), body);
  prepare(dto);
  checkFields(dto, 'left out');
  return { dto, ignored: Object.keys(readObject(request)).filter((name) => !Object.hasOwn(dto, name)) };
}

function readObject(request: RequestWithBytes): Readonly<Record<string, unknown>> {
  // HTTP libraries name a form's content type also when they send nothing: WordPress does for a refund of all that
  // remains.
  const isEmpty = request.body === undefined || request.headers['content-length'] === '0';
  // Read as something else than JSON: a form, or plain text.
  if (!isEmpty && request.rawBody === undefined) throw new UnsupportedBody('the body is not JSON');
  const body = (isEmpty ? undefined : request.body) ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new InvalidFields({ body: ['Send one JSON object.'] });
  return body as Readonly<Record<string, unknown>>;
}

function checkFields(dto: object, unknown: 'refused' | 'left out'): void {
  const problems = validateSync(dto, {
    whitelist: true,
    forbidNonWhitelisted: unknown === 'refused',
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  if (problems.length > 0) throw new InvalidFields(fieldErrors(problems));
}

function fieldErrors(problems: readonly ValidationError[]): FieldErrors {
  const errors: Record<string, string[]> = {};
  for (const { property, constraints = {} } of problems.slice(0, UNKNOWN_FIELDS_SHOWN_MAX)) {
    const name = property.slice(0, FIELD_NAME_LENGTH_MAX);
    Object.assign(
      errors,
      'whitelistValidation' in constraints ? unknownField(name) : { [name]: Object.values(constraints) },
    );
  }
  return errors;
}

function unknownField(name: string): Record<string, string[]> {
  return { [name]: [`There is no field "${name}"; remove it.`] };
}
