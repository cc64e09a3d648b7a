import { createHash } from 'node:crypto';

export interface Asset {
  /** With a hash of its content, so that browsers may keep it for ever. */
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

export function asset(stem: string, kind: { readonly extension: string; readonly type: string }, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { name: `${stem}.${hash}.${kind.extension}`, type: kind.type, body };
}

export const kinds = {
  css: { extension: 'css', type: 'text/css; charset=utf-8' },
  script: { extension: 'js', type: 'text/javascript; charset=utf-8' },
  icon: { extension: 'svg', type: 'image/svg+xml' },
} as const;
