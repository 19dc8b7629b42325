import { sleep } from '../core/clock.ts';
import {
  type Aim,
  type Bite,
  type Fault,
  type FaultSteps,
  type Read,
  type Readings,
  readKey,
  type StepOutcome,
  type StepRunner,
} from './fault.ts';
import type { InjectorParts } from './injector-parts.ts';
import { openFaults } from './journal-lines.ts';
import { type Restorable, undoFault } from './undo.ts';

/** A fault whose undo is on the disk. */
export type ArmedFault = {
  aim: Aim;
  /** Does strike `index` of the aim. Fails, and does nothing, once an undo has begun or the deadline has passed. Never rejects. */
  strike(index: number): Promise<StepOutcome>;
  /** Looks again and again until the fault is proven to have bitten, at most `withinMs`; says what it saw last. */
  prove(withinMs: number): Promise<Bite>;
  /** Puts it back. May be asked for by several at once, and again after a failure. Never rejects. */
  undo(): Promise<StepOutcome>;
};

/** What was decided and read when the fault was armed. */
export type Arming = { fault: Fault; aim: Aim; steps: FaultSteps; before: Readings; deadlineMs: number };

const proveEveryMs = 100;

export function armedFault(arming: Arming, parts: InjectorParts): ArmedFault {
  let ending = false;
  let striking: Promise<unknown> = Promise.resolve();
  let undoing: Promise<StepOutcome> | null = null;
  const mayStrike = () => !ending && parts.clock.nowMs() < arming.deadlineMs;
  return {
    aim: arming.aim,
    strike(index) {
      const strike = striking.then(() => doStrike(index, arming, mayStrike, parts));
      striking = strike;
      return strike;
    },
    prove: (withinMs) => proveBite(arming, withinMs, parts),
    async undo() {
      ending = true;
      // A strike in flight ends first: its steps must not land on what has just been put back.
      const work = undoing ?? striking.then(() => putBack(arming, parts));
      undoing = work;
      const outcome = await work;
      if (outcome.kind === 'failed' && undoing === work) undoing = null;
      return outcome;
    },
  };
}

/** A step that fails ends the strike: what comes after it was meant for what it should have done. */
async function doStrike(index: number, arming: Arming, mayStrike: () => boolean, parts: InjectorParts): Promise<StepOutcome> {
  const evidence: string[] = [];
  let last: StepOutcome = { kind: 'failed', why: `there is no strike ${index}` };
  for (const step of arming.steps.apply[index] ?? []) {
    last = mayStrike() ? await parts.runner.run(step) : { kind: 'failed', why: 'too late to strike' };
    if (last.kind !== 'done') break;
    evidence.push(last.evidence);
  }
  if (evidence.length > 0) await note({ event: 'applied', strike: index, evidence }, arming.aim, parts);
  return last.kind === 'done' ? { kind: 'done', evidence: evidence.join('; ') } : last;
}

async function proveBite(arming: Arming, withinMs: number, parts: InjectorParts): Promise<Bite> {
  const { clock, runner } = parts;
  const giveUpAtMs = clock.nowMs() + withinMs;
  for (;;) {
    const bite = arming.fault.judgeBite(arming.aim, arming.before, await readAll(arming.aim.probes, runner));
    if (bite.proven) await note({ event: 'bitten', evidence: bite.evidence }, arming.aim, parts);
    if (bite.proven || clock.nowMs() + proveEveryMs > giveUpAtMs) return bite;
    await sleep(clock, proveEveryMs);
  }
}

async function putBack({ aim, steps }: Arming, parts: InjectorParts): Promise<StepOutcome> {
  const { faultId: fault, kind, target } = aim;
  const restorable = { fault, kind, target, undo: steps.undo };
  const outcome = (await parts.alone(() => undoIfOpen(restorable, parts))) ?? {
    kind: 'failed',
    why: 'somebody else has been putting things back for too long',
  };
  if (outcome.kind !== 'failed') await parts.releaseTargets(aim.targetKeys).catch(() => {});
  return outcome;
}

/** The watchdog may have been faster, when the deadline passed: the journal knows. */
async function undoIfOpen(fault: Restorable, parts: InjectorParts): Promise<StepOutcome> {
  const { runner, journal, clock } = parts;
  const entries = await journal.read().then(
    (reading) => reading.entries,
    () => null,
  );
  if (entries !== null && !openFaults(entries).some((open) => open.fault === fault.fault)) {
    const last = entries.findLast((entry) => (entry.event === 'undone' || entry.event === 'conflict') && entry.fault === fault.fault);
    if (last?.event === 'conflict') return { kind: 'conflict', why: last.why };
    return { kind: 'done', evidence: `put back by ${last?.event === 'undone' ? last.by : 'nobody: it was never armed'}` };
  }
  return undoFault(fault, { runner, journal, clock, by: 'conductor' });
}

type Noted = { event: 'applied'; strike: number; evidence: readonly string[] } | { event: 'bitten'; evidence: readonly string[] };

/** What cannot be written down here is told by the report all the same; the undo does not depend on it. */
async function note(noted: Noted, { faultId: fault, kind, target }: Aim, { journal }: InjectorParts): Promise<void> {
  await journal.append({ ...noted, fault, kind, target }).catch(() => {});
}

export async function readAll(reads: readonly Read[], runner: StepRunner): Promise<Readings> {
  const values = await Promise.all(reads.map((read) => runner.read(read)));
  return Object.fromEntries(reads.map((read, index) => [readKey(read), values[index] ?? null]));
}
