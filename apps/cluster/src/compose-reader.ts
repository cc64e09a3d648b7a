import path from 'node:path';
import type { GoProgram } from './go-program.js';

/** What docker compose 2.40 itself reads its files with: built in seconds, where the whole client takes minutes. */
export const composeReader: GoProgram = {
  package: 'github.com/compose-spec/compose-go/v2/cmd',
  version: '2.9.1',
  cacheDir: path.resolve(__dirname, '../../../.cache/compose-go'),
};
