import type { ApiDescription, ApiOperation, JsonSchema } from '@paymatch/gateway-edge';

export interface ReferenceTables {
  /** What all routes' addresses begin with; left out of the tables. */
  readonly prefix: string;
  /** Who may call a route, in a word or two, under a heading of its own; none: no such column. */
  readonly who?: { readonly heading: string; readonly of: (operation: ApiOperation) => string };
  /** Of the heading of each group of routes; `##` unless said. */
  readonly heading?: string;
}

/** An API for people to read: each route in a line, from the description that its OpenAPI document is made of. */
export function referenceTables(api: ApiDescription, options: ReferenceTables): string {
  const columns = ['route', ...(options.who === undefined ? [] : [options.who.heading]), 'what it does', 'takes'];
  const groups = Object.entries(api.tags).map(([tag, about]) => {
    const lines = api.operations.filter((operation) => operation.tag === tag).map((each) => cellsOf(each, options));
    const isRefusing = lines.some((cells) => cells.at(-1) !== '');
    const head = [...columns, ...(isRefusing ? ['refuses with 409'] : [])];
    return [
      `${options.heading ?? '##'} ${tag}`,
      '',
      about,
      '',
      row(head),
      `|${head.map(() => '---|').join('')}`,
      ...lines.map((cells) => row(isRefusing ? cells : cells.slice(0, -1))),
      '',
    ].join('\n');
  });
  return groups.join('\n');
}

function cellsOf(operation: ApiOperation, { prefix, who }: ReferenceTables): readonly string[] {
  const { summary, description } = operation;
  const path = operation.path.startsWith(prefix) ? operation.path.slice(prefix.length) : operation.path;
  return [
    `\`${operation.method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}\``,
    ...(who === undefined ? [] : [who.of(operation)]),
    description === undefined ? summary : `${summary}. ${description}`,
    takes(operation),
    conflictsOf(operation)
      .map((code) => `\`${code}\``)
      .join(', '),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

/** `?a=&b=` of the query, `{c, d?}` of the body. */
function takes({ query = {}, body }: ApiOperation): string {
  const parts: string[] = [];
  const asked = Object.keys(query);
  if (asked.length > 0) parts.push(`\`?${asked.map((name) => `${name}=`).join('&')}\``);
  const fields = fieldsOf(body?.schema ?? {});
  if (fields.length > 0) parts.push(`\`{${fields.join(', ')}}\``);
  if (body?.contentTypes !== undefined) parts.push(body.contentTypes.map((type) => `\`${type}\``).join(' or '));
  return parts.join(' ');
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema): readonly string[] {
  return Object.keys(properties as object).map((name) => ((required as string[]).includes(name) ? name : `${name}?`));
}

/** The words of 409 but the one that any POST may get. */
function conflictsOf({ answers }: ApiOperation): readonly string[] {
  const enums = [...JSON.stringify(answers[409]?.schema ?? null).matchAll(/"enum":\[([^\]]*)\]/g)].map(
    ([, list]) => list!,
  );
  const words = enums.flatMap((list) =>
    [...list.matchAll(/"(?:urn:paymatch:problem:)?([\w-]+)"/g)].map(([, word]) => word!),
  );
  return words.filter((word) => !/^idempotency.conflict$/.test(word));
}
