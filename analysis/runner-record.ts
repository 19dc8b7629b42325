import { type Outcome, operations, outcomes } from '../core/outcome.ts';
import type { FaultRecord, Interruption, RunHeader, RunRecord } from '../rehearsal/record.ts';
import { reportOf } from '../rehearsal/report-of-run.ts';
import type { Example, GeneratorFigures } from '../simulator/measure/figures.ts';
import { fromJson } from '../simulator/measure/histogram.ts';
import type { Runner } from './runner.ts';
import type { RunnerReport } from './runner-report.ts';
import { edgeAt, edgesOf, endOf, firstCut } from './time-axis.ts';

/**
 * The record that a runner's report was made from, as far as the disk still knows it. What can be counted comes from the
 * seconds; the report and the journal say what cannot: faults, pods, examples, and what the run said of itself.
 */
export function recordOf(runner: Runner, expect: RunHeader['expect']): RunRecord {
  const { report, journalled } = runner;
  const header: RunHeader = { ...runner.header, kind: runner.header.kind ?? 'rehearsal', expect };
  if (report === null) {
    if (journalled === null) throw new TypeError(`${runner.place} was read without a report and without a journal`);
    return { ...journalled, header };
  }
  const figures = figuresOf(runner, report, header);
  const again = reportOf(figures);
  const words = hasWords(report) ? unsaid(report.verdict?.because, again.verdict.because) : [];
  const interruption = interruptionOf(report, words);
  return { ...figures, interruption, doubts: interruption === null ? words : words.slice(1), notes: unsaid(report.notes, again.notes) };
}

function blank({ seconds: { slices } }: Runner, header: RunHeader): RunRecord {
  return {
    header,
    durationMs: endOf(slices),
    joinedAtMs: 0,
    slices,
    podsReadyAt: [],
    faults: [],
    pods: [],
    telemetry: null,
    telemetryAtJoin: null,
    generator: null,
    sessions: slices.reduce((sum, slice) => sum + slice.sessionsBegun, 0),
    examples: [],
    interruption: null,
    unsteady: [],
    doubts: [],
    notes: [],
  };
}

/** Reports hold whole milliseconds; the seconds hold the very edges that they were rounded from. */
function figuresOf(runner: Runner, report: RunnerReport, header: RunHeader): RunRecord {
  const { slices } = runner.seconds;
  const edges = edgesOf(slices);
  const warmup = report.windows?.find((window) => window.name === 'warmup');
  return {
    ...blank(runner, header),
    durationMs: edgeAt(report.durationMs, edges),
    joinedAtMs: joinedAt(report, warmup?.toMs, edges),
    // The middle of a second lies in it, however its ends were rounded.
    podsReadyAt: (report.seconds ?? []).flatMap(({ fromMs, toMs, podsReady }) =>
      podsReady === null ? [] : [{ atMs: (fromMs + toMs) / 2, ready: podsReady }],
    ),
    faults: (report.faults ?? []).map((fault) => faultOf(fault, report, { edges, journalled: runner.journalled?.faults ?? [] })),
    pods: report.pods ?? [],
    generator: generatorOf(report),
    examples: examplesOf(report),
  };
}

function joinedAt({ joinMs }: RunnerReport, warmupToMs: number | undefined, edges: readonly number[]): number {
  const toMs = warmupToMs ?? joinMs;
  return toMs === undefined ? firstCut(edges) : edgeAt(toMs, edges);
}

type Known = { edges: readonly number[]; journalled: readonly FaultRecord[] };

function faultOf(
  { recoveredAfterMs, ...told }: NonNullable<RunnerReport['faults']>[number],
  report: RunnerReport,
  { edges, journalled }: Known,
): FaultRecord {
  const written = journalled.find((fault) => fault.id === told.id);
  const undoneAtMs = told.undoneAtMs === null ? null : edgeAt(told.undoneAtMs, edges);
  const recovery = report.windows?.find((window) => window.name === `recovery:${told.id}`);
  return {
    ...told,
    appliedAtMs: told.appliedAtMs === null ? null : edgeAt(told.appliedAtMs, edges),
    undoneAtMs,
    recoveredAtMs: recoveredAfterMs === null ? null : edgeAt(recovery?.toMs ?? (undoneAtMs ?? 0) + recoveredAfterMs, edges),
    restore: written?.restore ?? (told.undoneAtMs === null ? 'open' : 'restored'),
    restoreProblem: written?.restoreProblem ?? null,
  };
}

/** Null where the lag itself is not there: of a p99 alone nothing can be merged. */
function generatorOf({ generator }: RunnerReport): GeneratorFigures | null {
  const { lagUs, dropped = 0, cpuShare = 0, rssBytesMax = 0 } = generator;
  return lagUs === undefined ? null : { lagUs: fromJson(lagUs), dropped, cpuShare, rssBytesMax };
}

function examplesOf({ findings }: RunnerReport): readonly Example[] {
  return (findings ?? []).flatMap(({ operation: asked, examples }) =>
    examples.flatMap(({ outcome: ended, detail, ...example }) => {
      const operation = operations.find((each) => each === asked);
      const outcome = outcomes.find((each): each is Outcome => each === ended);
      return operation === undefined || outcome === undefined ? [] : [{ ...example, operation, outcome, detail: detail ?? '' }];
    }),
  );
}

/** A verdict that followed from the figures alone follows from those of all runners as well, or does not. */
function hasWords({ verdict }: RunnerReport): boolean {
  return verdict !== undefined && verdict.status !== 'held' && verdict.status !== 'broken';
}

/**
 * What a run said of itself and its figures do not say again: no steady state, a guard, a signal. Whatever follows from figures
 * is left out here, since it is said anew on the figures of all.
 */
function unsaid(said: readonly string[] | undefined, again: readonly string[]): readonly string[] {
  return (said ?? []).filter((word) => !again.includes(word));
}

function interruptionOf({ verdict }: RunnerReport, [why = 'it does not say why']: readonly string[]): Interruption | null {
  switch (verdict?.status) {
    case 'error':
      return { kind: 'tool-fault', message: why };
    case 'aborted':
      return { kind: 'guard', text: why.replace(/^aborted by the guard: /, '') };
    case 'interrupted': {
      const signal = /^interrupted by (SIGINT|SIGTERM)/.exec(why)?.[1];
      if (signal === 'SIGINT' || signal === 'SIGTERM') return { kind: 'signal', signal };
      return { kind: 'halted', by: why.replace(/^ended from outside: /, '') };
    }
    default:
      return null;
  }
}
