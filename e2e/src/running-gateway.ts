import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** `demo.json` as a stranger finds it. */
export interface Demo {
  readonly baseUrl: string;
  readonly merchant: {
    readonly id: string;
    readonly liveKey: string;
    readonly testKey: string;
    readonly webhookEndpointId: string;
    readonly webhookSecret: string;
  };
  readonly owner: { readonly email: string; readonly password: string };
  readonly device: { readonly id: string; readonly secret: string };
  readonly wallets: readonly {
    readonly id: string;
    readonly provider: string;
    readonly number: string;
    readonly accountType: string;
  }[];
  readonly smartfastpay: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly sandboxClientId: string;
    readonly sandboxClientSecret: string;
    readonly pixCallbackUrl: string;
    readonly sandboxPixCallbackUrl: string;
    readonly exchangeRate: string;
    readonly pix: { readonly pixKey: string; readonly beneficiary: string; readonly city: string };
    readonly bank: Readonly<
      Record<'name' | 'code' | 'agency' | 'account' | 'accountOperation' | 'document' | 'beneficiary', string>
    >;
  };
}

const root = path.resolve(__dirname, '../..');
const startDeadlineMs = 60_000;
const ENDING_LENGTH = 4_000;
const running = new Set<ChildProcess>();

/** Ends what a failed test has left running. Whole process: call it once, after all tests of a file. */
export function killLeftGateways(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** The built gateway as a process of its own, on a free port, with a data folder of its own. */
export class RunningGateway {
  private constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string,
    readonly demo: Demo,
    private readonly output: string[],
  ) {}

  static async start(
    options: { readonly dataDir?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<RunningGateway> {
    const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'paymatch-e2e-'));
    const output: string[] = [];
    const startedMs = Date.now();
    const child = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'apps/standalone/dist/main.js')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PORT: '0',
        PAYMATCH_DATA: dataDir,
        PAYMATCH_CHECKOUT_TRX_PER_ADDRESS_MAX: '10000',
        ...options.env,
      },
    });
    running.add(child);
    child.on('exit', (code, signal) => {
      // Whoever ends a gateway sends it a signal; one that ends by itself says why in its last lines.
      if (running.delete(child) && !child.killed && code !== 0)
        process.stderr.write(
          `a gateway ended by itself (${code ?? signal}):\n${output.join('').slice(-ENDING_LENGTH)}\n`,
        );
    });
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const demoFile = path.join(dataDir, 'demo.json');
    while (Date.now() - startedMs < startDeadlineMs && child.exitCode === null) {
      if (existsSync(demoFile)) {
        const demo = JSON.parse(readFileSync(demoFile, 'utf8')) as Demo;
        const health = await fetch(`${demo.baseUrl}/health/ready`).catch(() => null);
        if (health?.ok && output.join('').includes(demo.baseUrl))
          return new RunningGateway(child, dataDir, demo, output);
      }
      await sleep(25);
    }
    child.kill('SIGKILL');
    throw new Error(`the gateway did not start (exit ${child.exitCode}):\n${output.join('')}`);
  }

  get log(): string {
    return this.output.join('');
  }

  get pid(): number {
    return this.child.pid!;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** SIGTERM; resolves with the exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
    return this.child.exitCode;
  }

  /** SIGKILL: as if the power of this process went away. The data folder stays. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  async stopAndForget(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
