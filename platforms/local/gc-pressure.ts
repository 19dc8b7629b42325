/** Seconds that garbage collection took for itself, by more than half and by more than nine tenths, and the worst share of one, 0..1. */
export type GcPressure = { readonly aboveHalf: number; readonly aboveNineTenths: number; readonly worstShare: number };

export const noPressure: GcPressure = { aboveHalf: 0, aboveNineTenths: 0, worstShare: 0 };

export function addPressure(one: GcPressure, other: GcPressure): GcPressure {
  return {
    aboveHalf: one.aboveHalf + other.aboveHalf,
    aboveNineTenths: one.aboveNineTenths + other.aboveNineTenths,
    worstShare: Math.max(one.worstShare, other.worstShare),
  };
}

/**
 * What a process that is gone has logged about its seconds: its metrics died with it, and a pod under such pressure had hardly answered to
 * a scrape. A second is logged when its share crosses a half, once more when it crosses nine tenths, and as it becomes the worst.
 */
export function pressureIn(log: string): GcPressure {
  const worstBySecond = new Map<number, number>();
  for (const line of log.split('\n')) {
    if (!line.includes('"gcShare":')) continue;
    const { second, gcShare } = fieldsOf(line);
    if (typeof second !== 'number' || typeof gcShare !== 'number') continue;
    worstBySecond.set(second, Math.max(worstBySecond.get(second) ?? 0, gcShare));
  }
  const shares = [...worstBySecond.values()];
  return {
    aboveHalf: shares.filter((share) => share > 0.5).length,
    aboveNineTenths: shares.filter((share) => share > 0.9).length,
    worstShare: Math.max(0, ...shares),
  };
}

/** The last line may be cut off. */
function fieldsOf(line: string): { second?: unknown; gcShare?: unknown } {
  try {
    return JSON.parse(line) as { second?: unknown; gcShare?: unknown };
  } catch {
    return {};
  }
}
