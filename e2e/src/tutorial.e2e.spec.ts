import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@paymatch/platform-dev-servers';
import { blocksOf, PageShell, root, type PageBlock } from './page-shell.js';

jest.setTimeout(400_000);

const page = 'docs/tutorial/your-shop-in-ten-minutes.md';
const isRequired = Boolean(process.env['CI']) || process.env['REQUIRE_GUIDE_LANGUAGES'] === '1';
const isHere = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const missing = ['php', 'python3'].filter((command) => !isRequired && !isHere(command));
if (missing.length > 0)
  process.stderr.write(`the tutorial's parts for ${missing.join(' and ')} are not run: not installed\n`);

/**
 * What is not as the reader has it: the clone is a copy of this very tree, with its packages and what is built already,
 * so that nothing is downloaded and half-done work is tried as well.
 */
const withoutDownload = `
git() {
  [ "$1" = clone ]; mkdir "$3"
  tar -C '${root}' --exclude=./node_modules --exclude=./.git --exclude=./.paymatch --exclude=./.cache -cf - . | tar -xf - -C "$3"
  ln -s '${root}/node_modules' "$3/node_modules"
}
REPOSITORY=here
`;

/** WordPress's part in sending a request: its filters are asked first, then it goes out. */
const wordpress = `<?php
$filters = [];
function add_filter($name, $filter, $priority, $count) { global $filters; $filters[$name][] = $filter; }
function wp_remote_request($url, $arguments) {
    global $filters;
    foreach ($filters['pre_http_request'] ?? [] as $filter) {
        $answer = $filter(false, $arguments, $url);
        if ($answer !== false) return $answer;
    }
    $http = ['method' => $arguments['method'], 'header' => $arguments['headers'], 'content' => $arguments['body'], 'ignore_errors' => true];
    return file_get_contents($url, false, stream_context_create(['http' => $http]));
}
require 'paymatch.php';
$payment = ['amount' => '99.00', 'invoice_number' => '42', 'metadata' => ['order_id' => '42']];
echo wp_remote_request('https://fastaar.com/api/v1/payments', [
    'method' => 'POST',
    'headers' => ['Authorization: Bearer ' . getenv('PAYMATCH_KEY'), 'Accept: application/json', 'Content-Type: application/json'],
    'body' => json_encode($payment),
]), "\\n";
`;

describe('the tutorial', () => {
  let folder: string;
  let shell: PageShell;
  let port: number;
  let cwd: string;
  const said = new Map<string, string>();

  beforeAll(async () => {
    folder = cwd = mkdtempSync(path.join(tmpdir(), 'paymatch-tutorial-'));
    port = await freePort();
    shell = new PageShell(folder, { PORT: String(port), npm_config_offline: 'true', npm_config_audit: 'false' });
    await shell.run(withoutDownload);
  });
  afterAll(() => {
    shell?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  /** In the background of this shell, which stands for both terminals. */
  async function startGateway({ text }: PageBlock): Promise<void> {
    await shell.run(text.replace(/^npm start$/m, 'npm start > ../gateway.log 2>&1 &\nGATEWAY=$!\ncd ..'));
    await shell.run(`until curl -sf http://127.0.0.1:${port}/health/ready > ready.json; do
      kill -0 "$GATEWAY" || { cat gateway.log; false; }
      sleep 0.1
    done
    until [ -f paymatch/.paymatch/demo.json ]; do sleep 0.1; done`);
  }

  async function follow(block: PageBlock): Promise<void> {
    const { heading, language, text } = block;
    const file = /^(?:\/\/|#) (\w+\.\w+)$/m.exec(text)?.[1];
    if (/^npm start$/m.test(text)) return startGateway(block);
    if (file !== undefined)
      return writeFileSync(
        path.join(cwd, file),
        text.replaceAll('https://pay.example.com', `http://127.0.0.1:${port}`),
      );
    if (language !== 'sh' || missing.some((command) => text.startsWith(command))) return;
    const commands = text.replace('PORT=4000', `PORT=${await freePort()}`);
    said.set(heading, `${said.get(heading) ?? ''}${await shell.run(commands)}`);
    if (/^cd shop$/m.test(text)) cwd = path.join(folder, 'shop');
    // What the reader sees before they go on.
    if (text.includes('receiver.mjs')) await shell.run('until grep -s listening receiver.log; do sleep 0.1; done');
  }

  it('works as it stands, from an empty folder, in order', async () => {
    for (const block of blocksOf(page)) await follow(block);
    expect(said.get('3. The first payment')).toMatch(new RegExp(`^http://127.0.0.1:${port}/pay/[0-9a-z]{26}\\s*$`));
    expect(said.get('5. Pay it')).toMatch(/ORDER-1 500\.00\s+completed/);
    expect(said.get('6. From Node')).toMatch(/ORDER-2 is completed/);
    if (!missing.includes('php')) expect(said.get('7. From PHP')).toMatch(/ORDER-3 is completed/);
    if (!missing.includes('python3')) expect(said.get('8. From Python')).toMatch(/ORDER-4 is completed/);
    expect(said.get('9. As it is with real money')).toContain('ORDER-5 300.00');
  });

  (missing.includes('php') ? it.skip : it)(
    "sends what WooCommerce's plugin asks of Fastaar to the gateway",
    async () => {
      writeFileSync(path.join(cwd, 'wordpress.php'), wordpress);
      const ask = async (): Promise<{ readonly data?: Record<string, unknown> }> =>
        JSON.parse(await shell.run('php wordpress.php')) as { data?: Record<string, unknown> };
      const { data: first } = await ask();
      expect(first).toMatchObject({ invoice_number: '42', amount: '99.00', status: 'pending' });
      // The setting was made a moment ago.
      let { data: again } = await ask();
      for (const deadlineMs = Date.now() + 30_000; again === undefined && Date.now() < deadlineMs;)
        ({ data: again } = await ask());
      expect(again).toEqual(first);
    },
  );
});
