import type { FactoryProvider } from '@nestjs/common';

/**
 * A provider made of parts that have names. Nest hands a factory its parts by position, which nobody can read past
 * three. `tokens` says under which token each part is found.
 */
export function namedProvider<Parts extends object>(
  provide: symbol,
  tokens: { readonly [Name in keyof Parts]: symbol },
  make: (parts: Parts) => unknown,
): FactoryProvider {
  const names = Object.keys(tokens) as (keyof Parts)[];
  return {
    provide,
    inject: names.map((name) => tokens[name]),
    useFactory: (...found: readonly unknown[]) =>
      make(Object.fromEntries(names.map((name, index) => [name, found[index]])) as unknown as Parts),
  };
}
