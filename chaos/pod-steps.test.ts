import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { isAlive, type ProcessId, residentBytesOf, signal, startTicksOf } from '../machine/process-table.ts';
import { createPodMemory, type PodControl } from './pod-control.ts';
import { awaitReplacements, crashPods, evictPod, type Pods, stopPods } from './pod-steps.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A real process that says a word once its program runs. */
async function begin(program: string): Promise<ProcessId> {
  const child = spawn(process.execPath, ['-e', `${program}; console.log('here'); setInterval(() => {}, 1000)`], { stdio: 'pipe' });
  children.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  const pid = child.pid as number;
  return { pid, startTicks: startTicksOf(pid) ?? 0 };
}

/** Nothing is started again by itself: what is in `pods` when somebody looks is what there is. */
function podsOf(pods: { [name: string]: readonly ProcessId[] }): Pods {
  const control: PodControl = {
    pods: () => Object.entries(pods).map(([name, processes]) => ({ name, process: processes[0] ?? null, processes })),
    crash: async (pod, lot) => {
      const live = (pods[pod] ?? []).filter(isAlive);
      const victims = lot === undefined ? live : live.slice(lot % live.length, (lot % live.length) + 1);
      for (const process of victims) signal(process, 'SIGKILL');
      return victims[0] as ProcessId;
    },
    awaitReady: async (pod, previous) => !(pods[pod] ?? []).some((process) => process.pid === previous?.pid),
    isAlive,
    metric: async () => null,
  };
  return { control, memory: createPodMemory(control) };
}

async function untilDead(...processes: readonly ProcessId[]): Promise<void> {
  while (processes.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('with a lot one process of the pod is killed and the others live on; without one all are', async () => {
  const [sidecar, main] = [await begin(''), await begin('')];
  const pods = podsOf({ 'pod-1': [sidecar, main] });
  // Whoever is there before is the victim of the proof: none of them may go unseen.
  expect(pods.memory.seen(['pod-1'])['pod-1']).toMatchObject([sidecar, main].map(({ pid }) => ({ pid, alive: true })));
  const crash = { do: 'crash-pods', pods: ['pod-1'] } as const;
  expect(await crashPods({ ...crash, lot: 1 }, pods)).toEqual({ kind: 'done', evidence: `SIGKILL to process ${main.pid} of pod-1` });
  await untilDead(main);
  expect(pods.memory.seen(['pod-1'])['pod-1']).toMatchObject([
    { pid: sidecar.pid, alive: true },
    { pid: main.pid, alive: false },
  ]);
  const both = podsOf({ 'pod-1': [sidecar, await begin('')] });
  expect(await crashPods(crash, both)).toMatchObject({ evidence: expect.stringMatching(/^SIGKILL to processes \d+, \d+ of pod-1$/) });
  await untilDead(...(both.control.pods()[0]?.processes ?? []));
});

test('a pod is back when those that were killed are none of it any more: one that lives on is nothing to wait for', async () => {
  const [sidecar, main, next] = [await begin(''), await begin(''), await begin('')];
  const processes = { 'pod-1': [sidecar, main] };
  const pods = podsOf(processes);
  const back = () => awaitReplacements({ do: 'await-replacements', pods: ['pod-1'], withinMs: 1000, owned: true }, pods);
  await crashPods({ do: 'crash-pods', pods: ['pod-1'], lot: 1 }, pods);
  expect(await back()).toMatchObject({ kind: 'failed', why: expect.stringContaining('pod-1') });
  processes['pod-1'] = [sidecar, next];
  expect(await back()).toMatchObject({ kind: 'done' });
  await crashPods({ do: 'crash-pods', pods: ['pod-1'] }, pods);
  processes['pod-1'] = [await begin(''), next];
  expect(await back()).toMatchObject({ kind: 'failed' });
});

test('a pod that is stopped loses all its processes, each by its own manners', async () => {
  const [sidecar, main] = [await begin("process.on('SIGTERM', () => {})"), await begin('')];
  const outcome = await stopPods({ do: 'stop-pods', pods: ['pod-1'], graceMs: 200 }, podsOf({ 'pod-1': [sidecar, main] }));
  expect([isAlive(sidecar), isAlive(main)]).toEqual([false, false]);
  expect(outcome).toMatchObject({
    evidence: expect.stringMatching(new RegExp(`SIGKILL to process ${sidecar.pid} of pod-1,.*SIGTERM to process ${main.pid} of pod-1`)),
  });
});

test('a pod that says goodbye is not killed; one that does not is, after its grace period', async () => {
  const polite = await begin('');
  const deaf = await begin("process.on('SIGTERM', () => {})");
  const outcome = await stopPods({ do: 'stop-pods', pods: ['polite', 'deaf'], graceMs: 300 }, podsOf({ polite: [polite], deaf: [deaf] }));
  expect(outcome).toMatchObject({
    kind: 'done',
    evidence: expect.stringMatching(/SIGTERM to process \d+ of polite, SIGKILL to process \d+ of deaf/),
  });
  expect([isAlive(polite), isAlive(deaf)]).toEqual([false, false]);
});

test('evicts the pod that really uses most, and only where the node is short of memory', async () => {
  const thin = await begin('');
  const fat = await begin('globalThis.held = Buffer.alloc(150 * 1048576, 1)');
  const pods = podsOf({ thin: [thin], fat: [fat] });
  const usedMiB = [thin, fat].map((process) => (residentBytesOf(process) ?? 0) / 1_048_576).reduce((sum, each) => sum + each, 0);
  const look = (capacityMiB: number) =>
    evictPod(
      {
        do: 'evict-pod',
        node: 'node-1',
        memory: { capacityMiB, systemUsedMiB: 0, evictBelowMiB: 100 },
        pods: ['thin', 'fat'],
        requestMiB: 50,
      },
      pods,
    );
  expect(await look(Math.round(usedMiB) + 300)).toMatchObject({ kind: 'done', evidence: expect.stringContaining('MiB left of') });
  expect([isAlive(thin), isAlive(fat)]).toEqual([true, true]);
  expect(await look(Math.round(usedMiB) + 50)).toMatchObject({ kind: 'done', evidence: expect.stringContaining('evicted fat') });
  expect(isAlive(thin)).toBe(true);
});
