import { writeMs } from '../core/duration.ts';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import { quantile } from '../simulator/measure/histogram.ts';
import { milliseconds } from './milliseconds.ts';
import type { Expectation } from './scenario.ts';

/** A window with what was counted in it. */
export type NamedFigures = { name: string; figures: StretchFigures };

export type FaultRecovery = {
  id: string;
  recoveredAfterMs: number | null;
  /** Put back, so that there was something to recover from. */
  undone: boolean;
};

/** One expectation in one window. `met` null: no data, which is never a pass. */
export type Judged = { text: string; observed: string | null; limit: string; met: boolean | null };

type Share = Extract<Expectation, { share: 'useful' }>;
type Latency = Extract<Expectation, { latency: number }>;
type Recovery = Extract<Expectation, { recovery: 'latency' }>;

/** Below this many samples a p99 is little more than the maximum: the reader is told. */
const samplesForTailMin = 1000;

/** Every expectation in every window that it names, each a line of its own. */
export function judge(
  expectations: readonly Expectation[],
  windows: readonly NamedFigures[],
  recoveries: readonly FaultRecovery[],
): readonly Judged[] {
  return expectations.flatMap((expectation) => {
    if ('recovery' in expectation) return judgeRecovery(expectation, windows, recoveries);
    return named(expectation.in, windows).map(({ name, figures }) =>
      'share' in expectation ? judgeShare(expectation, name, figures) : judgeLatency(expectation, name, figures),
    );
  });
}

function judgeShare(expectation: Share, window: string, figures: StretchFigures | null): Judged {
  const text = `useful share of ${expectation.of} in ${window}`;
  const limit = `>= ${percent(expectation.atLeast)}`;
  const { planned, useful } = figures === null ? { planned: 0, useful: 0 } : usefulOf(figures, expectation.of);
  if (planned === 0) return { text, observed: null, limit, met: null };
  // 0.55 * 100 is a little more than 55 in floating point, and is meant to be 55.
  const met = useful >= expectation.atLeast * planned - 1e-6;
  return { text, observed: `${percent(useful / planned)} (${useful} of ${planned})`, limit, met };
}

function judgeLatency(expectation: Latency, window: string, figures: StretchFigures | null): Judged {
  const text = `p${writeQuantile(expectation.latency)} of ${expectation.of} in ${window}`;
  const limitMs = milliseconds(expectation.atMost);
  const limit = `<= ${writeMs(limitMs)}`;
  const histogram = figures === null ? null : latencyOf(figures, expectation.of);
  const observedUs = histogram === null ? null : quantile(histogram, expectation.latency);
  if (histogram === null || observedUs === null) return { text, observed: null, limit, met: null };
  const few = histogram.count < samplesForTailMin ? ', few samples' : '';
  return { text, observed: `${writeMs(observedUs / 1000)} (${histogram.count} samples${few})`, limit, met: observedUs <= limitMs * 1000 };
}

/** Not recovered is a failure only where it was watched for as long as recovery may take. */
function judgeRecovery(expectation: Recovery, windows: readonly NamedFigures[], recoveries: readonly FaultRecovery[]): readonly Judged[] {
  const limit = `<= ${expectation.within}`;
  const withinMs = milliseconds(expectation.within);
  if (recoveries.length === 0) return [{ text: 'recovery after every fault', observed: null, limit, met: null }];
  return recoveries.map(({ id, recoveredAfterMs, undone }) => {
    const text = `recovery of ${expectation.of} after ${id}`;
    if (recoveredAfterMs !== null) return { text, observed: writeMs(recoveredAfterMs), limit, met: recoveredAfterMs <= withinMs };
    if (!undone) return { text, observed: null, limit, met: null };
    const watchedMs = lengthOf(`recovery:${id}`, windows);
    return { text, observed: `not recovered in ${writeMs(watchedMs)}`, limit, met: watchedMs < withinMs ? null : false };
  });
}

function lengthOf(name: string, windows: readonly NamedFigures[]): number {
  const figures = windows.find((window) => window.name === name)?.figures;
  return figures === undefined ? 0 : figures.toMs - figures.fromMs;
}

/** The windows an expectation names; a window that never came about is judged as "no data", not left out. */
function named(where: Share['in'], windows: readonly NamedFigures[]): readonly { name: string; figures: StretchFigures | null }[] {
  if (typeof where !== 'string')
    return where.map((name) => ({ name, figures: windows.find((window) => window.name === name)?.figures ?? null }));
  const prefix = { 'every during': 'during:', 'every recovery': 'recovery:', run: 'run' }[where];
  const found = windows.filter((window) => window.name.startsWith(prefix));
  return found.length > 0 ? found : [{ name: where, figures: null }];
}

/** Useful and planned, of an operation's actions or of chains. */
export function usefulOf(figures: StretchFigures, of: Share['of']): { planned: number; useful: number } {
  if (of === 'chain') return { planned: figures.chains.planned, useful: figures.chains.useful };
  return { planned: figures.operations[of].planned, useful: figures.operations[of].outcomes.ok };
}

function latencyOf(figures: StretchFigures, of: Latency['of']) {
  return of === 'chain' ? figures.chains.latencyUs : figures.operations[of].latencyUs;
}

/** `99.2 %`, never rounded up to a hundred. */
export function percent(share: number): string {
  const shown = Math.floor(share * 10_000 + 1e-6) / 100;
  return `${shown} %`;
}

function writeQuantile(quantileAsked: number): string {
  return String(Number((quantileAsked * 100).toFixed(3))).replace('.', '');
}
