import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../core/result.ts';
import type { Prepared } from '../prepare.ts';
import { k6CrewOf } from './k6-crew.ts';
import { planScript } from './k6-plan.ts';
import { findK6 } from './k6-program.ts';

/** k6's players are let out by the conductor; they would play on for so long. Nobody waits for the rest of it. */
const beyondMs = 60_000;

/** The same rehearsal, its crowd played by k6: the conductor hears of every action, breaks things, and writes the one report. */
export async function withK6(prepared: Prepared): Promise<Result<Prepared>> {
  const program = await findK6();
  if (!program.ok) return program;
  const { path, version, hasOutput } = program.value;
  if (!hasOutput) {
    const problem = `${path} (k6 ${version}) has no launchstorm output: it cannot tell what its players feel`;
    const remedy = 'name one that was built with simulator/k6/extension in LAUNCHSTORM_K6: docs/k6.md';
    return { ok: false, problems: [{ place: 'k6', problem, remedy }] };
  }
  const { plan, approach, environment, platform } = prepared;
  const engine = async () => {
    const k6 = await planScript(plan, plan.totalMs + beyondMs);
    const words = createWriteStream(join(plan.folder, 'logs', 'k6.log'));
    const { crew } = await k6CrewOf({
      ...{ program: program.value, k6, runId: plan.runId, folder: plan.folder, approach, words },
      platform: platform.name,
      environment: environment?.name ?? 'unknown',
      more: ['--quiet', '--no-thresholds', '--summary-mode=disabled'],
    });
    return crew;
  };
  const reproduce = `${plan.reproduce} --engine k6`;
  return { ok: true, value: { ...prepared, plan: { ...plan, reproduce }, engine } };
}
