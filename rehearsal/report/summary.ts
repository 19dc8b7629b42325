import { codeSpan, escapeMarkdown } from './escape.ts';
import type { Report, ReportWindow } from './format.ts';
import { isFew, perPlayer, requestsPerSecond, total, writeCount, writeRate, writeShare, writeUs } from './numbers.ts';
import { cleanupSentence, crowdSentence, headline, howLongRecoveryTook, isLeftBroken, orNone, verdictSigns } from './words.ts';

/** Job summaries are cut off by CI services: what is longer stands in report.html. */
const linesMax = 40;

/** `summary.md`, GitHub-flavoured, verdict first. */
export function renderSummary(report: Report): string {
  const { verdict } = report;
  const blocks = [
    [`## ${verdictSigns[verdict.status]} ${escapeMarkdown(report.title)}: ${escapeMarkdown(headline(report))}`],
    isLeftBroken(verdict) ? [`**${escapeMarkdown(cleanupSentence(report))}**`] : [],
    bullets(verdict.because),
    [factsOf(report)],
    expectationTable(report),
    windowTable(report),
    bullets(howLongRecoveryTook(report).map((line) => `recovery of ${line}`)),
    isLeftBroken(verdict) ? [] : [escapeMarkdown(cleanupSentence(report))],
    [`Play it again: ${codeSpan(report.reproduce)}`],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function factsOf(report: Report): string {
  const cache = orNone(report.cacheEngine);
  return escapeMarkdown(
    `${crowdSentence(report)}; environment ${report.environment} on ${report.platform}, cache ${cache}, seed ${report.seed}, scenario ${report.scenario}`,
  );
}

/** The unmet ones first: they are why somebody looks. */
function expectationTable({ expectations }: Report): readonly string[] {
  const rank = (met: boolean | null) => (met === false ? 0 : met === null ? 1 : 2);
  const sorted = [...expectations].sort((left, right) => rank(left.met) - rank(right.met));
  const words = (met: boolean | null) => (met === null ? '? no data' : met ? '✓ met' : '**✗ not met**');
  const rows = sorted.map(({ text, observed, limit, met }) =>
    row([words(met), escapeMarkdown(text), escapeMarkdown(orNone(observed)), escapeMarkdown(limit)]),
  );
  return tableOf(['', 'expectation', 'observed', 'promised'], rows);
}

function windowTable(report: Report): readonly string[] {
  const heads = ['window', 'useful chains', 'search p50', 'search p99', 'searches', 'empty', 'unknown', 'requests/s', 'per player'];
  return tableOf(
    heads,
    report.windows.map((window) => windowRow(window, report)),
  );
}

function windowRow(window: ReportWindow, report: Report): string {
  const { chains, operations } = window;
  const { p50, p99, count } = operations.search.latencyUs;
  const perSecond = requestsPerSecond(window);
  return row([
    escapeMarkdown(window.name),
    writeShare(chains.useful, chains.planned),
    writeUs(p50),
    writeUs(p99),
    `${writeCount(count)}${isFew(operations.search.latencyUs) ? ' (few)' : ''}`,
    writeCount(total(window, (operation) => operation.empty)),
    writeCount(total(window, (operation) => operation.unknown)),
    writeRate(perSecond),
    writeRate(perPlayer(perSecond, report)),
  ]);
}

function tableOf(heads: readonly string[], rows: readonly string[]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length > linesMax ? ['', `and ${rows.length - linesMax} more in report.html`] : [];
  return [row(heads), row(heads.map(() => '---')), ...rows.slice(0, linesMax), ...more];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function bullets(lines: readonly string[]): readonly string[] {
  const more = lines.length > linesMax ? [`- and ${lines.length - linesMax} more in report.html`] : [];
  return [...lines.slice(0, linesMax).map((line) => `- ${escapeMarkdown(line)}`), ...more];
}
