/* `npm run ops -- <command>`: what operators do from a shell. */
import { inspect } from 'node:util';
import { ConfigError } from '@paymatch/platform-config';
import { backupCommand, restoreCommand } from './backup.commands.js';
import { customerCommand } from './customer.command.js';
import { demoCommand } from './demo.command.js';
import { doctorCommand } from './doctor.command.js';
import { exchangeRateCommand } from './exchange-rate.command.js';
import { merchantCommand, subscriptionCommand } from './merchant.command.js';
import { migrateCommand } from './migrate.command.js';
import { helpOf, UsageError, type OpsCommand } from './ops-command.js';
import { forwardSmsCommand, sampleSmsCommand } from './phone.commands.js';
import { operatorCommand } from './operator.command.js';
import { parkedCommand } from './parked.command.js';
import { parseSmsCommand } from './parse-sms.command.js';
import { planCommand } from './plan.commands.js';
import { rebuildCommand } from './rebuild.command.js';
import { repairXidsCommand } from './repair-xids.command.js';
import { topicsCommand } from './topics.command.js';

const commands: readonly OpsCommand[] = [
  migrateCommand,
  topicsCommand,
  operatorCommand,
  merchantCommand,
  planCommand,
  subscriptionCommand,
  customerCommand,
  demoCommand,
  exchangeRateCommand,
  parkedCommand,
  doctorCommand,
  rebuildCommand,
  backupCommand,
  restoreCommand,
  parseSmsCommand,
  repairXidsCommand,
  sampleSmsCommand,
  forwardSmsCommand,
];

function usage(): string {
  const width = Math.max(...commands.map((command) => command.usage.length));
  return [
    'Usage: npm run ops -- <command>',
    '',
    ...commands.map((command) => `  ${command.usage.padEnd(width)}  ${command.summary}`),
    '',
    'npm run ops -- <command> --help tells more. Without DATABASE_URL a command works on the gateway that runs on PAYMATCH_DATA.',
  ].join('\n');
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const isHelp = name === '--help' || name === undefined;
    (isHelp ? console.log : console.error)(isHelp ? usage() : `paymatch ops: no command ${name}\n\n${usage()}`);
    return isHelp ? 0 : 2;
  }
  if (args.includes('--help')) {
    console.log(helpOf(command, args));
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    // node:util's parseArgs: an option that is not known, or one without its value.
    if (!String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError(`${(error as Error).message}\n\n${helpOf(command, args)}`);
  }
}

/** One line a person can act on; the stack, too, where PAYMATCH_LOG_LEVEL asks for it. */
function complaintOf(error: unknown): string {
  if (process.env.PAYMATCH_LOG_LEVEL === 'debug') return inspect(error);
  const { errors, message = String(error) } = error as { errors?: readonly Error[]; message?: string };
  return message || (errors ?? []).map((inner) => inner.message).join('; ') || inspect(error);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`paymatch ops: ${complaintOf(error)}`);
    process.exitCode = error instanceof ConfigError || error instanceof UsageError ? 2 : 1;
  },
);
