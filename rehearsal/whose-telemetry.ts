import type { Identity } from '../platforms/telemetry.ts';

/** What metrics said of themselves when somebody looked: those that people look at, and those of the pods that players talked to. */
export type TelemetryRecord = { shown: readonly Identity[]; played: readonly Identity[] };

/**
 * Why what people look at does not come from where players play, one line for each stranger; nothing where all is well. A dashboard cannot
 * tell by itself: staging's metrics look like metrics.
 */
export function strangersIn({ shown, played }: TelemetryRecord, asked: string): readonly string[] {
  const own = new Set(played.map(identityOf));
  // Of a service that was there already nobody has asked for an environment: it is enough that both are the same.
  const isOther = ({ environment }: Identity): boolean => asked !== unasked && environment !== asked;
  const strangers = new Map(shown.filter((one) => isOther(one) || !own.has(identityOf(one))).map((one) => [identityOf(one), one]));
  return [...strangers.values()].map(({ environment, configHash }) => {
    const where = environment === asked ? `another configuration of ${environment}` : environment;
    const hashes = [...new Set(played.map((one) => one.configHash))].join(', ') || 'unknown';
    return (
      `you are looking at ${where}: the metrics that people look at carry environment ${environment}, configuration ${configHash}; ` +
      `players play on ${asked}, configuration ${hashes}`
    );
  });
}

/** As the header of a run names the environment of a service that it did not start. */
const unasked = 'unknown';

function identityOf({ environment, configHash }: Identity): string {
  return `${environment}/${configHash}`;
}

/** What was looked up in between. Null where somebody does not count, or has lost the count with a restart. */
export function cacheBetween(from: TelemetryRecord | null, to: TelemetryRecord): { lookups: number; hits: number } | null {
  if (from === null || to.played.length === 0) return null;
  let [lookups, hits] = [0, 0];
  for (const now of to.played) {
    const then = from.played.find(({ pod }) => pod === now.pod);
    const [looked, found] = [since(then?.cacheLookups, now.cacheLookups), since(then?.cacheHits, now.cacheHits)];
    if (looked === null || found === null) return null;
    lookups += looked;
    hits += found;
  }
  return { lookups, hits };
}

function since(then: number | null | undefined, now: number | null): number | null {
  return then === undefined || then === null || now === null || now < then ? null : now - then;
}
