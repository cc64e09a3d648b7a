import type { ApiDescription, ApiOperation, JsonSchema } from '@paymatch/gateway-edge';

export interface ReferencePage {
  readonly title: string;
  /** What holds for all routes. */
  readonly opening: string;
  /** What all routes' addresses begin with; left out of the table. */
  readonly prefix: string;
  /** Who may call a route, in a word or two. */
  readonly whoMay: (operation: ApiOperation) => string;
}

/** An API for people to read: each route in a line, from the description that its OpenAPI document is made of. */
export function referencePage(api: ApiDescription, page: ReferencePage): string {
  const tags = Object.entries(api.tags).map(([tag, about]) => {
    const lines = api.operations.filter((operation) => operation.tag === tag).map((operation) => line(operation, page));
    return [
      `## ${tag}`,
      '',
      about,
      '',
      '| route | who may | what it does | takes | refuses with 409 |',
      '|---|---|---|---|---|',
      ...lines,
      '',
    ].join('\n');
  });
  return `# ${page.title}\n\n${page.opening}\n\n${tags.join('\n')}`;
}

function line(operation: ApiOperation, { prefix, whoMay }: ReferencePage): string {
  const path = operation.path.replace(prefix, '').replace(/:(\w+)/g, '{$1}');
  const { summary, description } = operation;
  return row([
    `\`${operation.method.toUpperCase()} ${path}\``,
    whoMay(operation),
    description === undefined ? summary : `${summary}. ${description}`,
    takes(operation),
    conflictsOf(operation)
      .map((code) => `\`${code}\``)
      .join(', '),
  ]);
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
  const words = enums.flatMap((list) => [...list.matchAll(/urn:paymatch:problem:([\w-]+)/g)].map(([, word]) => word!));
  return words.filter((word) => word !== 'idempotency-conflict');
}
