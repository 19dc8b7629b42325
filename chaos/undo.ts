import { type Clock, sleep } from '../core/clock.ts';
import { isCheck, type Step, type StepOutcome, type StepRunner } from './fault.ts';
import type { Journal } from './journal.ts';
import type { ArmedEntry } from './journal-lines.ts';

/** What an undo needs to know of a fault: the same from memory and from the journal. */
export type Restorable = Pick<ArmedEntry, 'fault' | 'kind' | 'target' | 'undo'>;

export type UndoParts = { runner: StepRunner; journal: Journal; clock: Clock; by: string };

const attemptsMax = 3;
/** No further attempt begins after this: whoever waits for us wants to know. */
const attemptsWithinMs = 10_000;
const pauseMs = 250;

/**
 * Puts one fault back from what the journal says, and writes down how that went. One failing step never stops the others; what
 * failed is tried again, a bounded number of times. Safe to call where nothing was applied. Never rejects.
 */
export async function undoFault(armed: Restorable, parts: UndoParts): Promise<StepOutcome> {
  const { clock } = parts;
  const startedAtMs = clock.nowMs();
  let outcomes: readonly StepOutcome[] = [];
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    outcomes = await runSteps(armed.undo, outcomes, parts.runner);
    const failed = outcomes.some((outcome) => outcome.kind === 'failed');
    if (!failed || clock.nowMs() - startedAtMs > attemptsWithinMs) break;
    if (attempt < attemptsMax) await sleep(clock, pauseMs);
  }
  const outcome = sum(outcomes);
  return record(armed, outcome, parts);
}

/** Steps that are done stay done; checks wait until everything before them is. */
async function runSteps(steps: readonly Step[], earlier: readonly StepOutcome[], runner: StepRunner): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const [index, step] of steps.entries()) {
    const before = earlier[index];
    if (before?.kind === 'done') outcomes.push(before);
    else if (!isCheck(step) || outcomes.every((outcome) => outcome.kind === 'done')) outcomes.push(await runner.run(step));
  }
  return outcomes;
}

/** A failure outranks a conflict: it can still be put right by trying again. */
function sum(outcomes: readonly StepOutcome[]): StepOutcome {
  const failures = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.why] : []));
  if (failures.length > 0) return { kind: 'failed', why: failures.join('; ') };
  const conflicts = outcomes.flatMap((outcome) => (outcome.kind === 'conflict' ? [outcome.why] : []));
  if (conflicts.length > 0) return { kind: 'conflict', why: conflicts.join('; ') };
  return { kind: 'done', evidence: outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.evidence] : [])).join('; ') };
}

/** What was put back and could not be written down counts as failed: the journal would have it undone once more. */
async function record({ fault, kind, target }: Restorable, outcome: StepOutcome, { journal, by }: UndoParts): Promise<StepOutcome> {
  const of = { fault, kind, target, by };
  try {
    if (outcome.kind === 'done') await journal.append({ event: 'undone', ...of, evidence: [outcome.evidence] });
    else await journal.append({ event: outcome.kind === 'conflict' ? 'conflict' : 'undoFailed', ...of, why: outcome.why });
    return outcome;
  } catch (error) {
    const why = `the journal cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    return outcome.kind === 'done' ? { kind: 'failed', why: `put back, but ${why}` } : { ...outcome, why: `${outcome.why}; ${why}` };
  }
}
