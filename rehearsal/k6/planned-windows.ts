import type { FaultRequest } from '../../chaos/fault.ts';
import type { PlannedWindow } from '../../simulator/k6/script-facts.ts';
import { milliseconds } from '../milliseconds.ts';
import type { Expectation } from '../scenario.ts';
import { windowsOf } from '../windows.ts';

export type Timetable = { joinMs: number; endMs: number; faults: readonly FaultRequest[]; expect: readonly Expectation[] };

/**
 * The windows of a run in which everything happens when the timeline says so. k6 cannot see players recover, so a recovery takes as long as
 * the scenario allows it to, and never more than half of the time to the next fault or the end: `after` has something to judge.
 */
export function plannedWindows({ joinMs, endMs, faults, expect }: Timetable): readonly PlannedWindow[] {
  const allowedMs = Math.min(...expect.flatMap((each) => ('recovery' in each ? [milliseconds(each.within)] : [])));
  const played = faults.filter(({ atMs }) => atMs < endMs);
  const times = played.map(({ id, atMs, forMs }, index) => {
    const nextMs = played[index + 1]?.atMs ?? endMs;
    const undoneAtMs = Math.min(atMs + forMs, nextMs);
    const isLast = index === played.length - 1;
    const halfMs = isLast ? (nextMs - undoneAtMs) / 2 : nextMs - undoneAtMs;
    const recoveredAtMs = undoneAtMs < nextMs ? undoneAtMs + Math.min(allowedMs, halfMs) : null;
    return { id, appliedAtMs: atMs, undoneAtMs, recoveredAtMs };
  });
  return windowsOf(joinMs, endMs, times);
}
