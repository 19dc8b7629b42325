import { writeMs } from '../../core/duration.ts';
import { exitCodes } from '../exit-code.ts';
import { writeShare } from '../report/numbers.ts';
import type { Judged } from './thresholds.ts';

/**
 * k6's `--summary-export`, as far as it is read: per metric what crossed (true) and what did not, how much there was, and of a trend its
 * percentiles in ms, as `p(99)`.
 */
export type K6Summary = { metrics: { [metric: string]: K6Metric } };
type K6Metric = {
  count?: number;
  passes?: number;
  fails?: number;
  thresholds?: { [expression: string]: boolean };
  [percentile: `p(${string})`]: number;
};

/** A promise of the scenario in one window; `observed` and `met` null where there was no data. */
export type K6Promise = { text: string; observed: string | null; limit: string; met: boolean | null };

export type K6Verdict = {
  status: 'held' | 'broken' | 'inconclusive' | 'interrupted' | 'error';
  exitCode: number;
  judged: readonly K6Promise[];
  because: readonly string[];
};

/** What k6's end means here. `code` null: it was killed. No data is never a pass, and outranks a broken promise. */
export function verdictOf(code: number | null, summary: K6Summary | null, judged: readonly Judged[]): K6Verdict {
  const results = judged.map((each) => ({ ...each, met: metOf(each, judged, summary) }));
  const promises = results.filter(({ needs }) => needs === 'promise').map((each) => promiseOf(each, summary));
  const end = (status: K6Verdict['status'], exitCode: number, because: readonly string[]) => ({
    status,
    exitCode,
    judged: promises,
    because,
  });
  switch (code) {
    case 0:
    case 99:
      break;
    case 104:
      return end('error', exitCodes.usage, ['k6 refused its configuration (exit code 104)']);
    case 105:
      return end('interrupted', exitCodes.sigint, ['k6 was interrupted']);
    default:
      return end('error', exitCodes.toolFault, [`k6 ended with ${code === null ? 'a signal' : `exit code ${code}`}`]);
  }
  if (summary === null) return end('inconclusive', exitCodes.inconclusive, ['k6 left no summary']);
  const doubts = results.filter(({ needs, met }) => needs !== 'promise' && met !== true);
  if (doubts.length > 0) return end('inconclusive', exitCodes.inconclusive, doubts.map(doubtText));
  const broken = promises.filter(({ met }) => met !== true);
  if (broken.length > 0)
    return end(
      'broken',
      exitCodes.broken,
      broken.map(({ text, limit }) => `not met: ${text} ${limit}`),
    );
  if (code === 99) return end('broken', exitCodes.broken, ['k6 says that a threshold was crossed']);
  return end('held', exitCodes.held, [`all ${promises.length} thresholds held`]);
}

/** `p99 of search in before <= 50ms` is a text and a limit. */
function promiseOf({ metric, expression, text, met }: Judged & { met: boolean | null }, summary: K6Summary | null): K6Promise {
  const [, what = text, limit = expression] = /^(.*) ([<>]=.*)$/.exec(text) ?? [];
  return { text: what, observed: met === null ? null : observedIn(summary?.metrics[metric], expression), limit, met };
}

function observedIn(metric: K6Metric | undefined, expression: string): string | null {
  if (metric?.passes !== undefined && metric.fails !== undefined) return writeShare(metric.passes, metric.passes + metric.fails);
  const percentile = /^p\([\d.]+\)/.exec(expression)?.[0] as `p(${string})` | undefined;
  const ms = percentile === undefined ? undefined : metric?.[percentile];
  return ms === undefined ? null : writeMs(ms);
}

/** Null where there was nothing to judge by: k6 itself lets a threshold without samples pass. */
function metOf({ metric, expression, needs }: Judged, judged: readonly Judged[], summary: K6Summary | null): boolean | null {
  const crossed = summary?.metrics[metric]?.thresholds?.[expression];
  if (crossed === undefined) return null;
  if (needs !== 'promise' || crossed) return !crossed;
  const guard = judged.find((each) => each.needs === 'data' && guards(each.metric, metric));
  return guard !== undefined && summary?.metrics[guard.metric]?.count === 0 ? null : true;
}

/** Same operation or chain, same window: an `actions{of:search,window:before}` guards `useful{of:search,window:before}`. */
function guards(guard: string, metric: string): boolean {
  const tags = (text: string) => (/\{(.*)\}/.exec(text)?.[1] ?? '').split(',');
  const [of, place] = tags(metric);
  const isChain = of === 'of:chain';
  if (!guard.startsWith(isChain ? 'launchstorm_chains{' : 'launchstorm_actions{')) return false;
  return tags(guard).includes(place ?? '') && (isChain || tags(guard).includes(of ?? ''));
}

function doubtText({ needs, text }: Judged): string {
  return needs === 'data' ? `no data: not ${text}` : `the generator cannot be trusted: not ${text}`;
}
