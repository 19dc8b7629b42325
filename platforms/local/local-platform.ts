import { resolve } from 'node:path';
import { isAlive } from '../../machine/process-table.ts';
import { programAt } from '../../machine/program.ts';
import { systemClock } from '../../machine/system-clock.ts';
import type { Environment, Platform, PodProcess, Publisher } from '../platform.ts';
import { createReadyBoard } from '../ready-board.ts';
import { openBeside } from './beside.ts';
import { type Box, type BoxRules, emptyBox, emptyOut, fillBox } from './box.ts';
import { watchRules } from './health.ts';
import { identitiesOf } from './identities.ts';
import { localProblems } from './local-problems.ts';
import { type Labels, sumOf } from './metrics-text.ts';
import { containersOf, crashPod, type Pod, statusOf } from './pod.ts';
import { answerOf } from './probe.ts';

const defaultRules: BoxRules = {
  program: programAt(new URL('../../service/main.ts', import.meta.url)),
  sidecarProgram: programAt(new URL('../../service/sidecar/sidecar-main.ts', import.meta.url)),
  cache: 'auto',
  accessLog: false,
  watch: watchRules,
  upMsMax: 60_000,
};

const scrapeMsMax = 1_000;

/** An environment in a box: pods and cache are child processes on loopback, looked after as a kubelet would. */
export function createLocalPlatform(chosen: Partial<BoxRules> = {}): Platform {
  const rules: BoxRules = { ...defaultRules, ...chosen };
  const board = createReadyBoard(systemClock);
  let box: Box | null = null;
  /** The environment whose metrics people look at instead, where it is another one. */
  let beside: Box | null = null;
  let comingUp: Promise<void> = Promise.resolve();
  let goingDown: Promise<void> | null = null;

  /** Ends a start that is under way first, so that nothing is started behind the back of the clearing. */
  async function takeDown(filled: Box): Promise<void> {
    filled.stopping.abort(new Error('the environment was taken down'));
    await comingUp.catch(() => {});
    // It lives in a folder of the other one.
    if (beside !== null) await emptyOut(beside);
    await emptyOut(filled);
  }

  async function fill(box: Box, progress: (line: string) => void): Promise<void> {
    await fillBox(box, progress);
    const from = box.deployment?.telemetryFrom ?? 'itself';
    if (from !== 'itself') beside = await openBeside(from, box, progress);
  }

  async function down(): Promise<void> {
    if (box === null) return;
    goingDown ??= takeDown(box);
    await goingDown;
  }

  async function up(environment: Environment, progress: (line: string) => void): Promise<void> {
    if (box !== null) throw new Error('this platform has been brought up before; take a new one');
    // The cache runs in a folder of its own choice: a relative path would mean another place there.
    box = emptyBox({ ...environment, folder: resolve(environment.folder) }, rules, board);
    comingUp = fill(box, progress);
    await comingUp.catch(async (error) => {
      await down();
      throw error;
    });
  }

  return {
    name: 'local',
    check: (environment) => localProblems(environment, rules.program, rules.cache),
    up,
    down,
    watchEndpoints: board.watchEndpoints,
    awaitReady: board.awaitReady,
    pods: () => (box?.pods ?? []).map(statusOf),
    cache: () => box?.cache?.target ?? null,
    crash: (pod, lot) => crashIn(box, pod, lot),
    isAlive,
    publishers: () => publishersOf(beside ?? box),
    metric: (name, labels) => sumOverPods(box, name, labels),
    telemetry: {
      async identities() {
        const [played, shown] = await Promise.all([identitiesOf(box), identitiesOf(beside ?? box)]);
        return { played, shown };
      },
    },
  };
}

/** Of whatever box it is whose metrics people look at. */
function publishersOf(box: Box | null): readonly Publisher[] {
  return (box?.pods ?? []).flatMap((pod) => [
    ...publishedBy(pod.name, 'service', pod.main),
    ...publishedBy(pod.name, 'sidecar', pod.sidecar),
  ]);
}

function publishedBy(pod: string, role: Publisher['role'], container: Pod['sidecar']): readonly Publisher[] {
  const origin = container?.life?.origin ?? null;
  return origin === null ? [] : [{ pod, role, origin }];
}

async function crashIn(box: Box | null, name: string, lot: number | undefined): Promise<PodProcess> {
  const pod = box?.pods.find((candidate) => candidate.name === name);
  if (pod === undefined) throw new Error(`there is no pod ${name}`);
  return crashPod(pod, lot);
}

/** What the live processes have counted: the counters of a dead one died with it, so that a sum may fall when a pod restarts. */
async function sumOverPods(box: Box | null, name: string, labels: Labels): Promise<number | null> {
  const origins = (box?.pods ?? []).flatMap(containersOf).flatMap(({ life }) => life?.origin ?? []);
  const limits = { timeoutMs: scrapeMsMax, signal: AbortSignal.timeout(2 * scrapeMsMax) };
  const texts = await Promise.all(origins.map((origin) => answerOf(`${origin}/metrics`, limits)));
  const sums = texts.flatMap((text) => (text === null ? [] : (sumOf(text, name, labels) ?? [])));
  return sums.length === 0 ? null : sums.reduce((total, sum) => total + sum, 0);
}
