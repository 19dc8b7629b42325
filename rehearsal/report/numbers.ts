import { writeMs } from '../../core/duration.ts';
import { operations } from '../../core/outcome.ts';
import type { OperationReport, QuantilesUs, Report, ReportWindow } from './format.ts';

/** How numbers are written for people, and the few that are derived from a report. Nothing here is averaged. */

/** What stands where there is no figure. */
export const noFigure = '–';

/** Below this many samples at least ten do not lie beyond a p99 and it is little more than the maximum. */
export const samplesForP99Min = 1000;

/** `12,034`. */
export function writeCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `412`, `8.3`, `0.21`: three digits that mean something. */
export function writeRate(perSecond: number | null): string {
  if (perSecond === null || !Number.isFinite(perSecond)) return noFigure;
  if (perSecond >= 100) return writeCount(perSecond);
  return perSecond.toFixed(perSecond >= 10 ? 1 : 2);
}

/** Microseconds as `0.4 ms`, `18 ms`, `2.3 s`. */
export function writeUs(us: number | null): string {
  return us === null ? noFigure : writeMs(us / 1000);
}

/** Milliseconds; a dash where it did not come to that. */
export function writeSpan(ms: number | null): string {
  return ms === null ? noFigure : writeMs(ms);
}

/** `98.71 %`; rounded down, so that 100 % means all of them. */
export function writeShare(part: number, whole: number): string {
  if (whole === 0) return noFigure;
  if (part === whole) return '100 %';
  return `${(Math.floor((part / whole) * 10_000 + 1e-6) / 100).toFixed(2)} %`;
}

/** `203 MB`, in decimal megabytes. */
export function writeBytes(bytes: number | null): string {
  return bytes === null ? noFigure : `${writeCount(bytes / 1e6)} MB`;
}

/** Seconds since play began, as on the charts: `15.0 s`. */
export function writeAt(ms: number | null): string {
  return ms === null ? noFigure : `${(ms / 1000).toFixed(1)} s`;
}

export function isFew(quantiles: QuantilesUs): boolean {
  return quantiles.count < samplesForP99Min;
}

export function operationsOf(window: ReportWindow): readonly OperationReport[] {
  return operations.map((operation) => window.operations[operation]);
}

/** Of all operations of a window. */
export function total(window: ReportWindow, count: (operation: OperationReport) => number): number {
  return operationsOf(window).reduce((sum, operation) => sum + count(operation), 0);
}

/** Requests sent per second of the window; null where the window has no length. */
export function requestsPerSecond(window: ReportWindow): number | null {
  const seconds = (window.toMs - window.fromMs) / 1000;
  return seconds > 0 ? total(window, (operation) => operation.sent) / seconds : null;
}

export function perPlayer(perSecond: number | null, report: Report): number | null {
  return perSecond === null || report.crowd.players === 0 ? null : perSecond / report.crowd.players;
}

/** Windows that are judged: the warm-up is shown, and left out of sentences. */
export function judgedWindows(report: Report): readonly ReportWindow[] {
  return report.windows.filter((window) => window.name !== 'warmup');
}
