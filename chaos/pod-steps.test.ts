import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { isAlive, type ProcessId, residentBytesOf, signal, startTicksOf } from '../machine/process-table.ts';
import { createPodMemory, type PodControl } from './pod-control.ts';
import { evictPod, type Pods, stopPods } from './pod-steps.ts';

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

function podsOf(processes: { [name: string]: ProcessId }): Pods {
  const control: PodControl = {
    pods: () => Object.entries(processes).map(([name, process]) => ({ name, process })),
    crash: async (pod) => {
      const process = processes[pod] as ProcessId;
      signal(process, 'SIGKILL');
      return process;
    },
    awaitReady: async () => true,
    isAlive,
    metric: async () => null,
  };
  return { control, memory: createPodMemory(control) };
}

test('a pod that says goodbye is not killed; one that does not is, after its grace period', async () => {
  const polite = await begin('');
  const deaf = await begin("process.on('SIGTERM', () => {})");
  const outcome = await stopPods({ do: 'stop-pods', pods: ['polite', 'deaf'], graceMs: 300 }, podsOf({ polite, deaf }));
  expect(outcome).toMatchObject({
    kind: 'done',
    evidence: expect.stringMatching(/SIGTERM to process \d+ of polite, SIGKILL to process \d+ of deaf/),
  });
  while (isAlive(deaf)) await new Promise((resolve) => setTimeout(resolve, 5));
  expect([isAlive(polite), isAlive(deaf)]).toEqual([false, false]);
});

test('evicts the pod that really uses most, and only where the node is short of memory', async () => {
  const thin = await begin('');
  const fat = await begin('globalThis.held = Buffer.alloc(150 * 1048576, 1)');
  const pods = podsOf({ thin, fat });
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
