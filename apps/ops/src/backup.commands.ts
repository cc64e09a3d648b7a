import path from 'node:path';
import { parseArgs } from 'node:util';
import { paymentsService } from '@paymatch/payments-feature';
import {
  backUpEmbeddedPostgres,
  pruneBackups,
  restoreEmbeddedPostgres,
  startEmbeddedPostgres,
} from '@paymatch/platform-dev-servers';
import { Database } from '@paymatch/platform-postgres';
import { dataDirSetting, readSettings, UsageError, type OpsCommand } from './ops-command.js';

const KEEP_MAX = 1_000;
const OWN_POSTGRES =
  'DATABASE_URL names a PostgreSQL of your own: back it up with its own means (docs/how-to/back-up-and-restore.md)';

/** A copy of the running embedded database, and of what belongs to it. */
export const backupCommand: OpsCommand = {
  name: 'backup',
  usage: 'backup --to <folder> [--keep <n>]',
  summary: 'copy the embedded database of the running gateway, with its secret, into a new folder below <folder>',
  help: [
    '  --to <folder>  where backups are kept; best another disk. A folder named by the time is made in it.',
    '  --keep <n>     afterwards remove the oldest backups of this installation until n are left.',
    '',
    'The gateway goes on meanwhile. What it acknowledged before the backup began is in it.',
    'The backup holds the secret that opens everything sealed: keep it where only you can read it.',
  ].join('\n'),
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { to: { type: 'string' }, keep: { type: 'string' } } });
    if (!values.to) throw new UsageError('backup needs --to <folder>');
    const keep = values.keep === undefined ? null : Number(values.keep);
    if (keep !== null && !(Number.isInteger(keep) && keep >= 1 && keep <= KEEP_MAX))
      throw new UsageError(`--keep is a number from 1 to ${KEEP_MAX}`);
    if (process.env.DATABASE_URL !== undefined) throw new UsageError(OWN_POSTGRES);
    const { dataDir } = readSettings({ dataDir: dataDirSetting });
    const into = path.resolve(values.to);
    const { folder, backup } = await backUpEmbeddedPostgres({ dataDir, into, onProgress: progress('copied') });
    const megabytes = backup.files.reduce((sum, file) => sum + file.bytes, 0) / 1e6;
    console.log(
      `${folder}: ${backup.files.length} files, ${megabytes.toFixed(1)} MB; holds all that was acknowledged ` +
        `before ${backup.startedAt}`,
    );
    for (const name of keep === null ? [] : pruneBackups(into, backup, keep)) console.log(`removed ${name}`);
    return 0;
  },
};

/** A backup becomes a data folder again, and is opened once to see that it can be. */
export const restoreCommand: OpsCommand = {
  name: 'restore',
  usage: 'restore --from <backup>',
  summary: 'put a backup into the data folder (PAYMATCH_DATA), which must hold no database, and open it once',
  help: [
    '  --from <backup>  one folder that `backup` made.',
    '',
    'Every file is compared with what the backup says of it before anything is written.',
    'What happened after the backup is not in it: money that arrived since is found again by handing over the',
    'messages and statements of that time (phones keep what was not confirmed, and statements can be uploaded again).',
  ].join('\n'),
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' } } });
    if (!values.from) throw new UsageError('restore needs --from <backup>');
    if (process.env.DATABASE_URL !== undefined) throw new UsageError(OWN_POSTGRES);
    const { dataDir } = readSettings({ dataDir: dataDirSetting });
    const from = path.resolve(values.from);
    const backup = await restoreEmbeddedPostgres({ from, dataDir, onProgress: progress('restored') });
    const { payments, lastEventAt } = await openOnce(dataDir);
    console.log(
      `${path.resolve(dataDir)} is as it was at ${backup.endedAt}: ${payments} payments, the last event of ` +
        `${lastEventAt ?? 'none'}. Start the gateway on it.`,
    );
    return 0;
  },
};

/** Recovery runs at the first start: better now, with somebody looking, than at the next one. */
async function openOnce(dataDir: string): Promise<{ readonly payments: string; readonly lastEventAt: string | null }> {
  const server = await startEmbeddedPostgres({ dataDir, durable: true });
  try {
    const database = await Database.connect({
      url: server.url,
      schema: paymentsService.schema,
      poolMax: 1,
      applicationName: 'paymatch ops',
    });
    try {
      const { rows } = await database.query<{ payments: string; lastEventAt: string | null }>(
        `SELECT count(DISTINCT stream_id) AS payments, to_char(max(occurred_at) AT TIME ZONE 'UTC',
          'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastEventAt"
           FROM payments.events`,
      );
      return rows[0]!;
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

const PROGRESS_EVERY_MS = 2_000;

/** Says how far it is, on the standard error, when it takes longer than a moment. */
function progress(what: string): (done: number, of: number) => void {
  let nextMs = Date.now() + PROGRESS_EVERY_MS;
  return (done, of) => {
    if (Date.now() < nextMs) return;
    nextMs = Date.now() + PROGRESS_EVERY_MS;
    console.error(`${what} ${done} of ${of} files`);
  };
}
