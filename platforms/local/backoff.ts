/**
 * The kubelet's restart back-off: the first restart at once, then 10 s, doubled up to 5 min; forgotten after 10 min of running
 * (kubernetes/kubernetes, pkg/kubelet: MaxContainerBackOff, backOffPeriod; the reset is twice the maximum).
 */
const firstDelayMs = 10_000;
const delayMsMax = 300_000;
const forgottenAfterMs = 2 * delayMsMax;

/** Exits in a row, each soon after the one before. */
export type CrashLoop = { exitsInARow: number };

export const noCrashes: CrashLoop = { exitsInARow: 0 };

/** `scale` 0.1 lets all of it happen ten times faster, the running time that counts as well included. */
export function afterExit(loop: CrashLoop, ranForMs: number, scale: number): CrashLoop {
  const before = ranForMs >= forgottenAfterMs * scale ? 0 : loop.exitsInARow;
  return { exitsInARow: before + 1 };
}

export function restartDelayMs({ exitsInARow }: CrashLoop, scale: number): number {
  if (exitsInARow <= 1) return 0;
  // Past 2^10 the maximum holds anyway; without the cap the power would grow for ever.
  const doublings = Math.min(exitsInARow - 2, 10);
  return Math.min(firstDelayMs * 2 ** doublings, delayMsMax) * scale;
}
