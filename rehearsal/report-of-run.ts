import { type Outcome, operations, outcomes } from '../core/outcome.ts';
import { assertBalanced, sentOf } from '../simulator/measure/accounting.ts';
import type { ChainFigures, OperationFigures, StretchFigures } from '../simulator/measure/figures.ts';
import { type Histogram, quantile, toJson } from '../simulator/measure/histogram.ts';
import { sumOfSlices } from '../simulator/measure/stretch.ts';
import { doubtsOf } from './doubts.ts';
import { exitCodeOf } from './exit-code.ts';
import { judge, type NamedFigures } from './expectations.ts';
import { findingsOf } from './findings.ts';
import { judgeLoad } from './load-expectation.ts';
import type { FaultRecord, RunRecord } from './record.ts';
import type { OperationReport, QuantilesUs, Report, ReportSecond, ReportWindow, Verdict } from './report/format.ts';
import { decide } from './verdict.ts';
import { cacheBetween } from './whose-telemetry.ts';
import { type WindowSpan, windowsOf } from './windows.ts';

/** The report is a pure function of what was measured: the same whether the conductor lived to the end or was killed. */
export function reportOf(record: RunRecord): Report {
  const { header } = record;
  const windows = spansOf(record).map((span) => countedIn(span, record));
  const whole = countedIn({ name: 'run', fromMs: record.joinedAtMs, toMs: record.durationMs }, record);
  const expectations =
    header.kind === 'load' ? windows.map(judgeLoad) : judge(header.expect, [...windows, whole], record.faults.map(recoveryOf));
  const verdict = decide({
    toolFault: record.interruption?.kind === 'tool-fault' ? record.interruption.message : null,
    interruption: interruptionText(record),
    guard: record.interruption?.kind === 'guard' ? `aborted by the guard: ${record.interruption.text}` : null,
    doubts: doubtsOf(record, whole),
    expectations,
    expectsNothing: header.kind === 'load',
    cleanup: cleanupOf(record.faults),
    cleanupProblems: record.faults.flatMap((fault) =>
      fault.restoreProblem === null ? [] : [`${fault.id} may still be broken: ${fault.restoreProblem}; run: launchstorm recover`],
    ),
  });
  const { kind: _kind, players, mix, joinMs: _joinMs, expect: _expect, ...facts } = header;
  return {
    format: 'launchstorm.report/1',
    ...facts,
    durationMs: Math.round(record.durationMs),
    crowd: { players, sessions: record.sessions, requestsPerPlayerPerSecond: requestsPerPlayer(whole.figures, players), mix },
    generator: generatorOf(record),
    windows: windows.map(windowReport),
    faults: record.faults.map(faultReport),
    expectations: [...expectations],
    pods: record.pods,
    ...(record.telemetry === null ? {} : { cache: cacheBetween(record.telemetryAtJoin, record.telemetry) }),
    ...(record.telemetry === null ? {} : { telemetry: { shown: [...record.telemetry.shown], played: [...record.telemetry.played] } }),
    findings: [...findingsOf(windows, record.examples)],
    notes: [...record.notes, ...fewSamples(windows)],
    verdict,
    exitCode: exitCodeOf(verdict, record.interruption?.kind === 'signal' ? record.interruption.signal : null),
    seconds: record.slices.map((slice) => secondOf(slice, record.podsReadyAt)),
  };
}

/** A load has one window; a rehearsal is told by what happened in it. */
function spansOf(record: RunRecord): readonly WindowSpan[] {
  if (record.header.kind === 'load') return [{ name: 'run', fromMs: 0, toMs: record.durationMs }];
  return windowsOf(record.joinedAtMs, record.durationMs, record.faults);
}

/** The identity of the contract is asserted for every window that anybody ever sees. */
function countedIn({ name, fromMs, toMs }: WindowSpan, record: RunRecord): NamedFigures {
  const figures = sumOfSlices(record.slices, fromMs, toMs);
  assertBalanced(figures);
  return { name, figures };
}

function interruptionText({ interruption }: RunRecord): string | null {
  switch (interruption?.kind) {
    case 'signal':
      return `interrupted by ${interruption.signal}`;
    case 'halted':
      return `ended from outside: ${interruption.by}`;
    default:
      return null;
  }
}

function recoveryOf(fault: FaultRecord) {
  const recoveredAfterMs = fault.recoveredAtMs === null || fault.undoneAtMs === null ? null : fault.recoveredAtMs - fault.undoneAtMs;
  return { id: fault.id, recoveredAfterMs, undone: fault.undoneAtMs !== null };
}

function cleanupOf(faults: readonly FaultRecord[]): Verdict['cleanup'] {
  if (faults.some((fault) => fault.restore === 'failed' || fault.restore === 'open')) return 'failed';
  if (faults.some((fault) => fault.restore === 'conflict')) return 'conflict';
  return faults.some((fault) => fault.restore === 'restored') ? 'restored' : 'nothing';
}

function faultReport(fault: FaultRecord): Report['faults'][number] {
  const { id, kind, variant, target, bite } = fault;
  const { recoveredAfterMs } = recoveryOf(fault);
  return {
    id,
    kind,
    variant,
    target,
    armedAtMs: rounded(fault.armedAtMs),
    appliedAtMs: rounded(fault.appliedAtMs),
    undoneAtMs: rounded(fault.undoneAtMs),
    bite,
    recoveredAfterMs: rounded(recoveredAfterMs),
  };
}

export function windowReport({ name, figures }: NamedFigures): ReportWindow {
  const { search, spawns, biome } = figures.operations;
  return {
    name,
    fromMs: Math.round(figures.fromMs),
    toMs: Math.round(figures.toMs),
    operations: { search: operationReport(search), spawns: operationReport(spawns), biome: operationReport(biome) },
    chains: chainReport(figures.chains),
  };
}

function operationReport(figures: OperationFigures): OperationReport {
  return {
    planned: figures.planned,
    sent: sentOf(figures),
    ...figures.outcomes,
    refusals: { ...figures.refusals },
    latencyUs: quantilesOf(figures.latencyUs),
    serviceUs: quantilesOf(figures.serviceUs),
  };
}

function chainReport({ planned, completed, useful, latencyUs }: ChainFigures): ReportWindow['chains'] {
  return { planned, completed, useful, latencyUs: quantilesOf(latencyUs) };
}

function quantilesOf(histogram: Histogram): QuantilesUs {
  return {
    count: histogram.count,
    p50: quantile(histogram, 0.5),
    p95: quantile(histogram, 0.95),
    p99: quantile(histogram, 0.99),
    p999: quantile(histogram, 0.999),
    max: quantile(histogram, 1),
  };
}

/** One point of the charts: all operations of a slice together. */
export function secondOf(slice: StretchFigures, podsReadyAt: RunRecord['podsReadyAt']): ReportSecond {
  const search = slice.operations.search.latencyUs;
  const total = (outcome: Outcome) => operations.reduce((sum, operation) => sum + slice.operations[operation].outcomes[outcome], 0);
  const byOutcome = Object.fromEntries(outcomes.map((outcome) => [outcome, total(outcome)])) as { [outcome in Outcome]: number };
  return {
    fromMs: Math.round(slice.fromMs),
    toMs: Math.round(slice.toMs),
    players: slice.players,
    planned: operations.reduce((sum, operation) => sum + slice.operations[operation].planned, 0),
    ...byOutcome,
    chainsPlanned: slice.chains.planned,
    chainsUseful: slice.chains.useful,
    searchP50Us: quantile(search, 0.5),
    searchP99Us: quantile(search, 0.99),
    searchCount: search.count,
    podsReady: podsReadyAt.findLast((sample) => sample.atMs <= slice.toMs)?.ready ?? null,
  };
}

function generatorOf({ generator }: RunRecord): Report['generator'] {
  if (generator === null) return { lagUsP99: null, lagCount: 0, dropped: 0, cpuShare: 0, rssBytesMax: 0 };
  const { lagUs, dropped, cpuShare, rssBytesMax } = generator;
  return { lagUsP99: quantile(lagUs, 0.99), lagCount: lagUs.count, lagUs: toJson(lagUs), dropped, cpuShare, rssBytesMax };
}

function requestsPerPlayer(whole: StretchFigures, players: number): number | null {
  const seconds = (whole.toMs - whole.fromMs) / 1000;
  if (seconds <= 0 || players === 0) return null;
  const sent = operations.reduce((sum, operation) => sum + sentOf(whole.operations[operation]), 0);
  return Math.round((sent / seconds / players) * 1000) / 1000;
}

function fewSamples(windows: readonly NamedFigures[]): readonly string[] {
  return windows
    .filter(({ name, figures }) => name !== 'warmup' && figures.operations.search.latencyUs.count < 200)
    .map(
      ({ name, figures }) =>
        `${name} holds ${figures.operations.search.latencyUs.count} searches only: its p99 is little more than its maximum`,
    );
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}
