import type { PlannedWindow } from '../script-facts.ts';

/** The name of the window that an intended start lies in. The time between a recovery and the next fault belongs to none: ''. */
export function windowAt(windows: readonly PlannedWindow[], ms: number): string {
  for (const { name, fromMs, toMs } of windows) if (ms >= fromMs && ms < toMs) return name;
  return '';
}
