import { startFront } from '../../protocols/front-process.ts';
import type { Crew } from '../../simulator/crew/crew.ts';
import { crewOf, musterOf } from '../crew-of.ts';
import type { Prepared } from '../prepare.ts';

/** One address for pods that come and go: k6 knows of no list. */
export type Front = { origin: string; route: Crew['route']; close(): Promise<void> };

export async function frontOf(runId: string): Promise<Front> {
  const front = await startFront(runId);
  return {
    origin: front.origin,
    route: (endpoints) => front.route(endpoints.map(({ origin }) => addressOf(origin))),
    close: () => front.close(),
  };
}

function addressOf(origin: string): { host: string; port: number } {
  const { hostname, port } = new URL(origin);
  return { host: hostname, port: Number(port) };
}

/** Our own players on the way that k6's have to take. Rejects where this machine cannot carry them. */
export async function crewBehindFront({ plan }: Prepared): Promise<Crew> {
  const oneAddress = { approach: null, pods: 1 };
  const mustered = musterOf(plan, oneAddress);
  if (!mustered.ok) throw new Error(mustered.problems.map(({ problem }) => problem).join('; '));
  const front = await frontOf(plan.runId);
  const crew = crewOf(plan, oneAddress, mustered.value);
  crew.route([{ pod: 'front', origin: front.origin, basePath: '' }]);
  return {
    engine: crew.engine,
    route: front.route,
    close: async () => {
      await crew.close();
      await front.close();
    },
  };
}
