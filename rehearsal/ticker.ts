import { abortsBySeries } from '../chaos/guard.ts';
import { type Outcome, operations, outcomes } from '../core/outcome.ts';
import type { Engine } from '../simulator/engine/engine.ts';
import { sentOf } from '../simulator/measure/accounting.ts';
import type { StretchFigures } from '../simulator/measure/figures.ts';
import { quantile } from '../simulator/measure/histogram.ts';
import { usefulOf } from './expectations.ts';
import { toolFault } from './interrupts.ts';
import type { PlannedGuard } from './plan.ts';
import type { LiveState } from './report/live.ts';
import type { Stage } from './stage.ts';
import { type WindowSpan, windowsOf } from './windows.ts';

const showEveryMs = 250;
const liveWindowMs = 3000;
/** Nobody calls an answer good that takes longer than this. */
const waitMsMax = 3000;

/**
 * What happens beside the story, a few times a second: the live view, settled seconds to disk, guards, how many pods are up.
 * Nobody waits for a tick, so an error in it ends the run by an interruption, and comes out of `stop`.
 */
export function startTicker(stage: Stage): { stop(): Promise<void> } {
  const { clock, sink } = stage.world;
  let written = Promise.resolve();
  let looking = Promise.resolve();
  let failure: { error: unknown } | null = null;
  let cancel = () => {};
  let isOver = false;
  const fail = (error: unknown) => {
    failure ??= { error };
    stage.interrupts.raise(toolFault(error));
  };
  const drain = async () => {
    const slices = await stage.engine.settled();
    stage.record.slices.push(...slices);
    if (slices.length > 0) written = written.then(() => sink.seconds(slices, windowsSoFar(stage))).catch(fail);
  };
  const guards = watchGuards(stage);
  const look = async () => {
    await drain();
    notePods(stage);
    await guards();
    sink.show(await liveState(stage), windowsSoFar(stage));
  };
  /** One look at a time: the next one is due after this one, however long the figures took to come. */
  const tick = () => {
    looking = look().then(() => {
      if (!isOver) cancel = clock.after(showEveryMs, tick);
    }, fail);
  };
  cancel = clock.after(showEveryMs, tick);
  return {
    async stop() {
      isOver = true;
      cancel();
      await looking;
      try {
        await drain();
      } finally {
        await written;
      }
      if (failure !== null) throw failure.error;
    },
  };
}

/** While players still join, all of it is warm-up, and it is not `after` while a fault is to come. */
function windowsSoFar({ plan, record, engine }: Stage): readonly WindowSpan[] {
  const nowMs = engine.nowMs();
  const windows = windowsOf(record.joinedAtMs === 0 ? nowMs : record.joinedAtMs, nowMs, record.faults);
  return record.faults.length < plan.faults.length ? windows.filter(({ name }) => name !== 'after') : windows;
}

function notePods({ record, engine, world }: Stage): void {
  const ready = world.platform.pods().filter((pod) => pod.state === 'ready').length;
  if (record.podsReadyAt.at(-1)?.ready !== ready) record.podsReadyAt.push({ atMs: engine.nowMs(), ready });
}

/** Guards judge whole seconds: there is something new to judge once a second. */
function watchGuards({ plan, record, engine, interrupts }: Stage): () => Promise<void> {
  let judged = 0;
  return async () => {
    const second = Math.floor(engine.nowMs() / 1000);
    if (record.joinedAtMs === 0 || second === judged) return;
    judged = second;
    for (const guard of plan.guards) {
      const seconds = await lastSeconds(engine, record.joinedAtMs, guard.forMs + 1000);
      const series = seconds.map((one) => ({ atMs: one.toMs, ...answeredOf(one, guard.of, engine.nowMs()) }));
      if (abortsBySeries(guard, series)) interrupts.raise({ kind: 'guard', text: guard.text });
    }
  };
}

/** Whole seconds that have passed, oldest first. */
async function lastSeconds(engine: Engine, sinceMs: number, lengthMs: number): Promise<readonly StretchFigures[]> {
  const endMs = Math.floor(engine.nowMs() / 1000) * 1000;
  const seconds: StretchFigures[] = [];
  for (let fromMs = endMs - lengthMs; fromMs < endMs; fromMs += 1000)
    if (fromMs >= sinceMs) seconds.push(await engine.figures(fromMs, fromMs + 1000));
  return seconds;
}

/** What is still under way is left out while it may yet turn out well, and counts against the service when it takes too long. */
function answeredOf(second: StretchFigures, of: PlannedGuard['of'], nowMs: number): { planned: number; useful: number } {
  const { planned, useful } = usefulOf(second, of);
  const pending = of === 'chain' ? second.chains.pending : second.operations[of].pending;
  return { planned: nowMs - second.toMs > waitMsMax ? planned : planned - pending, useful };
}

async function liveState({ plan, record, engine, world, phase, open }: Stage): Promise<LiveState> {
  const nowMs = engine.nowMs();
  const toMs = Math.floor(nowMs / 1000) * 1000;
  const fromMs = Math.max(0, toMs - liveWindowMs);
  const recent = toMs > fromMs ? await engine.figures(fromMs, toMs) : null;
  const search = recent?.operations.search.latencyUs;
  const pods = world.platform.pods();
  return {
    phase,
    elapsedMs: nowMs,
    totalMs: plan.totalMs,
    players: (await engine.crowd()).players,
    requestsPerSecond: recent === null ? 0 : ratePerSecond(recent),
    p99Us: search === undefined ? null : quantile(search, 0.99),
    p99Count: search?.count ?? 0,
    outcomes: recent === null ? noOutcomes : totals(recent),
    podsReady: pods.filter((pod) => pod.state === 'ready').length,
    podsTotal: pods.length,
    openFaults: [...open.keys()].filter((fault) => fault.restore === 'open').map((fault) => fault.id),
    faults: record.faults.map(({ id, appliedAtMs, undoneAtMs }) => ({ id, appliedAtMs, undoneAtMs })),
  };
}

function ratePerSecond(figures: StretchFigures): number {
  const sent = operations.reduce((sum, operation) => sum + sentOf(figures.operations[operation]), 0);
  return (sent * 1000) / (figures.toMs - figures.fromMs);
}

function totals(figures: StretchFigures): { [outcome in Outcome]: number } {
  const sums = { ...noOutcomes };
  for (const operation of operations) for (const outcome of outcomes) sums[outcome] += figures.operations[operation].outcomes[outcome];
  return sums;
}

const noOutcomes: { readonly [outcome in Outcome]: number } = {
  ok: 0,
  empty: 0,
  wrong: 0,
  refused: 0,
  unknown: 0,
  unreachable: 0,
  dropped: 0,
  abandoned: 0,
};
