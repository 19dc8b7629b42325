/** When players suffer more than agreed, the run is ended and everything put back. Pure; the share is useful answers over planned ones. */
export type GuardLimit = { below: number };
export type GuardSample = { planned: number; useful: number };

/** Fewer planned actions than this say nothing about a share. */
export const samplesMin = 20;

/** Whether players were served too badly over this stretch. Too few samples are no reason to abort: no data is never a verdict. */
export function abortsBy({ below }: GuardLimit, { planned, useful }: GuardSample): boolean {
  return planned >= samplesMin && useful / planned < below;
}

/**
 * Whether a series (oldest first, each sample covering the time up to its `atMs`) ends in at least `forMs` without one sample at
 * or above the limit. A sample that says nothing breaks no streak and makes none: it takes both ends inside the streak to span `forMs`.
 */
export function abortsBySeries(limit: GuardLimit & { forMs: number }, series: readonly (GuardSample & { atMs: number })[]): boolean {
  let firstBadAtMs: number | null = null;
  let lastBadAtMs = 0;
  for (const sample of series) {
    if (sample.planned < samplesMin) continue;
    if (!abortsBy(limit, sample)) firstBadAtMs = null;
    else {
      firstBadAtMs = firstBadAtMs ?? sample.atMs;
      lastBadAtMs = sample.atMs;
    }
  }
  return firstBadAtMs !== null && lastBadAtMs - firstBadAtMs >= limit.forMs;
}
