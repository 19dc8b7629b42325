import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { exitCodes } from '../rehearsal/exit-code.ts';

/** Says every problem at once, each with its place and remedy, and sets the exit code for wrong usage. */
export function refuse(problems: readonly Problem[], json: boolean | undefined): void {
  if (json === true) process.stdout.write(`${JSON.stringify({ problems, exitCode: exitCodes.usage }, null, 2)}\n`);
  const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`;
  process.stderr.write(`${count}, nothing was started:\n`);
  for (const { place, problem, remedy } of problems) process.stderr.write(`  ${place}: ${problem}\n    -> ${remedy}\n`);
  process.exitCode = exitCodes.usage;
}

export function problemsIn(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}
