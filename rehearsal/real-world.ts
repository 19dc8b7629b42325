import { openSession } from '../chaos/session.ts';
import type { Result } from '../core/result.ts';
import { programAt } from '../machine/program.ts';
import { machineClock, systemClock } from '../machine/system-clock.ts';
import { crewOf } from './crew-of.ts';
import type { Prepared } from './prepare.ts';
import type { RunHeader } from './record.ts';
import type { World } from './world.ts';

const cliMain = programAt(new URL('../cli/main.ts', import.meta.url));

/** The world of a real rehearsal: this machine's clock, real connections, a platform, a journal and a watchdog. */
export async function openRealWorld(
  { plan, environment, platform, approach, muster, engine }: Prepared,
  header: RunHeader,
  { interrupts, sink }: Pick<World, 'interrupts' | 'sink'>,
): Promise<Result<World>> {
  const basePath = approach?.target.basePath ?? '';
  const session = await openSession({
    runId: plan.runId,
    folder: plan.folder,
    seed: plan.seed,
    clock: machineClock,
    scenario: plan.scenarioPath,
    startedBy: header.startedBy,
    pods: platform,
    target: () => ({ podsOwned: environment !== null && platform.ownsPods !== false, cache: platform.cache() }),
    epilogue: [process.execPath, cliMain, 'render', plan.folder],
  });
  if (!session.ok) return session;
  const crew = engine === undefined ? crewOf(plan, { approach, pods: environment?.pods ?? 0 }, muster) : await engine();
  const world: World = {
    ...session.value,
    clock: systemClock,
    platform,
    environment,
    route: (endpoints) => crew.route(endpoints.map(({ pod, origin }) => ({ pod, origin, basePath }))),
    disconnect: () => crew.close(),
    engine: crew.engine,
    sink,
    interrupts,
  };
  return { ok: true, value: world };
}
