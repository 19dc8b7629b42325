import type { FaultRequest } from '../chaos/fault.ts';
import { type ArmedFault, FaultRefused } from '../chaos/inject.ts';
import type { FaultRecord } from './record.ts';
import { countWindow, isAsGoodAs, isRecovered, isWindowLongEnough, type RecoveryCount, recoveryRule, type Vitals } from './recovery.ts';
import type { Stage } from './stage.ts';
import { type SteadyWindows, steadyRule, steadyWindows, unsteadiness } from './steady-state.ts';
import { vitalsOf } from './vitals.ts';

/** One fault from the wait before it to its recovery: steady state, arm, strike, prove, hold, undo, recover. */
export async function playFault(request: FaultRequest, nextAtMs: number, stage: Stage): Promise<void> {
  const { engine, plan } = stage;
  if (isStuck(request, stage)) return;
  await pauseUntil(request.atMs, stage);
  stage.enter(`steady state before ${request.id}`);
  if (!(await awaitSteadyState(request, stage))) return;
  stage.enter(`arming ${request.id}`);
  const armed = await arm(request, stage);
  if (armed === null) return;
  const record = stage.openFault(request, armed);
  stage.enter(`during ${request.id}`);
  record.appliedAtMs = await engine.cut();
  await strikeAndHold(request, armed, record, stage);
  stage.enter(`undoing ${request.id}`);
  await putBack(armed, record, stage);
  if (record.undoneAtMs === null) return;
  stage.enter(`recovery from ${request.id}`);
  const joined = await engine.figures(stage.record.joinedAtMs, stage.firstAppliedAtMs());
  const before = vitalsOf(joined.operations.search);
  record.recoveredAtMs = await watchRecovery(before, record.undoneAtMs, Math.min(nextAtMs, record.undoneAtMs + plan.settleMs), stage);
}

/** Nothing more is broken while something could not be put back. */
function isStuck({ id }: FaultRequest, { record }: Stage): boolean {
  const stuck = record.faults.find((fault) => fault.restore !== 'restored');
  if (stuck !== undefined) record.doubts.push(`${id} was not armed: ${stuck.id} could not be put back`);
  return stuck !== undefined;
}

/** A fault that cannot be armed is not the end of the run, but the run shows nothing about it. */
async function arm(request: FaultRequest, { world, record }: Stage): Promise<ArmedFault | null> {
  if (world.injector === null) throw new TypeError(`${request.id} cannot be armed: this run has no injector`);
  try {
    return await world.injector.arm(request);
  } catch (error) {
    if (!(error instanceof FaultRefused)) throw error;
    record.doubts.push(error.message);
    return null;
  }
}

/** Puts one fault back and writes down how that went. Also called on every early way out; safe to call twice. */
export async function putBack(armed: ArmedFault, record: FaultRecord, stage: Stage): Promise<void> {
  const outcome = await armed.undo();
  record.restore = outcome.kind === 'done' ? 'restored' : outcome.kind;
  record.restoreProblem = outcome.kind === 'done' ? null : outcome.why;
  if (outcome.kind === 'done') record.undoneAtMs ??= await stage.engine.cut();
}

async function strikeAndHold(request: FaultRequest, armed: ArmedFault, record: FaultRecord, stage: Stage): Promise<void> {
  const appliedAtMs = record.appliedAtMs ?? 0;
  for (const [index, strike] of armed.aim.strikes.entries()) {
    await pauseUntil(appliedAtMs + strike.afterMs, stage);
    const outcome = await stage.interrupts.race(armed.strike(index));
    if (outcome.kind !== 'done') stage.record.notes.push(`strike ${index + 1} of ${request.id} was not done: ${outcome.why}`);
  }
  record.bite = await stage.interrupts.race(armed.prove(appliedAtMs + request.forMs - stage.engine.nowMs()));
  await pauseUntil(appliedAtMs + request.forMs, stage);
}

/** Waits a bounded time for a steady state; without one the fault is not injected, since it could prove nothing. */
async function awaitSteadyState(request: FaultRequest, stage: Stage): Promise<boolean> {
  const giveUpAtMs = stage.engine.nowMs() + steadyRule.patienceMs;
  const asked = steadyWindows(request.atMs - firstWholeSecondMs(stage));
  for (;;) {
    const problems = unsteadiness(await recentWindows(asked, stage), asked);
    if (problems.length === 0) return true;
    if (stage.engine.nowMs() >= giveUpAtMs) {
      stage.unsteady.push(`no steady state before ${request.id}: ${problems.join(', ')}`);
      return false;
    }
    await stage.interrupts.pause(1000);
  }
}

async function recentWindows({ count, lengthMs }: SteadyWindows, stage: Stage): Promise<readonly Vitals[]> {
  const { engine } = stage;
  const nowMs = Math.floor(engine.nowMs() / 1000) * 1000;
  const windows: Vitals[] = [];
  for (let fromMs = nowMs - count * lengthMs; fromMs < nowMs; fromMs += lengthMs) {
    if (fromMs < firstWholeSecondMs(stage)) continue;
    const figures = await engine.figures(fromMs, fromMs + lengthMs);
    windows.push(vitalsOf(figures.operations.search));
  }
  return windows;
}

/** The first second in which everybody has joined. */
function firstWholeSecondMs({ plan }: Stage): number {
  return Math.ceil(plan.joinMs / 1000) * 1000;
}

/** When players felt again what they felt before: the end of the third good window in a row. Null: not before `untilMs`. */
async function watchRecovery(before: Vitals, undoneAtMs: number, untilMs: number, stage: Stage): Promise<number | null> {
  let count: RecoveryCount = { goodInARow: 0 };
  let fromMs = undoneAtMs;
  while (stage.engine.nowMs() < untilMs) {
    const window = await watchWindow(fromMs, untilMs, stage);
    if (window === null) return null;
    count = countWindow(count, isAsGoodAs(before, window.vitals));
    if (isRecovered(count)) return window.toMs;
    fromMs = window.toMs;
  }
  return null;
}

async function watchWindow(fromMs: number, untilMs: number, stage: Stage): Promise<{ toMs: number; vitals: Vitals } | null> {
  const { engine } = stage;
  await pauseUntil(Math.min(fromMs + recoveryRule.windowMs, untilMs), stage);
  let toMs = await engine.cut();
  while (!isWindowLongEnough(toMs - fromMs, (await engine.figures(fromMs, toMs)).operations.search.planned)) {
    if (toMs >= untilMs) return null;
    await pauseUntil(Math.min(toMs + recoveryRule.stepMs, untilMs), stage);
    toMs = await engine.cut();
  }
  await settled(fromMs, toMs, untilMs, stage);
  return { toMs, vitals: vitalsOf((await engine.figures(fromMs, toMs)).operations.search) };
}

/** Waits until every action of the window has ended, so that slow ones count too. */
async function settled(fromMs: number, toMs: number, untilMs: number, { engine, interrupts }: Stage): Promise<void> {
  while ((await engine.figures(fromMs, toMs)).operations.search.pending > 0 && engine.nowMs() < untilMs) await interrupts.pause(50);
}

/** Also where that time has passed already does an interrupted run go no further. */
export async function pauseUntil(atMs: number, { engine, interrupts }: Stage): Promise<void> {
  await interrupts.pause(atMs - engine.nowMs());
}
