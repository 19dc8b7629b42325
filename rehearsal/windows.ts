/** When a fault was really applied, undone and recovered from, ms since play began; null: that never happened. */
export type FaultTimes = { id: string; appliedAtMs: number | null; undoneAtMs: number | null; recoveredAtMs: number | null };

export type WindowSpan = { name: string; fromMs: number; toMs: number };

/**
 * Names the stretches of a run by what really happened, not by what was planned:
 * `warmup` while players join, `before` up to the first fault, `during:<id>` from applied to undone, `recovery:<id>` from undone to
 * recovered (or the next fault, or the end), `after` from the last recovery to the end. Stretches never overlap; the time
 * between a recovery and the next fault belongs to no window.
 */
export function windowsOf(joinedAtMs: number, endedAtMs: number, faults: readonly FaultTimes[]): readonly WindowSpan[] {
  const applied = faults.filter((fault): fault is FaultTimes & { appliedAtMs: number } => fault.appliedAtMs !== null);
  const firstAtMs = applied[0]?.appliedAtMs ?? endedAtMs;
  const joined = Math.min(joinedAtMs, endedAtMs);
  const spans: WindowSpan[] = [
    { name: 'warmup', fromMs: 0, toMs: joined },
    { name: 'before', fromMs: joined, toMs: firstAtMs },
  ];
  applied.forEach((fault, index) => {
    const nextAtMs = applied[index + 1]?.appliedAtMs ?? endedAtMs;
    spans.push(...windowsOfFault(fault, nextAtMs));
  });
  const last = applied.at(-1);
  if (last !== undefined && last.recoveredAtMs !== null) spans.push({ name: 'after', fromMs: last.recoveredAtMs, toMs: endedAtMs });
  // What somebody else put back after the run was killed lies beyond all that was measured.
  return spans.map((span) => ({ ...span, toMs: Math.min(span.toMs, endedAtMs) })).filter((span) => span.toMs > span.fromMs);
}

function windowsOfFault(fault: FaultTimes & { appliedAtMs: number }, nextAtMs: number): readonly WindowSpan[] {
  const undoneAtMs = fault.undoneAtMs ?? nextAtMs;
  const recoveredAtMs = fault.recoveredAtMs ?? nextAtMs;
  return [
    { name: `during:${fault.id}`, fromMs: fault.appliedAtMs, toMs: undoneAtMs },
    { name: `recovery:${fault.id}`, fromMs: undoneAtMs, toMs: recoveredAtMs },
  ];
}
