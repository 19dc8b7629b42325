/** Fewer windows than this have no variance worth a word. */
const windowsMin = 8;

/**
 * The index of dispersion of counts, Var N(t) / E N(t), over windows of so many seconds: 1 for a Poisson process, more where what happens
 * comes in bursts, less where a clock drives it. Null where there are too few windows.
 */
export function dispersion(perSecond: Int32Array, fromSecond: number, windowSeconds: number): number | null {
  const windows = Math.floor((perSecond.length - fromSecond) / windowSeconds);
  if (windows < windowsMin) return null;
  const counts = Array.from({ length: windows }, (_, window) => {
    const from = fromSecond + window * windowSeconds;
    return sum(perSecond.subarray(from, from + windowSeconds));
  });
  const mean = counts.reduce((total, count) => total + count, 0) / windows;
  if (mean === 0) return null;
  return counts.reduce((total, count) => total + (count - mean) ** 2, 0) / (windows - 1) / mean;
}

export function sum(counts: Int32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
