import { parseArgs } from 'node:util';

/** How a scenario is to be run. A scenario that has no use for one of these passes it over. */
export interface RunOptions {
  /** Short rounds: all scenarios that know it take at most a minute each. */
  readonly isQuick: boolean;
  /** Also which statements cost what (`peak`). */
  readonly showsStatements: boolean;
  /** Also where the server's Node spends its time (`peak`). */
  readonly takesProfile: boolean;
  /** Only these parts of a scenario (`peak`: 8, 64, alone, 10/s, 100/s, idle, created-10/s); all when empty. */
  readonly only: readonly string[];
  /** Folder for JSON reports and profiles. */
  readonly outDir: string;
  /** Says how far a long scenario has come. */
  readonly progress: (line: string) => void;
}

export interface Chosen {
  readonly scenarios: readonly string[];
  readonly options: RunOptions;
}

export const usage = `npm run bench -- [scenario …] [options]     all scenarios when none is named

  --quick          short rounds, at most a minute a scenario (peak)
  --only 64,alone  only these parts of a scenario (peak: 8, 64, alone, trx-last, 10/s, 100/s, idle,
                   created-10/s, created-100/s)
  --statements     peak: the statements by calls and by time, tables by growth, per payment
  --profile        peak: the server's own processor profile of each part, as a list and as <part>.cpuprofile (open it in
                   Chrome's DevTools); the server is slower meanwhile, so take figures from a run without it
  --out <folder>   where <scenario>.json and profiles go; .bench when absent
  BENCH_DIR        folder for databases (a disk), when the temporary folder is in memory
  BENCH_NODE_ARGS  arguments for each started Node

Figures of a part (peak): payments a second; processor ms of the server's whole tree (Node, and PostgreSQL with all its
backends; the driver is a process of its own and not counted); statements as the server was asked (BEGIN and COMMIT are
statements); transactions that wrote; WAL bytes; rows. Processor time, statements and WAL say the same on a busy machine.`;

const OUT_DIR = '.bench';

/** Throws on an option nobody knows. */
export function chosenBy(args: readonly string[]): Chosen | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      statements: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      out: { type: 'string', default: OUT_DIR },
    },
  });
  if (values.help) return 'help';
  const options = {
    isQuick: values.quick,
    showsStatements: values.statements,
    takesProfile: values.profile,
    only: values.only.split(',').filter((part) => part !== ''),
    outDir: values.out,
    progress: (line: string) => console.error(`  … ${line}`),
  };
  return { scenarios: positionals, options };
}
