import { operations, refusalClasses, sentOutcomes } from '../../core/outcome.ts';
import type { ChainFigures, OperationFigures, StretchFigures } from './figures.ts';

/** Something was lost or counted twice: a fault of this tool (exit code 70), whatever the service did. */
export class AccountingError extends Error {
  override readonly name = 'AccountingError';
}

/** Actions of which at least a part left this machine. */
export function sentOf({ outcomes }: OperationFigures): number {
  let sent = 0;
  for (const outcome of sentOutcomes) sent += outcomes[outcome];
  return sent;
}

/**
 * Throws an AccountingError unless every action is accounted for: planned = sent + unreachable + dropped + abandoned (+ what has
 * not ended yet), one latency for each that was sent, one class for each refusal; and the same for chains.
 */
export function assertBalanced(stretch: StretchFigures): void {
  for (const operation of operations) assertActions(stretch, operation, stretch.operations[operation]);
  assertChains(stretch, stretch.chains);
}

function assertActions(stretch: StretchFigures, operation: string, figures: OperationFigures): void {
  const { planned, pending, outcomes, refusals, latencyUs, serviceUs } = figures;
  const sent = sentOf(figures);
  const ended = sent + outcomes.unreachable + outcomes.dropped + outcomes.abandoned;
  let refused = 0;
  for (const refusal of refusalClasses) refused += refusals[refusal];
  assertEqual(stretch, `${operation}: planned`, planned, ended + pending);
  assertEqual(stretch, `${operation}: latencies`, latencyUs.count, sent);
  assertEqual(stretch, `${operation}: service times`, serviceUs.count, sent);
  assertEqual(stretch, `${operation}: refusals`, refused, outcomes.refused);
  if (pending < 0) throw new AccountingError(`${operation}: ${-pending} actions ended that never began, ${where(stretch)}`);
}

function assertChains(stretch: StretchFigures, { planned, pending, completed, useful, latencyUs }: ChainFigures): void {
  assertEqual(stretch, 'chain: latencies', latencyUs.count, useful);
  if (pending < 0 || useful > completed || completed + pending > planned) {
    throw new AccountingError(`chain: ${planned} planned, ${pending} pending, ${completed} completed, ${useful} useful, ${where(stretch)}`);
  }
}

function assertEqual(stretch: StretchFigures, what: string, got: number, expected: number): void {
  if (got !== expected) throw new AccountingError(`${what} ${got}, but ${expected} accounted for, ${where(stretch)}`);
}

function where({ fromMs, toMs }: StretchFigures): string {
  return `in the stretch from ${fromMs} to ${toMs} ms`;
}
