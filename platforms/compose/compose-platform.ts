import { fileURLToPath } from 'node:url';
import { isAlive, signal } from '../../machine/process-table.ts';
import { programAt } from '../../machine/program.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { engineAt } from '../../protocols/docker/engine.ts';
import { identityIn } from '../local/identities.ts';
import { type Labels, sumOf } from '../local/metrics-text.ts';
import { answerOf } from '../local/probe.ts';
import type { Environment, Platform, PodProcess } from '../platform.ts';
import { createReadyBoard } from '../ready-board.ts';
import type { Identity } from '../telemetry.ts';
import { type ComposePlace, composeProblems } from './compose-problems.ts';
import { noteLoss, publishersOf, stateOf, statusOf } from './container-pod.ts';
import { metricsOf } from './container-watch.ts';
import { emptyFleet, type Fleet, gather, showReady } from './fleet.ts';
import { ports } from './overrides.ts';
import { endProject } from './own-project.ts';

export type ComposeOptions = {
  /** Where the engine listens, as DOCKER_HOST has it. */
  engine: string;
  /** A project that is there already and stays; null: one of our own, up and down with the run. */
  taken: string | null;
};

const scrapeMsMax = 1_000;
const dyingMsMax = 5_000;
const dyingEveryMs = 5;

/** The service in containers: docker-compose.yml brings it up, labels say which containers are its pods, and a crash is a crash. */
export function createComposePlatform({ engine, taken }: ComposeOptions): Platform {
  const place: ComposePlace = {
    engine: engineAt(engine),
    program: programAt(new URL('../../service/main.ts', import.meta.url)),
    composeFile: fileURLToPath(new URL('../../docker-compose.yml', import.meta.url)),
    taken,
  };
  const board = createReadyBoard(systemClock);
  let fleet: Fleet | null = null;
  let comingUp: Promise<void> = Promise.resolve();
  let goingDown: Promise<void> | null = null;
  const pods = () => fleet?.pods ?? [];

  /** Ends a start that is under way first, so that nothing is started behind the back of the clearing. */
  async function takeDown(filled: Fleet): Promise<void> {
    filled.stopping.abort(new Error('the environment was taken down'));
    board.close();
    await comingUp.catch(() => {});
    await filled.watching.catch(() => {});
    if (taken === null) await endProject(filled, place);
    for (const pod of filled.pods) pod.stopped = true;
    await place.engine.close();
  }

  async function down(): Promise<void> {
    if (fleet === null) return;
    goingDown ??= takeDown(fleet).catch(() => {});
    await goingDown;
  }

  async function up(environment: Environment, progress: (line: string) => void): Promise<void> {
    if (fleet !== null) throw new Error('this platform has been brought up before; take a new one');
    fleet = emptyFleet(environment, board, taken);
    comingUp = gather(fleet, place, progress);
    await comingUp.catch(async (error) => {
      await down();
      throw error;
    });
  }

  return {
    name: 'compose',
    ownsPods: taken === null,
    check: (environment) => composeProblems(environment, place),
    up,
    down,
    watchEndpoints: board.watchEndpoints,
    awaitReady: board.awaitReady,
    pods: () => pods().map(statusOf),
    cache: () => fleet?.cache ?? null,
    crash: (pod) => crashIn(fleet, pod),
    isAlive,
    metric: (name, labels) => (fleet === null || goingDown !== null ? Promise.resolve(null) : sumOverPods(fleet, name, labels)),
    telemetry: {
      async identities() {
        const played = fleet === null ? [] : await identitiesOf(fleet);
        return { played, shown: played };
      },
    },
    publishers: () => pods().flatMap(publishersOf),
    containers: () => ({ engine, port: ports.front, ids: Object.fromEntries(pods().map(({ name, id }) => [name, id])) }),
  };
}

/**
 * SIGKILL for the container's first process, by its pid on this machine: the kernel takes all others of the container along, and the
 * engine sees a process die, not somebody stop a container. A kill through the engine would count as that, and nothing would restart it.
 * A pod is one container here, and ends as a whole whichever of its processes dies: a lot changes nothing.
 */
async function crashIn(fleet: Fleet | null, name: string): Promise<PodProcess> {
  const pod = fleet?.pods.find((candidate) => candidate.name === name);
  if (fleet === null || pod === undefined) throw new Error(`there is no pod ${name}`);
  const { process } = pod;
  if (pod.stopped || process === null || !isAlive(process)) throw new Error(`${name} has no live process to kill: it is ${stateOf(pod)}`);
  if (!signal(process, 'SIGKILL'))
    throw new Error(`${name}: process ${process.pid} cannot be killed by this user: run as root, or as uid 1000`);
  const giveUpAtMs = performance.now() + dyingMsMax;
  while (isAlive(process) && performance.now() < giveUpAtMs) await new Promise((resolve) => setTimeout(resolve, dyingEveryMs));
  if (pod.process === process) noteLoss(pod);
  showReady(fleet);
  return process;
}

/** What the pods say of themselves, by their front doors. Never rejects. */
async function identitiesOf({ pods, stopping }: Fleet): Promise<readonly Identity[]> {
  const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(2 * scrapeMsMax)]);
  const origins = pods.flatMap(({ front }) => front ?? []);
  const texts = await Promise.all(origins.map((origin) => answerOf(`${origin}/metrics`, { timeoutMs: scrapeMsMax, signal })));
  return texts.flatMap((text) => (text === null ? [] : identityIn(text)));
}

/** What the live processes have counted, sidecars and main processes together. A label `pod` chooses among the pods. */
async function sumOverPods({ pods, stopping }: Fleet, name: string, { pod: wanted, ...labels }: Labels): Promise<number | null> {
  const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(2 * scrapeMsMax)]);
  const texts = await Promise.all(pods.map(async (pod) => (await metricsOf(pod, signal)).map((text) => ({ pod: pod.name, text }))));
  const sums = texts.flat().flatMap(({ pod, text }) => {
    const sum = sumOf(text, name, labels);
    return sum === null ? [] : [wanted === undefined || wanted === pod ? sum : 0];
  });
  return sums.length === 0 ? null : sums.reduce((total, sum) => total + sum, 0);
}
