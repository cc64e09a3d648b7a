/* `npm run ops -- <command>`: what operators do from a shell. */
import { ConfigError } from '@paymatch/platform-config';
import { demoCommand } from './demo.command.js';
import { doctorCommand } from './doctor.command.js';
import { exchangeRateCommand } from './exchange-rate.command.js';
import { merchantCommand } from './merchant.command.js';
import { migrateCommand } from './migrate.command.js';
import { UsageError, type OpsCommand } from './ops-command.js';
import { forwardSmsCommand, sampleSmsCommand } from './phone.commands.js';
import { parkedCommand } from './parked.command.js';
import { parseSmsCommand } from './parse-sms.command.js';
import { planCommand, subscriptionCommand } from './plan.commands.js';
import { rebuildCommand } from './rebuild.command.js';
import { repairXidsCommand } from './repair-xids.command.js';
import { topicsCommand } from './topics.command.js';

const commands: readonly OpsCommand[] = [
  migrateCommand,
  topicsCommand,
  merchantCommand,
  planCommand,
  subscriptionCommand,
  demoCommand,
  exchangeRateCommand,
  parkedCommand,
  doctorCommand,
  rebuildCommand,
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
  return command.run(args);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isExpected = error instanceof ConfigError || error instanceof UsageError;
    console.error(isExpected ? `paymatch ops: ${error.message}` : error);
    process.exitCode = isExpected ? 2 : 1;
  },
);
