import { isHalted } from '../chaos/registry.ts';
import type { Problem } from '../core/problem.ts';

/** Somebody stopped all runs on this machine. */
export async function haltProblems(): Promise<readonly Problem[]> {
  return (await isHalted())
    ? [{ place: 'this machine', problem: 'runs are halted here', remedy: 'launchstorm halt --lift, when it is safe again' }]
    : [];
}
