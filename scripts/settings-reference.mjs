// `node scripts/settings-reference.mjs`: writes docs/reference/settings.md from the settings the services read.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, install, root } from './prepare.mjs';

install();
build();
const { renderSettingsReference } = createRequire(import.meta.url)(
  path.join(root, 'apps/standalone/dist/settings-reference.js'),
);
writeFileSync(path.join(root, 'docs/reference/settings.md'), renderSettingsReference());
