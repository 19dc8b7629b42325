import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { thisProcess } from '../machine/process-table.ts';
import { halt, isHalted, liftHalt, listRuns, openTargets, type RunEntry, register, unregister } from './registry.ts';
import { stateFolder } from './state-folder.ts';

let home = '';
const kept = { state: process.env['XDG_STATE_HOME'], temp: process.env['TMPDIR'] };
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'launchstorm-registry-'));
  process.env['XDG_STATE_HOME'] = home;
});
afterEach(async () => {
  set('XDG_STATE_HOME', kept.state);
  set('TMPDIR', kept.temp);
  await rm(home, { recursive: true });
});

const entry = (runId: string, changed: Partial<RunEntry> = {}): RunEntry => ({
  runId,
  folder: '/runs/x',
  conductor: thisProcess(),
  watchdog: null,
  startedAt: '2026-11-24T00:00:00.000Z',
  startedBy: 'test',
  scenario: 'x',
  targetKeys: [],
  epilogue: null,
  ...changed,
});

test('a run is on the list until it is taken off, and known to be alive or dead', async () => {
  await register(entry('alive'));
  await register(entry('dead', { conductor: { pid: process.pid, startTicks: 1 } }));
  expect((await listRuns()).runs.map((run) => [run.runId, run.conductorAlive])).toEqual([
    ['alive', true],
    ['dead', false],
  ]);
  await unregister('alive');
  await unregister('alive');
  expect((await listRuns()).runs.map((run) => run.runId)).toEqual(['dead']);
});

test('open targets of others are told, of dead runs too, and not our own', async () => {
  await register(entry('mine', { targetKeys: ['cache a'] }));
  await register(entry('theirs', { targetKeys: ['cache a', 'cache b'], conductor: { pid: process.pid, startTicks: 1 } }));
  expect(await openTargets('mine')).toEqual([
    { key: 'cache a', runId: 'theirs', alive: false },
    { key: 'cache b', runId: 'theirs', alive: false },
  ]);
});

test('a file that cannot be read is told and hides nothing else', async () => {
  await register(entry('fine'));
  await writeFile(join(home, 'launchstorm', 'runs', 'torn.json'), '{"runId":');
  const { runs, problems } = await listRuns();
  expect(runs.map((run) => run.runId)).toEqual(['fine']);
  expect(problems[0]).toContain('torn.json');
});

test('a run id that is no file name is refused', async () => {
  await expect(register(entry('../escape'))).rejects.toThrow('not a run id');
});

test('halted until lifted', async () => {
  expect(await isHalted()).toBe(false);
  await halt('test');
  expect(await isHalted()).toBe(true);
  await liftHalt();
  await liftHalt();
  expect(await isHalted()).toBe(false);
});

test('where the usual place cannot be written, a private folder in the temp directory is used, and it says so', async () => {
  process.env['TMPDIR'] = home;
  process.env['XDG_STATE_HOME'] = join(home, 'a-file');
  await writeFile(join(home, 'a-file'), '');
  const { path, note } = await stateFolder();
  expect(path).toBe(join(home, `launchstorm-${process.getuid?.()}`));
  expect(note).toContain('cannot be written');
});

test.each([
  ['a link', async (path: string) => symlink('/tmp', path)],
  [
    'open to others',
    async (path: string) => {
      await mkdir(path);
      await chmod(path, 0o777);
    },
  ],
])('a folder in the temp directory that is %s is not used', async (_what, plant) => {
  process.env['TMPDIR'] = home;
  process.env['XDG_STATE_HOME'] = join(home, 'a-file');
  await writeFile(join(home, 'a-file'), '');
  await plant(join(home, `launchstorm-${process.getuid?.()}`));
  await expect(stateFolder()).rejects.toThrow('belongs to somebody else');
});

function set(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
