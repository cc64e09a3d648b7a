import { createInterface } from 'node:readline';
import { parseMessage, toParseResult, type AccountType } from '@paymatch/sms-matching-domain';
import type { OpsCommand } from './ops-command.js';

const accountTypes: readonly string[] = ['personal', 'merchant', 'agent', 'bank'];
const lineLengthMax = 100_000;

/** For trying texts against the templates: nothing is stored, nothing is credited. */
export const parseSmsCommand: OpsCommand = {
  name: 'parse-sms',
  usage: 'parse-sms',
  summary:
    'read {provider?, account, sender, body, received_at?} as JSON lines, write what each message says as JSON lines',
  async run() {
    let exitCode = 0;
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      const answer = parseLine(line);
      if ('error' in answer) exitCode = 1;
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    }
    return exitCode;
  },
};

function parseLine(line: string): object {
  if (line.length > lineLengthMax) return { error: `the line is longer than ${lineLengthMax} characters` };
  let input: Record<string, unknown>;
  try {
    input = JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    return { error: `not a JSON line: ${(error as Error).message}` };
  }
  const { provider, account, sender, body, received_at: receivedAt } = input;
  if (typeof account !== 'string' || !accountTypes.includes(account))
    return { error: `account must be one of ${accountTypes.join(', ')}` };
  if (typeof sender !== 'string' || typeof body !== 'string') return { error: 'sender and body must be texts' };
  if (provider !== undefined && typeof provider !== 'string') return { error: 'provider must be a text' };
  if (
    receivedAt !== undefined &&
    receivedAt !== null &&
    (typeof receivedAt !== 'string' || Number.isNaN(Date.parse(receivedAt)))
  )
    return { error: 'received_at must be an ISO 8601 time' };
  return toParseResult(
    parseMessage({
      account: account as AccountType,
      sender,
      body,
      ...(provider !== undefined && { provider }),
      ...(receivedAt !== undefined && { receivedAt: receivedAt as string | null }),
    }),
  );
}
