import { ComposeError } from './compose-error.js';

/** A server's own port, and the port by which services come to it: somebody stands between and hurts connections. */
export interface Way {
  readonly port: number;
  readonly byPort: number;
}

const named = ['postgres', 'kafka'];

/** `--way kafka=9100:9101`: the broker listens at 9100, services come by 9101. */
export function readWays(values: readonly string[]): ReadonlyMap<string, Way> {
  return new Map(
    values.map((value) => {
      const [, name = '', port, byPort] = /^([a-z]+)=(\d{1,5}):(\d{1,5})$/.exec(value) ?? [];
      if (!named.includes(name))
        throw new ComposeError(
          `--way takes ${named.join(' or ')} and two ports, such as kafka=9100:9101; got ${value}`,
        );
      return [name, { port: Number(port), byPort: Number(byPort) }];
    }),
  );
}

export function atWay({ byPort }: Pick<Way, 'byPort'>): string {
  return `127.0.0.1:${byPort}`;
}
