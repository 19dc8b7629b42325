import type { Aim, FaultRequest, FaultTarget, Step } from './fault.ts';
import { faults } from './faults/table.ts';
import { faultRandom } from './inject.ts';

/** What a fault would do: the very targets and steps of the run with the same seed. */
export type Preview = { description: string; aim: Aim; apply: readonly Step[]; undo: readonly Step[]; permissions: readonly string[] };

/** Touches nothing. The request must have passed the fault's `check` on this target. */
export function previewFault(request: FaultRequest, target: FaultTarget, seed: number): Preview {
  const fault = faults[request.kind];
  const aim = fault.aim(request, target, faultRandom(seed, request.id));
  const { apply, undo } = fault.steps(aim, {});
  return { description: fault.description, aim, apply: apply.flat(), undo, permissions: fault.permissions };
}
