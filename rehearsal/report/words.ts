import { writeMs } from '../../core/duration.ts';
import type { Report, ReportFault, ReportWindow, Verdict } from './format.ts';
import { judgedWindows, noFigure, total, writeAt, writeCount, writeRate, writeShare, writeUs } from './numbers.ts';

/** The verdict in words, the same ones in terminal, page and summary. */

/** A sign beside the word, so that nobody needs the colour. */
export const verdictSigns: { readonly [status in Verdict['status']]: string } = {
  held: '✓',
  broken: '✗',
  inconclusive: '?',
  aborted: '■',
  interrupted: '■',
  error: '!',
};

const verdictWords: { readonly [status in Verdict['status']]: string } = {
  held: 'Held',
  broken: 'Broken',
  inconclusive: 'Inconclusive',
  aborted: 'Aborted by a guard',
  interrupted: 'Interrupted',
  error: 'The tool failed',
};

const verdictMeanings: { readonly [status in Verdict['status']]: string } = {
  held: 'every expectation was met',
  broken: 'players did not get what was promised',
  inconclusive: 'the figures below prove nothing either way',
  aborted: 'players suffered more than the guard allows',
  interrupted: 'the run was ended early, so nothing is proven',
  error: 'this says nothing about the service',
};

const cleanupWords: { readonly [cleanup in Verdict['cleanup']]: string } = {
  restored: 'Everything that was broken on purpose was put back, read back and compared.',
  nothing: 'Nothing had to be put back.',
  failed: 'Something may still be broken. Run: launchstorm recover',
  conflict: 'Somebody else changed a target meanwhile, so it was left alone. Look with: launchstorm status',
};

/** Whether the machine may have been left in a state that it was not in before; outranks every status. */
export function isLeftBroken({ cleanup }: Verdict): boolean {
  return cleanup === 'failed' || cleanup === 'conflict';
}

/** `Held: every expectation was met`. */
export function headline(report: Report): string {
  return `${verdictWords[report.verdict.status]}: ${meaningOf(report)}`;
}

function meaningOf({ verdict: { status }, expectations }: Report): string {
  const unmet = expectations.filter((expectation) => expectation.met === false).length;
  if (status === 'broken' && unmet > 0) return `${unmet} of ${expectations.length} expectations not met`;
  if (status === 'held' && expectations.length === 0) return 'players were answered';
  return verdictMeanings[status];
}

export function cleanupSentence({ verdict }: Report): string {
  return cleanupWords[verdict.cleanup];
}

/** `400 players, 2.02 requests per player per second`; the rate only where it is known. */
export function crowdSentence({ crowd: { players, requestsPerPlayerPerSecond: rate } }: Report): string {
  return `${writeCount(players)} players${rate === null ? '' : `, ${writeRate(rate)} requests per player per second`}`;
}

/** What was broken and whether it bit, one line a fault. */
export function whatBroke({ faults, durationMs }: Report): readonly string[] {
  return faults.map(
    (fault) => `${fault.id} (${fault.variant}) on ${fault.target}: ${whenApplied(fault, durationMs)}, ${bittenWords(fault)}`,
  );
}

/** `from 15.0 s for 10.0 s`. */
export function whenApplied({ appliedAtMs, undoneAtMs }: ReportFault, durationMs: number): string {
  if (appliedAtMs === null) return 'never applied';
  const endMs = undoneAtMs ?? durationMs;
  return `from ${writeAt(appliedAtMs)} for ${writeMs(endMs - appliedAtMs)}`;
}

function bittenWords({ appliedAtMs, bite }: ReportFault): string {
  if (appliedAtMs === null) return 'so it proves nothing';
  return bite.proven ? 'proven to have bitten' : 'not proven to have bitten';
}

/** What players felt in each window that was broken on purpose, beside what they felt before; where nothing was, what was worst. */
export function whatPlayersFelt(report: Report): readonly string[] {
  const windows = judgedWindows(report);
  const before = windows.find((window) => window.name === 'before');
  const felt = windows.filter((window) => window !== before && (before === undefined || window.name.startsWith('during:')));
  const told = felt.map((window) => `${window.name}: ${usefulChains(window, before)}, ${searchTail(window, before)}${andTroubles(window)}`);
  return report.faults.length > 0 ? told : [...told, ...report.findings.slice(0, findingsTold).map(({ text }) => text)];
}

/** Of a target that nobody broke, the reader wants to know what it answered; the rest is in report.html. */
const findingsTold = 2;

function usefulChains({ chains }: ReportWindow, before: ReportWindow | undefined): string {
  const was = before === undefined ? '' : ` (before: ${writeShare(before.chains.useful, before.chains.planned)})`;
  return `${writeShare(chains.useful, chains.planned)} of ${writeCount(chains.planned)} chains useful${was}`;
}

function searchTail({ operations }: ReportWindow, before: ReportWindow | undefined): string {
  const { p99, count } = operations.search.latencyUs;
  const was = before === undefined ? '' : `, before ${writeUs(before.operations.search.latencyUs.p99)}`;
  return `search p99 ${writeUs(p99)} (${writeCount(count)} searches${was})`;
}

function andTroubles(window: ReportWindow): string {
  const words = troubleWords(window);
  return words.length === 0 ? ', no other trouble' : `; ${words.join(', ')}`;
}

/** What else players ran into: `3 empty chests`, `12 refused`. */
export function troubleWords(window: ReportWindow): readonly string[] {
  const counted: readonly (readonly [number, string])[] = [
    [total(window, (operation) => operation.empty), 'empty chests'],
    [total(window, (operation) => operation.wrong), 'wrong answers'],
    [total(window, (operation) => operation.refused), 'refused'],
    [total(window, (operation) => operation.unknown), 'without a complete answer'],
    [total(window, (operation) => operation.unreachable), 'found nobody to talk to'],
  ];
  return counted.filter(([count]) => count > 0).map(([count, what]) => `${writeCount(count)} ${what}`);
}

/** How long it took until players felt again what they felt before. */
export function howLongRecoveryTook({ faults }: Report): readonly string[] {
  return faults.map((fault) => `${fault.id}: ${recoveryWords(fault)}`);
}

export function recoveryWords({ appliedAtMs, undoneAtMs, recoveredAfterMs }: ReportFault): string {
  if (appliedAtMs === null) return 'never applied, nothing to recover from';
  if (undoneAtMs === null) return 'never put back';
  if (recoveredAfterMs === null) return 'not recovered before the next fault or the end';
  return `${writeMs(recoveredAfterMs)} after it was put back`;
}

/** The value as written, or a dash. */
export function orNone(text: string | null): string {
  return text === null || text === '' ? noFigure : text;
}
