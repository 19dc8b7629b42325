/** A length of time as people write it: `250ms`, `15s`, `2m`, `1h`, `1.5s`. */
export type Duration = `${number}ms` | `${number}s` | `${number}m` | `${number}h`;

const unitMs: { [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a written duration, or null where it is none (negative, no unit, not a number). */
export function durationMs(text: string): number | null {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (parts === null) return null;
  const unit = unitMs[parts[2] as string] as number;
  return Number(parts[1]) * unit;
}

/** The shortest honest way to write milliseconds for people: `0.4 ms`, `18 ms`, `2.3 s`, `1 m 05 s`. */
export function writeMs(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.floor((ms % 60_000) / 1000);
  return `${minutes} m ${seconds < 10 ? '0' : ''}${seconds} s`;
}
