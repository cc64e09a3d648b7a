import { createHash } from 'node:crypto';
import { renderOpenApi, type ApiDescription } from '@paymatch/gateway-edge';

export const API_DOCUMENTS = Symbol('ApiDocuments');

/** One API's document as it is served. */
export interface ApiDocument {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  /** Strong: the same bytes, the same tag. */
  readonly etag: string;
}

/** The very bytes of an API's document; docs/reference/openapi has the same. */
export function documentText(api: ApiDescription): string {
  return `${JSON.stringify(renderOpenApi(api), null, 2)}\n`;
}

export function apiDocument(api: ApiDescription): ApiDocument {
  const text = documentText(api);
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
  return { name: api.name, title: api.title, text, etag };
}
