import { longestGapMs, recoveries } from './recovery.js';
import { faultKinds, type Target } from './fault-kinds.js';
import { of, type Entry } from './history.js';
import { promises, type Verdict } from './verdict.js';

/** One target's part of a run. */
export interface Leg {
  readonly target: Target;
  readonly minutes: number;
  readonly scheduleHash: string;
  readonly history: readonly Entry[];
  readonly verdicts: readonly Verdict[];
  readonly payments: number;
  /** What did not come to rest, where something did not. */
  readonly unrest: string | null;
}

export interface Run {
  readonly seed: number;
  readonly minutes: number;
  readonly recoveryMaxMs: number;
  readonly commit: string;
  readonly machine: string;
  readonly startedAt: string;
  readonly legs: readonly Leg[];
}

interface KindFigures {
  readonly kind: string;
  readonly made: number;
  readonly missed: number;
  readonly judged: number;
  readonly medianMs: number | null;
  readonly worstMs: number | null;
}

export function figuresByKind(leg: Leg, recoveryMaxMs: number): readonly KindFigures[] {
  const faults = of(leg.history, 'fault');
  const measured = recoveries(leg.history, recoveryMaxMs);
  return faultKinds.flatMap(({ name: kind }) => {
    const own = faults.filter(({ fault }) => fault.kind === kind);
    if (own.length === 0) return [];
    const judged = measured.filter(({ fault, isOverlapped }) => fault.fault.kind === kind && !isOverlapped);
    const times = judged.flatMap(({ tookMs }) => (tookMs === null ? [] : [tookMs])).sort((a, b) => a - b);
    return [
      {
        kind,
        made: own.filter(({ missed }) => missed === null).length,
        missed: own.filter(({ missed }) => missed !== null).length,
        judged: judged.length,
        medianMs: times[Math.floor(times.length / 2)] ?? null,
        worstMs: times.length < judged.length ? null : (times.at(-1) ?? null),
      },
    ];
  });
}

export function violationsOf(run: Run): number {
  return run.legs.flatMap(({ verdicts }) => verdicts).reduce((sum, { violations }) => sum + violations.length, 0);
}

export function commandOf({ minutes, seed, legs }: Run): string {
  const target = legs.length > 1 ? '' : ` --target ${legs[0]?.target ?? 'both'}`;
  return `npm run chaos -- --minutes ${minutes} --seed ${seed}${target}`;
}

/** As the page on reliability shows it. */
export function markdownOf(run: Run): string {
  const targets = run.legs.map(({ target }) => target);
  const lines = [
    `\`${commandOf(run)}\`, ${run.startedAt.slice(0, 16).replace('T', ' ')} UTC, commit \`${run.commit}\`, ` +
      `${run.machine}.`,
    '',
    ...run.legs.map(
      (leg) =>
        `* ${leg.target}: ${leg.minutes} minutes, ${leg.payments} payments, ${madeOf(leg)} faults made and ` +
        `${of(leg.history, 'fault').length - madeOf(leg)} that could not be (list \`${leg.scheduleHash}\`)` +
        `; at the longest no fresh payment went all the way for ${seconds(longestGapMs(leg.history))}` +
        `${leg.unrest === null ? '' : `; it did not come to rest: ${leg.unrest}`}`,
    ),
    '',
    `| promise | ${targets.map((target) => `tries, ${target} | violations, ${target}`).join(' | ')} | worst recovery |`,
    `|---|${targets.map(() => '--:|--:|').join('')}--:|`,
    ...Object.entries(promises).map(([name, title]) => {
      const own = run.legs.map(({ verdicts }) => verdicts.find(({ promise }) => promise === name)!);
      const figures = own.map(({ tries, violations }) => `${number(tries)} | ${number(violations.length)}`);
      const worst = name === 'G12' ? worstOf(run) : '';
      return `| ${name} ${title} | ${figures.join(' | ')} | ${worst} |`;
    }),
    '',
    'Recovery by kind of fault: how many could be judged, the median and the worst.',
    '',
    `| fault | ${targets.map((target) => `made, ${target} | recovery, ${target}`).join(' | ')} |`,
    `|---|${targets.map(() => '--:|--:|').join('')}`,
    ...kindLines(run),
  ];
  return lines.join('\n');
}

function kindLines(run: Run): readonly string[] {
  const figures = run.legs.map((leg) => figuresByKind(leg, run.recoveryMaxMs));
  return faultKinds
    .filter(({ name }) => figures.some((own) => own.some(({ kind }) => kind === name)))
    .map(({ name, does }) => {
      const cells = figures.map((own) => {
        const found = own.find(({ kind }) => kind === name);
        if (found === undefined) return '0 | ';
        const { made, missed, judged, medianMs, worstMs } = found;
        const times = judged === 0 ? '' : `${judged}: ${seconds(medianMs)}, ${seconds(worstMs)}`;
        return `${made}${missed === 0 ? '' : ` (+${missed} not)`} | ${times}`;
      });
      return `| ${name}: ${does} | ${cells.join(' | ')} |`;
    });
}

function madeOf(leg: Leg): number {
  return of(leg.history, 'fault').filter(({ missed }) => missed === null).length;
}

function worstOf({ legs, recoveryMaxMs }: Run): string {
  const all = legs.flatMap((leg) => recoveries(leg.history, recoveryMaxMs).filter(({ isOverlapped }) => !isOverlapped));
  if (all.length === 0) return '';
  if (all.some(({ tookMs }) => tookMs === null)) return 'never';
  return `${seconds(Math.max(...all.map(({ tookMs }) => tookMs ?? 0)))} (at most ${seconds(recoveryMaxMs)})`;
}

function seconds(ms: number | null): string {
  return ms === null ? 'never' : `${(ms / 1_000).toFixed(1)} s`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

const BEGIN = '<!-- chaos report -->';
const END = '<!-- /chaos report -->';

/** The page with the report between its marks; throws where it has no marks. */
export function putReport(page: string, report: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has no place for a report: ${BEGIN} … ${END}`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${report}\n\n${page.slice(to)}`;
}
