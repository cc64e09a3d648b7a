import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Below this, headers cost more than what is saved. */
const COMPRESSED_FROM_BYTES = 1_024;

/** Writes `.br` and `.gz` beside each file as it was written, so that the gateway compresses nothing while it serves. */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      for (const fileName of Object.keys(bundle).filter((name) => name.startsWith('assets/'))) {
        const file = path.join(dir!, fileName);
        const source = await readFile(file);
        if (source.length < COMPRESSED_FROM_BYTES) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        await writeFile(`${file}.br`, brotliCompressSync(source, { params }));
        await writeFile(`${file}.gz`, gzipSync(source));
      }
    },
  };
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), precompressed()],
  build: {
    outDir: 'dist/web',
    target: 'es2022',
    // What is small is a file all the same: the policy lets in no `data:` scripts or styles.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
});
