import type { Vitals } from './recovery.ts';

/**
 * A fault on a system that is not steady proves nothing. Steady: in each of the last windows of 2 s before the fault there were
 * answers, at least 95 % of the actions were useful, and the slowest window's p99 is at most 3 x the fastest one's or 50 ms above it.
 * Own rule, assumed: loose enough for a busy laptop, tight enough to refuse a service that is still starting or already failing.
 */
export const steadyRule = {
  windows: 3,
  windowMs: 2000,
  usefulShareMin: 0.95,
  p99Factor: 3,
  p99SlackUs: 50_000,
  patienceMs: 15_000,
} as const;

/** The windows that are looked at, one after the other, up to the fault. */
export type SteadyWindows = { count: number; lengthMs: number };

/** Whole seconds can be summed at any time. Where a scenario leaves little room before its fault: shorter windows, then fewer. */
export function steadyWindows(roomMs: number): SteadyWindows {
  const { windows, windowMs } = steadyRule;
  if (roomMs >= windows * windowMs) return { count: windows, lengthMs: windowMs };
  return { count: Math.min(windows, Math.max(1, Math.floor(roomMs / 1000))), lengthMs: 1000 };
}

/** Why this is no steady state, in words; empty: it is one. */
export function unsteadiness(windows: readonly Vitals[], asked: SteadyWindows): readonly string[] {
  if (windows.length < asked.count) return [`only ${windows.length} of ${asked.count} windows before the fault`];
  const silent = windows.filter((window) => window.p99Us === null || window.usefulShare === null);
  if (silent.length > 0) return [`a window of ${asked.lengthMs / 1000} s without any answer`];
  const worstShare = Math.min(...windows.map((window) => window.usefulShare ?? 0));
  const p99s = windows.map((window) => window.p99Us ?? 0);
  const fastest = Math.min(...p99s);
  const slowest = Math.max(...p99s);
  const problems: string[] = [];
  if (worstShare < steadyRule.usefulShareMin) problems.push(`useful share fell to ${(worstShare * 100).toFixed(1)} %`);
  if (slowest > Math.max(fastest * steadyRule.p99Factor, fastest + steadyRule.p99SlackUs)) {
    problems.push(`p99 of searches moved between ${(fastest / 1000).toFixed(1)} and ${(slowest / 1000).toFixed(1)} ms`);
  }
  return problems;
}
