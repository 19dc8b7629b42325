/**
 * Recovered means: three windows in a row whose p99 is at most max(1.25 x before, before + 5 ms) and whose useful share is at
 * least that of before minus 0.5 points. Such a window lasts 2 s, lengthened until it holds 200 samples, at most 6 s.
 */
export const recoveryRule = {
  windowsInARow: 3,
  windowMs: 2000,
  windowMsMax: 6000,
  stepMs: 500,
  samplesMin: 200,
  latencyFactor: 1.25,
  latencySlackUs: 5000,
  shareSlack: 0.005,
} as const;

/** What a window must show to count as recovered, and what was seen in one. `p99Us` is of searches. */
export type Vitals = { samples: number; p99Us: number | null; usefulShare: number | null };

/** Whether the window's length and samples suffice to judge it; a longer one is not awaited beyond `windowMsMax`. */
export function isWindowLongEnough(lengthMs: number, samples: number): boolean {
  if (lengthMs < recoveryRule.windowMs) return false;
  return samples >= recoveryRule.samplesMin || lengthMs >= recoveryRule.windowMsMax;
}

/** Whether players feel in `now` what they felt `before`. No data is no recovery. */
export function isAsGoodAs(before: Vitals, now: Vitals): boolean {
  if (before.p99Us === null || before.usefulShare === null || now.p99Us === null || now.usefulShare === null) return false;
  const limitUs = Math.max(before.p99Us * recoveryRule.latencyFactor, before.p99Us + recoveryRule.latencySlackUs);
  return now.p99Us <= limitUs && now.usefulShare >= before.usefulShare - recoveryRule.shareSlack;
}

/** Counts good windows in a row. */
export type RecoveryCount = { goodInARow: number };

export function countWindow(count: RecoveryCount, good: boolean): RecoveryCount {
  return { goodInARow: good ? count.goodInARow + 1 : 0 };
}

export function isRecovered(count: RecoveryCount): boolean {
  return count.goodInARow >= recoveryRule.windowsInARow;
}
