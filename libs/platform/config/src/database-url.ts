import type { Setting } from './config.js';

/**
 * PostgreSQL as a URL. Its password may stand in a variable of its own, where no character has to be encoded. A URL
 * whose password holds `/`, `#` or `?` as they are would quietly name another host or database: it is refused.
 */
export function databaseUrl(spec: { readonly doc: string; readonly default?: string }): Setting<string> {
  return {
    env: 'DATABASE_URL',
    ...spec,
    isSecret: true,
    parse: (text) => {
      if (!isDatabaseUrl(text))
        throw new Error(
          'must be a postgres://user@host:5432/database URL; a password with / # ? @ or % goes into PAYMATCH_DATABASE_PASSWORD',
        );
      return text;
    },
    completedBy: {
      env: 'PAYMATCH_DATABASE_PASSWORD',
      doc: 'Password for DATABASE_URL, as it is, whatever characters it has',
      complete: (url, password) => {
        if (password === '') throw new Error('must not be empty');
        const completed = new URL(url);
        if (completed.password !== '') throw new Error('is set, and DATABASE_URL has a password, too');
        completed.password = encodeURIComponent(password);
        return completed.href;
      },
    },
  };
}

function isDatabaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') return false;
  return hash === '' && !`${pathname}${search}`.includes('@') && isEncoded(username) && isEncoded(password);
}

function isEncoded(part: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(part);
}
