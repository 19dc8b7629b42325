import type { Identity } from '../platforms/telemetry.ts';

/** What metrics said of themselves when somebody looked: those that people look at, and those of the pods that players talked to. */
export type TelemetryRecord = { shown: readonly Identity[]; played: readonly Identity[] };

/**
 * Why what people look at does not come from where players play, one line for each stranger; nothing where all is well. A dashboard cannot
 * tell by itself: staging's metrics look like metrics.
 */
export function strangersIn({ shown, played }: TelemetryRecord, asked: string): readonly string[] {
  const own = new Set(played.map(identityOf));
  const strangers = new Map(
    shown.filter((one) => one.environment !== asked || !own.has(identityOf(one))).map((one) => [identityOf(one), one]),
  );
  return [...strangers.values()].map(({ environment, configHash }) => {
    const where = environment === asked ? `another configuration of ${environment}` : environment;
    const hashes = [...new Set(played.map((one) => one.configHash))].join(', ') || 'unknown';
    return (
      `you are looking at ${where}: the metrics that people look at carry environment ${environment}, configuration ${configHash}; ` +
      `players play on ${asked}, configuration ${hashes}`
    );
  });
}

function identityOf({ environment, configHash }: Identity): string {
  return `${environment}/${configHash}`;
}
