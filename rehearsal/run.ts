import { pauseUntil, playFault, putBack } from './fault-window.ts';
import { Interrupted, toolFault } from './interrupts.ts';
import type { Plan } from './plan.ts';
import type { RunHeader, RunRecord } from './record.ts';
import { openStage, type Stage } from './stage.ts';
import { startTicker } from './ticker.ts';
import { strangersIn } from './whose-telemetry.ts';
import type { World } from './world.ts';

/**
 * A whole rehearsal: bring the environment up, let the players in, break things one after the other, put each back, watch the
 * recovery, and leave nothing behind. Every way out leads through the same `finally`. Never rejects: what went wrong is in the record.
 */
export async function run(plan: Plan, header: RunHeader, world: World): Promise<RunRecord> {
  const stage = openStage(plan, header, world);
  const ticker = startTicker(stage);
  try {
    await bringUp(stage);
    await letPlayersIn(stage);
    for (const [index, request] of plan.faults.entries()) {
      await playFault(request, plan.faults[index + 1]?.atMs ?? Number.POSITIVE_INFINITY, stage);
    }
    await settle(stage);
  } catch (error) {
    noteWhy(error, stage);
  } finally {
    for (const step of [putEverythingBack, letPlayersOut, ticker.stop, lookAtPods, ...leaveNothingBehind]) {
      await attempt(() => step(stage), stage);
    }
  }
  return stage.record;
}

async function bringUp(stage: Stage): Promise<void> {
  const { world, interrupts } = stage;
  world.watchdog.onLost(() => interrupts.raise({ kind: 'watchdog-lost' }));
  // Before anything is said or done: whoever is killed from here on has a report.
  await world.journal.begin(stage.record.header);
  if (world.environment !== null) stage.enter('bringing the environment up');
  if (world.environment !== null) await interrupts.race(world.platform.up(world.environment, (line) => world.sink.line(`  ${line}`)));
  stage.record.header.cacheEngine = world.platform.cache()?.engine ?? null;
  world.platform.watchEndpoints(world.route);
  await lookAtTelemetry(stage);
}

/** Whose metrics do people look at? Said at once, and once more at the end. */
async function lookAtTelemetry({ world, record }: Stage): Promise<void> {
  const seen = await world.platform.telemetry?.identities();
  if (seen === undefined) return;
  if (record.telemetry === null) for (const line of strangersIn(seen, record.header.environment)) world.sink.line(`  ${line}`);
  record.telemetry = seen;
}

async function letPlayersIn(stage: Stage): Promise<void> {
  const { engine, plan, record, world, interrupts } = stage;
  stage.enter('players join');
  await interrupts.race(engine.start());
  // Times in the journal count from `startedAt`, all others from the engine's start: the same instant.
  record.header.startedAt = new Date(world.clock.wallMs() - engine.nowMs()).toISOString();
  await world.journal.begin(record.header);
  await pauseUntil(plan.joinMs, stage);
  record.joinedAtMs = await engine.cut();
  record.telemetryAtJoin = (await world.platform.telemetry?.identities()) ?? null;
  stage.enter('before');
}

/** Play goes on after the last recovery, so that there is an `after` to judge. */
async function settle(stage: Stage): Promise<void> {
  const { plan, record } = stage;
  const lastMs = record.faults.reduce((latest, fault) => Math.max(latest, fault.undoneAtMs ?? 0), record.joinedAtMs);
  const last = record.faults.at(-1);
  if (last !== undefined && last.recoveredAtMs !== null) stage.enter('after');
  await pauseUntil(lastMs + plan.settleMs, stage);
}

/** Something on the way out that fails must not bar what comes after it. */
async function attempt(step: () => Promise<void>, stage: Stage): Promise<void> {
  try {
    await step();
  } catch (error) {
    noteWhy(error, stage);
  }
}

/** The first fault of our own outranks whatever else ended the run; else the first reason stays. */
function noteWhy(error: unknown, { record, interrupts }: Stage): void {
  if (error instanceof Interrupted) record.interruption ??= interrupts.reason();
  else if (record.interruption?.kind !== 'tool-fault') record.interruption = toolFault(error);
}

/** Newest first. What could not be put back in its turn is tried once more: by now the reason may be gone. */
async function putEverythingBack(stage: Stage): Promise<void> {
  const openNow = [...stage.open].filter(([fault]) => fault.restore === 'open' || fault.restore === 'failed').reverse();
  for (const [fault, armed] of openNow) {
    await attempt(async () => stage.enter(`putting ${fault.id} back`), stage);
    await attempt(() => putBack(armed, fault, stage), stage);
  }
}

async function letPlayersOut(stage: Stage): Promise<void> {
  const { engine, record } = stage;
  stage.enter('players leave');
  // Where players cannot be let out as they should, the run has lasted until now.
  record.durationMs = engine.nowMs();
  record.durationMs = await engine.stop();
  record.generator = await engine.generator();
  const { sessions, turnedAway } = await engine.crowd();
  record.sessions = sessions;
  if (turnedAway > 0) record.doubts.push(`${turnedAway} players came while every place was taken, and did not play`);
  record.examples = await engine.examples(0, record.durationMs);
}

async function lookAtPods(stage: Stage): Promise<void> {
  const { world, record } = stage;
  await lookAtTelemetry(stage);
  record.pods = world.platform.pods().map((pod) => ({
    name: pod.name,
    restarts: pod.restarts,
    exitReasons: pod.exits.map(writeExit),
    gcShareMax: pod.gcShareMax,
    rssBytesMax: pod.rssBytesMax,
    ...(pod.gcPressedSeconds === undefined ? {} : { gcPressedSeconds: pod.gcPressedSeconds }),
    ...(pod.sidecarRssBytesMax === undefined ? {} : { sidecarRssBytesMax: pod.sidecarRssBytesMax }),
  }));
}

/** Restored, read back and written down first; only then do cache and pods go, and last of all whoever would have done it for us. */
const leaveNothingBehind: readonly ((stage: Stage) => Promise<void>)[] = [
  ({ world }) => world.disconnect(),
  ({ world }) => world.journal.close(),
  ({ world }) => world.platform.down(),
  ({ world }) => world.watchdog.dismiss(),
];

function writeExit(exit: { kind: string; code: number; by?: string; message?: string; container?: string }): string {
  const whose = exit.container === undefined ? undefined : `(${exit.container})`;
  return [String(exit.code), exit.kind, exit.by, exit.message, whose].filter((part) => part !== undefined).join(' ');
}
