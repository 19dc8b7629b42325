import { durationMs } from '../core/duration.ts';
import type { Result } from '../core/result.ts';
import type { PlannedGuard } from './plan.ts';

/** `useful<0.5 for 5s`, or `useful(search)<0.9 for 10s`: abort and restore when the useful share stays below that. Chains by default. */
const shape = /^useful(?:\((search|spawns|biome|chain)\))?\s*<\s*(0(?:\.\d+)?|1(?:\.0+)?)(?:\s+for\s+(\S+))?$/;

/** The engine keeps single seconds for ten minutes; a guard that waits longer than half of that guards nothing. */
const forMsMax = 300_000;

export function parseGuard(text: string | undefined): Result<readonly PlannedGuard[]> {
  if (text === undefined) return { ok: true, value: [] };
  const parts = shape.exec(text.trim());
  const forMs = durationMs(parts?.[3] ?? '5s');
  if (parts === null || forMs === null || forMs < 1000 || forMs > forMsMax) {
    return {
      ok: false,
      problems: [
        {
          place: '--guard',
          problem: `"${text}" is no guard`,
          remedy: "write for example 'useful<0.5 for 5s' or 'useful(search)<0.9 for 10s'",
        },
      ],
    };
  }
  const of = (parts[1] ?? 'chain') as PlannedGuard['of'];
  const below = Number(parts[2]);
  return { ok: true, value: [{ text: `useful share of ${of} below ${below} for ${forMs / 1000}s`, of, below, forMs }] };
}
