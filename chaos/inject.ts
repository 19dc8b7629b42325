import type { Problem } from '../core/problem.ts';
import { type Random, random } from '../core/random.ts';
import { type ArmedFault, armedFault, readAll } from './armed-fault.ts';
import { type Aim, type FaultRequest, type FaultSteps, type Readings, readKey, type StepOutcome } from './fault.ts';
import { faults } from './faults/table.ts';
import type { InjectorParts } from './injector-parts.ts';

export type { ArmedFault } from './armed-fault.ts';

export interface Injector {
  /** Writes down how to put the fault back. Rejects with FaultRefused where it is impossible here: nothing has been touched then. */
  arm(request: FaultRequest): Promise<ArmedFault>;
  /** Puts back whatever was armed and is not yet put back, newest first. Never rejects. */
  undoAll(): Promise<readonly StepOutcome[]>;
}

/** Nothing was done, for these reasons. */
export class FaultRefused extends Error {
  readonly problems: readonly Problem[];

  constructor(id: string, problems: readonly Problem[]) {
    super(`${id} was not armed: ${problems.map(({ place, problem }) => `${place}: ${problem}`).join('; ')}`);
    this.name = 'FaultRefused';
    this.problems = problems;
  }
}

/** This long after its planned end a fault is put back by the watchdog although the conductor lives: it must hang. */
const deadlineSlackMs = 5000;

export function createInjector(parts: InjectorParts): Injector {
  const armed: ArmedFault[] = [];
  return {
    async arm(request) {
      const fault = await arm(request, parts);
      armed.push(fault);
      return fault;
    },
    async undoAll() {
      const outcomes: StepOutcome[] = [];
      for (const fault of [...armed].reverse()) outcomes.push(await fault.undo());
      return outcomes;
    },
  };
}

/** The random stream of one fault: the same in a plan and in the run that follows it. */
export function faultRandom(seed: number, faultId: string): Random {
  const faultStream = 0xfa017;
  return random(seed, faultStream, ...[...faultId].map((letter) => letter.codePointAt(0) ?? 0));
}

/** The order is the guarantee: look, write down how to put back, wait for the disk; only then may anything be broken. */
async function arm(request: FaultRequest, parts: InjectorParts): Promise<ArmedFault> {
  const fault = faults[request.kind];
  const target = await parts.target();
  refuseIf(request.id, fault.check(request, target));
  const aim = fault.aim(request, target, faultRandom(parts.seed, request.id));
  refuseIf(request.id, await parts.claimTargets(aim.targetKeys));
  try {
    const before = await readAll([...aim.readBefore, ...aim.probes], parts.runner);
    refuseIf(request.id, unreadProblems(aim, before));
    const steps = fault.steps(aim, before);
    const deadlineMs = parts.clock.nowMs() + request.forMs + deadlineSlackMs;
    await writeDown(aim, steps, deadlineMs, parts);
    return armedFault({ fault, aim, steps, before, deadlineMs }, parts);
  } catch (error) {
    await parts.releaseTargets(aim.targetKeys);
    throw error;
  }
}

function refuseIf(id: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new FaultRefused(id, problems);
}

function unreadProblems(aim: Aim, before: Readings): readonly Problem[] {
  return aim.readBefore
    .filter((read) => before[readKey(read)] === null)
    .map((read) => ({ place: aim.target, problem: `${read.read} cannot be read`, remedy: 'see that it answers and lets us in' }));
}

async function writeDown(aim: Aim, { undo, secrets }: FaultSteps, deadlineMs: number, parts: InjectorParts): Promise<void> {
  parts.secrets.add(secrets);
  await parts.secrets.save();
  const { faultId: fault, kind, variant, target, targetKeys } = aim;
  await parts.journal.append({
    event: 'armed',
    fault,
    kind,
    variant,
    target,
    targetKeys,
    deadline: new Date(parts.clock.wallMs() + deadlineMs - parts.clock.nowMs()).toISOString(),
    deadlineMs,
    undo,
  });
}
