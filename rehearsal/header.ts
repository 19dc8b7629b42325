import type { Platform } from '../platforms/platform.ts';
import { currentCommit, startedBy, versions } from './identity.ts';
import type { Plan } from './plan.ts';
import type { RunHeader } from './record.ts';

/** What is known of a run before it begins; the journal's first line, so that a killed run has a report too. */
export async function headerOf(
  plan: Plan,
  kind: RunHeader['kind'],
  { name: platform, ownsPods }: Pick<Platform, 'name' | 'ownsPods'>,
  commit: () => Promise<string | null> = currentCommit,
): Promise<RunHeader> {
  const { scenario } = plan;
  return {
    kind,
    runId: plan.runId,
    scenario: plan.scenarioPath,
    title: scenario.title,
    environment: platform === 'foreign' || ownsPods === false ? 'unknown' : scenario.environment,
    platform,
    cacheEngine: null,
    seed: plan.seed,
    startedAt: new Date().toISOString(),
    startedBy: startedBy(process.env),
    commit: await commit(),
    versions: await versions(),
    reproduce: plan.reproduce,
    players: scenario.crowd.players,
    mix: scenario.crowd.mix,
    joinMs: plan.joinMs,
    expect: scenario.expect,
  };
}
