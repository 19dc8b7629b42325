/** How often a probe asks, how long it waits, and how many failures in a row it takes to believe them. One success is believed at once. */
export type ProbeRule = { everyMs: number; timeoutMs: number; failuresMax: number };

export type Health = { passing: boolean; failuresInARow: number };

export const notYetReady: Health = { passing: false, failuresInARow: 0 };
export const alive: Health = { passing: true, failuresInARow: 0 };

export function probed(health: Health, succeeded: boolean, { failuresMax }: ProbeRule): Health {
  if (succeeded) return alive;
  const failuresInARow = health.failuresInARow + 1;
  return { passing: health.passing && failuresInARow < failuresMax, failuresInARow };
}

/** When to look at a pod. Tests shorten these; a rehearsal takes them as they are. */
export type WatchRules = {
  readiness: ProbeRule;
  liveness: ProbeRule;
  /** Between two looks at a pod that is starting, so that a restart is seen fast. */
  startingEveryMs: number;
  /** A process that does not listen by then is killed (`liveness`). */
  startingMsMax: number;
  memoryEveryMs: number;
  scrapeEveryMs: number;
};

export const watchRules: WatchRules = {
  readiness: { everyMs: 250, timeoutMs: 500, failuresMax: 2 },
  liveness: { everyMs: 1_000, timeoutMs: 500, failuresMax: 5 },
  startingEveryMs: 25,
  startingMsMax: 30_000,
  memoryEveryMs: 250,
  scrapeEveryMs: 1_000,
};
