// `node scripts/asyncapi.mjs`: writes docs/reference/asyncapi.yaml from the types of libs/contracts.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, install, root } from './prepare.mjs';

install();
build();
const { renderAsyncApi } = createRequire(import.meta.url)(path.join(root, 'apps/asyncapi/dist/render-asyncapi.js'));
writeFileSync(path.join(root, 'docs/reference/asyncapi.yaml'), renderAsyncApi());
