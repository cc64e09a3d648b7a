import { ValidatorConstraint, validateSync, type ValidationArguments, type ValidationError, type ValidatorConstraintInterface } from 'class-validator';
import type { RequestWithBytes } from '@paymatch/gateway-access';
import { unsupportedMediaType, validationError } from './fastaar.errors.js';
import type { FieldRule } from './field-rules.js';
import { numberText } from './number-text.js';

const UNKNOWN_FIELDS_SHOWN_MAX = 20;
const FIELD_NAME_LENGTH_MAX = 100;

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

/** The body as the DTO, or the contract's 422. Fields that nobody declared are refused by name: a typo must not go unnoticed. */
export function readBody<Dto extends object>(request: RequestWithBytes, dtoClass: new () => Dto): Dto {
  const body = request.body ?? {};
  // Read as something else than JSON: a form, or plain text.
  if (request.body !== undefined && request.rawBody === undefined) throw unsupportedMediaType();
  if (typeof body !== 'object' || Array.isArray(body)) throw validationError({ body: ['Send one JSON object.'] });
  // class-validator finds its rules by an object's `constructor`.
  if (Object.hasOwn(body, 'constructor')) throw validationError(unknownField('constructor'));
  const dto = Object.assign(new dtoClass(), body);
  takeAmountAsWritten(dto, request.rawBody);
  const problems = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true, validationError: { target: false, value: false } });
  if (problems.length > 0) throw validationError(fieldErrors(problems));
  return dto;
}

/** A float has forgotten how it was written: `10.50` and `1e3` are told from `10.5` and `1000` by the bytes alone. */
function takeAmountAsWritten(dto: { amount?: unknown }, rawBody: Buffer | undefined): void {
  if (typeof dto.amount === 'number' && rawBody !== undefined) dto.amount = numberText(rawBody.toString('utf8'), 'amount');
}

function fieldErrors(problems: readonly ValidationError[]): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const { property, constraints = {} } of problems.slice(0, UNKNOWN_FIELDS_SHOWN_MAX)) {
    const name = property.slice(0, FIELD_NAME_LENGTH_MAX);
    Object.assign(errors, 'whitelistValidation' in constraints ? unknownField(name) : { [name]: Object.values(constraints) });
  }
  return errors;
}

function unknownField(name: string): Record<string, string[]> {
  return { [name]: [`There is no field "${name}"; remove it.`] };
}
