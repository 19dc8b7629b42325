import { styleText } from 'node:util';
import { plainText } from './escape.ts';
import type { Report, ReportWindow, Verdict } from './format.ts';
import { isFew, perPlayer, requestsPerSecond, total, writeCount, writeRate, writeShare, writeUs } from './numbers.ts';
import { type TextColumn, textTable, wrap } from './text-table.ts';
import {
  cleanupSentence,
  crowdSentence,
  headline,
  howLongRecoveryTook,
  isLeftBroken,
  verdictSigns,
  whatBroke,
  whatPlayersFelt,
} from './words.ts';

export type TerminalOptions = {
  /** The caller obeys NO_COLOR and FORCE_COLOR. */
  color: boolean;
  /** Width of the terminal; lines are no longer, except paths and commands, which must survive being copied. */
  columns: number;
  /** The run's folder or its report.html; null where nothing was written. */
  reportPath: string | null;
};

type Style = 'bold' | 'green' | 'red' | 'yellow' | 'dim';
type Paint = (style: Style, text: string) => string;

/** What a person at a terminal reads at the end: figures per window, then the verdict in words. Ends with a line break. */
export function renderVerdict(report: Report, { color, columns, reportPath }: TerminalOptions): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const lines = [
    ...titleLines(report, columns, paint),
    '',
    ...(report.windows.length === 0 ? [] : [...windowTable(report, columns, paint), '']),
    ...verdictLines(report, columns, paint),
    ...chapter('What broke', whatBroke(report), columns, paint),
    ...chapter('What players felt', whatPlayersFelt(report), columns, paint),
    ...chapter('How long recovery took', howLongRecoveryTook(report), columns, paint),
    ...chapter('Good to know', report.notes, columns, paint),
    '',
    ...(reportPath === null ? [] : [`Report  ${plainText(reportPath)}`]),
    `Replay  ${plainText(report.reproduce)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function titleLines(report: Report, columns: number, paint: Paint): readonly string[] {
  const facts = `${crowdSentence(report)}; ${report.environment} on ${report.platform}, cache: ${report.cacheEngine ?? 'none'}, seed ${report.seed}`;
  return [...wrap(plainText(report.title), columns).map((line) => paint('bold', line)), ...wrap(plainText(facts), columns)];
}

/** Rate and rate per player are left out together: neither is told alone. */
function windowTable(report: Report, columns: number, paint: Paint): readonly string[] {
  const { windows } = report;
  const column = (head: string, spare: number, cell: (window: ReportWindow) => string): TextColumn => ({
    head,
    align: 'right',
    spare,
    cells: windows.map(cell),
  });
  const [head, ...rows] = textTable(
    [
      { head: 'window', align: 'left', spare: 0, cells: windows.map((window) => plainText(window.name)) },
      column('s', 1, (window) => ((window.toMs - window.fromMs) / 1000).toFixed(1)),
      column('useful', 0, ({ chains }) => writeShare(chains.useful, chains.planned)),
      column('p50', 3, (window) => writeUs(window.operations.search.latencyUs.p50)),
      column('p99', 0, (window) => writeUs(window.operations.search.latencyUs.p99)),
      column(
        'count',
        0,
        (window) => `${writeCount(window.operations.search.latencyUs.count)}${isFew(window.operations.search.latencyUs) ? '*' : ''}`,
      ),
      column('empty', 0, (window) => writeCount(total(window, (operation) => operation.empty))),
      column('unknown', 0, (window) => writeCount(total(window, (operation) => operation.unknown))),
      column('req/s', 2, (window) => writeRate(requestsPerSecond(window))),
      column('/player', 2, (window) => writeRate(perPlayer(requestsPerSecond(window), report))),
    ],
    columns,
  );
  const few = windows.some((window) => isFew(window.operations.search.latencyUs));
  const key = `useful: share of chains; p50, p99, count: searches${few ? '; * too few for a p99' : ''}`;
  return [paint('dim', head ?? ''), ...rows, ...wrap(key, columns).map((line) => paint('dim', line))];
}

const statusStyles: { readonly [status in Verdict['status']]: Style } = {
  held: 'green',
  broken: 'red',
  inconclusive: 'yellow',
  aborted: 'red',
  interrupted: 'yellow',
  error: 'yellow',
};

/** What may be left broken is said before anything else. */
function verdictLines(report: Report, columns: number, paint: Paint): readonly string[] {
  const { verdict } = report;
  const leftBroken = isLeftBroken(verdict);
  const cleanup = wrap(cleanupSentence(report), columns);
  return [
    ...(leftBroken ? cleanup.map((line) => paint('red', line)) : []),
    ...wrap(`${verdictSigns[verdict.status]} ${headline(report)}`, columns, '  ').map((line) =>
      paint('bold', paint(statusStyles[verdict.status], line)),
    ),
    ...verdict.because.flatMap((reason) => bullet(reason, columns)),
    ...(leftBroken ? [] : cleanup),
  ];
}

function chapter(title: string, sentences: readonly string[], columns: number, paint: Paint): readonly string[] {
  if (sentences.length === 0) return [];
  return ['', paint('bold', title), ...sentences.flatMap((sentence) => bullet(sentence, columns))];
}

function bullet(sentence: string, columns: number): readonly string[] {
  return wrap(`- ${plainText(sentence)}`, columns - 2, '  ').map((line) => `  ${line}`);
}
