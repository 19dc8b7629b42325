import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { signal } from '../machine/process-table.ts';
import type { Report } from '../rehearsal/report/format.ts';
import { type BrokenRedis, whileRedisIsBroken } from './fixtures/broken-redis.ts';
import { expectNothingLeft, readReport } from './fixtures/expected.ts';
import { fileBeside, inSandbox, registered, type Sandbox } from './fixtures/sandbox.ts';
import { mountSmallDisk, type SmallDisk } from './fixtures/small-disk.ts';
import { restoredAfterMs } from './fixtures/their-redis.ts';
import { runTool } from './fixtures/tool.ts';

const mebibyte = 1_048_576;
const roomy = 64 * mebibyte;
const timeout = 90_000;
const restoredWithinMs = 3000;

const soon = (sandbox: Sandbox) => ['rehearse', fileBeside('fixtures/soon.ts'), '--seed', '7', '--out', sandbox.out];
const stateFolder = (sandbox: Sandbox) => sandbox.environment['XDG_STATE_HOME'] as string;

/** A fault open on a Redis of somebody else, the run's folder (or the state folder) on a small disk. */
function onSmallDisk(where: (sandbox: Sandbox) => string, bytes: number, work: (broken: BrokenRedis, disk: SmallDisk) => Promise<void>) {
  let disk: SmallDisk | null = null;
  const mount = (sandbox: Sandbox) => {
    disk = mountSmallDisk(where(sandbox), bytes);
  };
  return whileRedisIsBroken(
    7,
    async (broken) => {
      try {
        await work(broken, disk as SmallDisk);
      } finally {
        disk?.unmount();
      }
    },
    mount,
  );
}

test('on a disk that is full from the start nothing is started, and it says what to do', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const disk = mountSmallDisk(sandbox.out, mebibyte);
    try {
      const { exitCode, stderr } = await runTool(sandbox, soon(sandbox));
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 64, stderr: expect.stringMatching(/--out: .* has room for[\s\S]*free some/) });
      const load = await runTool(sandbox, ['load', 'http://127.0.0.1:1', '--for', '2s', '--out', sandbox.out]);
      expect(load).toMatchObject({ exitCode: 64 });
      expect(await registered(sandbox)).toEqual([]);
    } finally {
      disk.unmount();
    }
  }),
);

test('with the state folder on a full disk nothing is started; status, recover and halt still do what they can', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const disk = mountSmallDisk(stateFolder(sandbox), mebibyte);
    disk.fill();
    try {
      const { exitCode, stderr } = await runTool(sandbox, soon(sandbox));
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('set XDG_STATE_HOME') });
      expect(await runTool(sandbox, ['status'])).toMatchObject({ exitCode: 0, stdout: 'nothing is running, nothing is open\n' });
      expect(await runTool(sandbox, ['recover'])).toMatchObject({ exitCode: 0, stdout: 'nothing open\n' });
      const halted = await runTool(sandbox, ['halt']);
      expect(halted).toMatchObject({ exitCode: 70, stderr: expect.stringMatching(/not kept from starting: no space is left/) });
    } finally {
      disk.unmount();
    }
  }),
);

test('a disk that fills up under an open fault ends the run: put back, told in a report, exit 70', { timeout }, () =>
  onSmallDisk(
    ({ out }) => out,
    roomy,
    async (broken, disk) => {
      const { sandbox, tool } = broken;
      disk.fill();
      await expectRestored(broken);
      const { exitCode, stdout, stderr } = await tool.ended;
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 70, stdout: expect.stringContaining('no space is left on') });
      expect((await readReport(sandbox)).verdict).toMatchObject({ status: 'error', cleanup: 'restored' });
      disk.free();
      await expectNothingLeft(sandbox);
    },
  ),
);

test('a conductor that is killed on a full disk is put back and told by its watchdog', { timeout }, () =>
  onSmallDisk(
    ({ out }) => out,
    roomy,
    async (broken, disk) => {
      const { sandbox, tool } = broken;
      disk.fill();
      signal(tool.process, 'SIGKILL');
      await expectRestored(broken);
      await tool.ended;
      disk.free();
      await expectNothingLeft(sandbox);
      expect((await readReport(sandbox)).verdict).toMatchObject({ status: 'interrupted', cleanup: 'restored' });
    },
  ),
);

test('on a disk that stays full the password comes back all the same, and what it says leads to a report', { timeout }, () =>
  onSmallDisk(
    ({ out }) => out,
    roomy,
    async (broken, disk) => {
      const { sandbox, tool } = broken;
      disk.fillToTheBrim();
      await expectRestored(broken);
      const { exitCode, stdout, stderr } = await tool.ended;
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 4, stdout: expect.stringContaining('launchstorm recover') });
      expect(stderr).toMatch(/report could not be written: no space is left on[\s\S]*render/);
      disk.free();
      expect(await runTool(sandbox, ['recover'])).toMatchObject({ exitCode: 0 });
      expect(await runTool(sandbox, ['recover'])).toMatchObject({ exitCode: 0, stdout: 'nothing open\n' });
      expect(await runTool(sandbox, ['render', sandbox.out])).toMatchObject({ exitCode: 0 });
      await expectNothingLeft(sandbox);
      expect((await readReport(sandbox)).verdict).toMatchObject({ cleanup: 'restored' });
    },
  ),
);

test('a state folder that fills up under an open fault changes nothing for the run', { timeout }, () =>
  onSmallDisk(stateFolder, mebibyte, async (broken, disk) => {
    const { sandbox, tool, redis, saved } = broken;
    disk.fill();
    const { exitCode, stderr } = await tool.ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: (await expectWhole(sandbox)).exitCode, stderr: '' });
    expect(await redis.aclList()).toBe(saved);
    disk.free();
    await expectNothingLeft(sandbox);
  }),
);

test('words that a full disk swallows do not end a run in the middle: put back, report written, exit 70', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const { exitCode, stderr } = await runInto(openSync('/dev/full', 'w'), sandbox);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 70, stderr: expect.stringContaining('stdout takes no more: no space is left') });
    await expectWhole(sandbox);
    await expectNothingLeft(sandbox);
  }),
);

test('a reader that leaves (`| head`) does not end a run in the middle', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const { exitCode, stderr } = await runInto('pipe', sandbox);
    expect({ exitCode, stderr }).toEqual({ exitCode: (await expectWhole(sandbox)).exitCode, stderr: '' });
    await expectNothingLeft(sandbox);
  }),
);

/** Played to its end: on a machine that does other things as well the generator may have been late, which is no matter here. */
async function expectWhole(sandbox: Sandbox): Promise<Report> {
  const report = await readReport(sandbox);
  expect(['held', 'inconclusive']).toContain(report.verdict.status);
  expect(report).toMatchObject({ verdict: { cleanup: 'restored' }, faults: [{ bite: { proven: true } }] });
  return report;
}

async function expectRestored({ redis, saved }: BrokenRedis): Promise<void> {
  const tookMs = await restoredAfterMs(redis, saved, restoredWithinMs);
  expect(tookMs).not.toBeNull();
  console.log(`restored ${Math.round(tookMs ?? Number.NaN)} ms after the disk was full`);
}

/** Where it writes to is closed at its first word, or takes none. */
async function runInto(stdout: 'pipe' | number, sandbox: Sandbox): Promise<{ exitCode: number | null; stderr: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...soon(sandbox)], {
    cwd: sandbox.cwd,
    env: sandbox.environment,
    stdio: ['ignore', stdout, 'pipe'],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout?.once('data', () => child.stdout?.destroy());
  const [exitCode] = await once(child, 'close');
  await pause(0);
  return { exitCode, stderr };
}
