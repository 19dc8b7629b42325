import { writeMs } from '../core/duration.ts';
import { operations } from '../core/outcome.ts';
import { quantile } from '../simulator/measure/histogram.ts';
import { type NamedFigures, percent } from './expectations.ts';
import { milliseconds } from './milliseconds.ts';
import type { RunRecord } from './record.ts';
import { strangersIn } from './whose-telemetry.ts';

/**
 * A generator whose starts are later than this at p99 measures itself. Own rule: 10 ms, or a tenth of the tightest latency limit
 * if that is more.
 */
const lagUsMin = 10_000;

/** Everything that makes a verdict worthless, in words; with any of it the run is inconclusive. */
export function doubtsOf(record: RunRecord, whole: NamedFigures): readonly string[] {
  return [
    ...lostWatchdog(record),
    ...strangers(record),
    ...record.unsteady,
    ...record.doubts,
    ...bites(record),
    ...lateness(record),
    ...silence(whole),
  ];
}

function lostWatchdog({ interruption }: RunRecord): readonly string[] {
  return interruption?.kind === 'watchdog-lost'
    ? ['the watchdog died: with nobody to restore after us, the run was ended and everything put back']
    : [];
}

function strangers({ telemetry, header }: RunRecord): readonly string[] {
  return telemetry === null ? [] : strangersIn(telemetry, header.environment);
}

function bites({ faults }: RunRecord): readonly string[] {
  return faults
    .filter((fault) => fault.appliedAtMs !== null && !fault.bite.proven)
    .map(({ id, bite }) => `${id} is not proven to have had an effect${bite.evidence.length > 0 ? `: ${bite.evidence.join('; ')}` : ''}`);
}

function lateness({ generator, header }: RunRecord): readonly string[] {
  if (generator === null) return [];
  const lagUs = quantile(generator.lagUs, 0.99) ?? 0;
  const limitUs = Math.max(lagUsMin, ...tightestLimitMs(header.expect).map((ms) => ms * 100));
  const late =
    lagUs > limitUs
      ? [
          `the generator was late: p99 of its lag ${writeMs(lagUs / 1000)}, at most ${writeMs(limitUs / 1000)} can be trusted; fewer players, or a quieter machine`,
        ]
      : [];
  const dropped = generator.dropped > 0 ? [`the generator dropped ${generator.dropped} actions`] : [];
  return [...late, ...dropped, ...(generator.lost ?? [])];
}

function tightestLimitMs(expect: RunRecord['header']['expect']): readonly number[] {
  const limits = expect.flatMap((expectation) => ('latency' in expectation ? [milliseconds(expectation.atMost)] : []));
  return limits.length > 0 ? [Math.min(...limits)] : [];
}

function silence({ figures }: NamedFigures): readonly string[] {
  const planned = operations.reduce((sum, operation) => sum + figures.operations[operation].planned, 0);
  const abandoned = operations.reduce((sum, operation) => sum + figures.operations[operation].outcomes.abandoned, 0);
  if (planned === 0) return ['no data: nobody did anything'];
  return abandoned / planned > 0.5
    ? [`${percent(abandoned / planned)} of what was planned was abandoned: hardly anybody was left to judge`]
    : [];
}
