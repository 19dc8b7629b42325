import { writeMs } from '../core/duration.ts';
import type { Part } from './part.ts';
import { endOf } from './time-axis.ts';

/** A runner may end so much earlier than the last one: players leave when they have their answer, clocks differ. */
export const endsApartMsMax = 2000;

/** What of the run is not in the figures, in words; with any of it the verdict is inconclusive. */
export function holesIn(parts: readonly Part[], runnersExpected: number | null, durationMs: number): readonly string[] {
  const [lead, ...others] = parts;
  return [
    ...missingRunners(parts, runnersExpected),
    ...parts.flatMap((part) => [...lostLines(part), ...shortness(part, durationMs), ...unknownLag(part)]),
    ...(lead === undefined ? [] : lead.record.doubts),
    ...others.flatMap((part) => [...whatEnded(part), ...part.record.doubts.map((doubt) => `${part.place}: ${doubt}`)]),
  ];
}

function missingRunners(parts: readonly Part[], expected: number | null): readonly string[] {
  if (expected === null || parts.length >= expected) return [];
  const missing = expected - parts.length;
  return [`${missing} of ${expected} runners ${missing === 1 ? 'is' : 'are'} missing: their players are not in these figures`];
}

const lostLinesMax = 3;

function lostLines({ place, missing }: Part): readonly string[] {
  const more = missing.length - lostLinesMax;
  return [...missing.slice(0, lostLinesMax), ...(more > 0 ? [`and ${more} more gaps like these`] : [])].map((hole) => `${place}: ${hole}`);
}

function shortness({ place, offsetMs, record }: Part, durationMs: number): readonly string[] {
  const endMs = endOf(record.slices) + offsetMs;
  if (durationMs - endMs <= endsApartMsMax) return [];
  return [`${place} is short: its seconds end at ${writeMs(Math.max(0, endMs))}, the run at ${writeMs(durationMs)}`];
}

function unknownLag({ place, record }: Part): readonly string[] {
  return record.generator === null ? [`${place} does not say how late its generator was (generator.lagUs in report.json)`] : [];
}

/** What ended the run of another than the conductor is a hole in the crowd, and not the end of the run. */
function whatEnded({ place, record: { interruption } }: Part): readonly string[] {
  switch (interruption?.kind) {
    case undefined:
      return [];
    case 'signal':
      return [`${place} was interrupted by ${interruption.signal}`];
    case 'guard':
      return [`${place} was aborted by its guard: ${interruption.text}`];
    case 'watchdog-lost':
      return [`${place} lost its watchdog`];
    case 'halted':
      return [`${place} was ended from outside: ${interruption.by}`];
    case 'tool-fault':
      return [`${place} failed: ${interruption.message}`];
  }
}
