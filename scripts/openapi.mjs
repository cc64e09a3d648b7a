// `node scripts/openapi.mjs`: writes docs/reference/openapi/*.json, docs/reference/panel-api.md and the calls in the
// pages beside it from the descriptions beside the gateway's controllers, and the clients' types from those.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, install, root } from './prepare.mjs';

install();
build();
const require = createRequire(import.meta.url);
const { documentText } = require(path.join(root, 'libs/gateway/api-docs/dist/index.js'));
const { gatewayApis, pagesWithCalls, panelPage, withCalls } = require(
  path.join(root, 'libs/gateway/service/dist/index.js'),
);
const folder = path.join(root, 'docs/reference/openapi');
mkdirSync(folder, { recursive: true });
for (const api of gatewayApis) writeFileSync(path.join(folder, `${api.name}.json`), documentText(api));
writeFileSync(path.join(root, 'docs/reference/panel-api.md'), panelPage());
for (const page of pagesWithCalls) {
  const file = path.join(root, 'docs/reference', page.file);
  writeFileSync(file, withCalls(readFileSync(file, 'utf8'), page));
}
await import('./sdk-types.mjs');
await import('./console-types.mjs');
