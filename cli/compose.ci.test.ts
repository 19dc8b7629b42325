import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { below, random } from '../core/random.ts';
import { signal } from '../machine/process-table.ts';
import { type DockerBench, openDocker } from '../platforms/compose/fixtures/docker-bench.ts';
import { onlyRun, openNow } from './fixtures/broken-redis.ts';
import { expectRunIsOver, readReport } from './fixtures/expected.ts';
import { becomesTrue } from './fixtures/leftovers.ts';
import { fileBeside, inSandbox, registered, type Sandbox } from './fixtures/sandbox.ts';
import { backAfterMs, startTheirProject, type TheirProject } from './fixtures/their-project.ts';
import { type RunningTool, runTool, startTool } from './fixtures/tool.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** `LAUNCHSTORM_KILL_TRIALS=20` for figures. */
const trials = Number(process.env['LAUNCHSTORM_KILL_TRIALS'] ?? 5);
const seed = Number(process.env['LAUNCHSTORM_TEST_SEED'] ?? 17);
const restoredWithinMs = 5_000;
const consent = ['--platform', 'compose', '--yes', '--guard', 'useful<0.01 for 20s'];

let docker: DockerBench;
beforeAll(async () => {
  docker = await openDocker();
});
afterAll(() => docker.close());

describe('containers that somebody else has started', () => {
  let folder = '';
  let project: TheirProject;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'launchstorm-their-project-'));
    project = await startTheirProject(docker, folder);
  });
  afterAll(async () => {
    await project.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Plays until the fault has struck. */
  async function whileBroken(scenario: string, work: (sandbox: Sandbox, tool: RunningTool) => Promise<void>): Promise<void> {
    await inSandbox(async (sandbox) => {
      const environment = { ...docker.environment, LAUNCHSTORM_COMPOSE_PROJECT: project.name };
      const tool = startTool(sandbox, ['rehearse', fileBeside(scenario), '--seed', '3', '--out', sandbox.out, ...consent], environment);
      try {
        await becomesTrue(60_000, () => hasStruck(sandbox));
        await work(sandbox, tool);
      } finally {
        tool.stop('SIGKILL');
        await tool.ended;
        if ((await registered(sandbox)).length > 0) await runTool(sandbox, ['recover'], docker.environment);
      }
    });
  }

  async function killedAt(trial: number, scenario: string, isBack: () => Promise<boolean>): Promise<number> {
    let tookMs: number | null = null;
    await whileBroken(scenario, async (sandbox, tool) => {
      await pause(below(random(seed, trial), 200));
      expect(await openNow(sandbox)).toHaveLength(1);
      expect(await isBack()).toBe(false);
      signal(tool.process, 'SIGKILL');
      tookMs = await backAfterMs(isBack, 2 * restoredWithinMs);
      expect(tookMs).not.toBeNull();
      expect(await becomesTrue(10_000, async () => (await registered(sandbox)).length === 0)).toBe(true);
      await expectRunIsOver(sandbox);
      expect((await readReport(sandbox)).verdict).toMatchObject({ status: 'interrupted', cleanup: 'restored' });
    });
    return tookMs ?? Number.NaN;
  }

  test(`pods that were killed serve again within 5 s after the tool was, in ${trials} trials, and nobody else restarts them`, async () => {
    const took: number[] = [];
    for (let trial = 0; trial < trials; trial++) {
      took.push(await killedAt(trial, 'fixtures/soon-in-containers.ts', async () => (await project.serving()) === 3));
    }
    tell('pod-kill', took);
    expect(Math.max(...took)).toBeLessThan(restoredWithinMs);
  });

  test(`the password is back within 5 s after the tool was killed, in ${trials} trials`, async () => {
    const saved = await project.aclList();
    const took: number[] = [];
    for (let trial = 0; trial < trials; trial++) {
      took.push(await killedAt(trial, 'fixtures/soon.ts', async () => (await project.aclList()) === saved));
    }
    tell('redis-auth', took);
    expect(Math.max(...took)).toBeLessThan(restoredWithinMs);
  });

  test('with tool and watchdog killed, status names what is open, recover starts the containers, and a second recover finds nothing', () =>
    whileBroken('fixtures/soon-in-containers.ts', async (sandbox, tool) => {
      const { watchdog } = await onlyRun(sandbox);
      signal(watchdog as NonNullable<typeof watchdog>, 'SIGKILL');
      signal(tool.process, 'SIGKILL');
      await tool.ended;
      expect(await project.serving()).toBeLessThan(3);
      const status = JSON.parse((await runTool(sandbox, ['status', '--json'])).stdout);
      expect(status.runs).toMatchObject([{ open: [{ fault: 'pod-kill' }] }]);
      expect(await runTool(sandbox, ['recover'])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('put back') });
      expect(await project.serving()).toBe(3);
      expect(await runTool(sandbox, ['recover'])).toMatchObject({ exitCode: 0, stdout: 'nothing open\n' });
      await expectRunIsOver(sandbox);
    }));
});

test('of a run that brought its own containers and was killed nothing is left: no container, no network, no volume', () =>
  inSandbox(async (sandbox) => {
    const args = ['rehearse', fileBeside('fixtures/soon-in-containers.ts'), '--seed', '3', '--out', sandbox.out, '--platform', 'compose'];
    const tool = startTool(sandbox, args, docker.environment);
    await becomesTrue(60_000, () => hasStruck(sandbox));
    expect(await docker.docker('ps', '--quiet', '--all')).not.toBe('');
    signal(tool.process, 'SIGKILL');
    await tool.ended;
    expect(await becomesTrue(20_000, async () => (await registered(sandbox)).length === 0)).toBe(true);
    expect(await docker.docker('ps', '--quiet', '--all')).toBe('');
    expect(await docker.docker('network', 'ls', '--quiet', '--filter', 'driver=bridge')).toBe('');
    expect(await docker.docker('volume', 'ls', '--quiet')).toBe('');
    await expectRunIsOver(sandbox);
  }));

async function hasStruck({ out }: Sandbox): Promise<boolean> {
  return readFile(join(out, 'journal.ndjson'), 'utf8').then(
    (text) => text.includes('"event":"applied"'),
    () => false,
  );
}

function tell(fault: string, took: readonly number[]): void {
  console.log(`${fault}: restored after the kill, ms: ${took.map(Math.round).join(' ')}; seed ${seed}`);
}
