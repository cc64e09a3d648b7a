import { createHash, createHmac, randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, type OpsCommand } from './ops-command.js';

const idAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A text as bKash would send it now: its TrxID carries today's date in Dhaka. For trying out; money moves nowhere. */
export const sampleSmsCommand: OpsCommand = {
  name: 'sample-sms',
  usage: 'sample-sms --amount <taka>',
  summary: 'write a bKash message about money received just now, to try the gateway with',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { amount: { type: 'string' }, from: { type: 'string', default: '01712345678' } },
    });
    const match = /^(\d{1,7})(?:\.(\d{2}))?$/.exec(values.amount ?? '');
    if (!match) throw new UsageError('sample-sms needs --amount such as 500 or 500.00');
    const dhaka = new Date(Date.now() + 6 * 3_600_000).toISOString();
    const [year, month, day] = [dhaka.slice(0, 4), dhaka.slice(5, 7), dhaka.slice(8, 10)] as const;
    const random = Array.from({ length: 7 }, () => idAlphabet[randomInt(36)]).join('');
    const trxId = `${idAlphabet[Number(year) - 2013]}${idAlphabet[9 + Number(month)]}${idAlphabet[Number(day)]}${random}`;
    const taka = match[1]!.replace(/\B(?=(\d{3})+$)/g, ',');
    console.log(
      `You have received Tk ${taka}.${match[2] ?? '00'} from ${values.from}. Fee Tk 0.00. Balance Tk 12,345.67. ` +
        `TrxID ${trxId} at ${day}/${month}/${year} ${dhaka.slice(11, 16)}`,
    );
    return 0;
  },
};

/** What the demo merchant's phone would do with a message: sign it and hand it over. */
export const forwardSmsCommand: OpsCommand = {
  name: 'forward-sms',
  usage: 'forward-sms --sender <mask> [--data <folder>] <text>',
  summary: "hand a message over as the demo merchant's phone",
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        sender: { type: 'string' },
        data: { type: 'string', default: process.env.PAYMATCH_DATA ?? '.paymatch' },
      },
    });
    const [text] = positionals;
    if (!values.sender || !text) throw new UsageError('forward-sms needs --sender and the text');
    const file = path.join(values.data, 'demo.json');
    if (!existsSync(file)) throw new UsageError(`${file} is not there; start the gateway first`);
    const demo = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly baseUrl: string;
      readonly device: { readonly id: string; readonly secret: string };
    };
    const now = new Date();
    const body = JSON.stringify({
      messages: [
        {
          seq: null,
          sender: values.sender,
          body: text,
          sim_slot: 0,
          sent_at: now.toISOString(),
          received_at: now.toISOString(),
        },
      ],
    });
    const [seq, timestamp] = [String(now.getTime()), String(Math.floor(now.getTime() / 1_000))];
    const signed = `${demo.device.id}.${seq}.${timestamp}.${createHash('sha256').update(body).digest('hex')}`;
    const answer = await fetch(`${demo.baseUrl}/api/device/v1/messages`, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(10_000),
      headers: {
        'content-type': 'application/json',
        'x-device-id': demo.device.id,
        'x-device-seq': seq,
        'x-device-timestamp': timestamp,
        'x-device-signature': createHmac('sha256', demo.device.secret).update(signed).digest('hex'),
      },
    });
    console.log(await answer.text());
    return answer.ok ? 0 : 1;
  },
};
