import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../machine/system-clock.ts';
import type { FaultRequest } from './fault.ts';
import { type SmallPlatform, startSmallPlatform } from './fixtures/small-platform.ts';
import { readJournal } from './journal.ts';
import { halt, liftHalt, listRuns } from './registry.ts';
import { openSession, type Session } from './session.ts';

let folder = '';
let platform: SmallPlatform;
const runId = `session-${process.pid}`;
const kill: FaultRequest = { id: 'kill', kind: 'pod-kill', variant: 'crash', atMs: 0, forMs: 2000, pods: 1, everyMs: 500 };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchstorm-session-'));
  process.env['XDG_STATE_HOME'] = join(folder, 'state');
  platform = startSmallPlatform(runId, ['pod-1', 'pod-2']);
});
afterEach(async () => {
  platform.down();
  await rm(folder, { recursive: true });
});

const options = () => ({
  runId,
  folder,
  seed: 3,
  clock: systemClock,
  scenario: 'x',
  startedBy: 'test',
  pods: platform,
  target: () => ({ podsOwned: true, cache: null }),
  epilogue: null,
});
const open = async (): Promise<Session> => {
  const opened = await openSession(options());
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  return opened.value;
};
const leave = async (session: Session) => {
  await session.journal.close();
  await session.watchdog.dismiss();
};

test('pod-kill ends real processes, proves it by the process table, and is undone when others have taken their place', async () => {
  const session = await open();
  await session.journal.begin({ startedAt: new Date().toISOString() });
  const before = platform.pods();
  const armed = await session.injector.arm(kill);
  for (const index of [0, 1]) expect(await armed.strike(index)).toMatchObject({ kind: 'done' });
  expect((await listRuns()).runs[0]?.targetKeys).toHaveLength(2);
  expect(await armed.prove(2000)).toMatchObject({ proven: true });
  expect(before.every(({ process: victim }) => victim !== null && !platform.isAlive(victim))).toBe(true);
  expect(await armed.undo()).toMatchObject({ kind: 'done' });
  expect((await listRuns()).runs[0]?.targetKeys).toEqual([]);
  await leave(session);
  expect((await readJournal(folder)).entries.map((entry) => entry.event)).toEqual([
    'run',
    'armed',
    'applied',
    'applied',
    'bitten',
    'undone',
    'closed',
  ]);
  expect((await listRuns()).runs).toEqual([]);
});

test('a platform whose crash does nothing proves nothing, and leaves nothing to undo', async () => {
  const session = await open();
  platform.crash = async (pod) => platform.pods().find(({ name }) => name === pod)?.process ?? { pid: 0, startTicks: 0 };
  const armed = await session.injector.arm(kill);
  await armed.strike(0);
  expect(await armed.prove(300)).toMatchObject({ proven: false });
  expect(await armed.undo()).toMatchObject({ kind: 'done' });
  await leave(session);
});

test('what nobody put back is put back when the journal is closed', async () => {
  const session = await open();
  await (await session.injector.arm(kill)).strike(0);
  await leave(session);
  expect((await readJournal(folder)).entries.map((entry) => entry.event)).toEqual(['armed', 'applied', 'undone', 'closed']);
});

test('no session is opened while runs are halted, and nothing is registered', async () => {
  await halt('test');
  const opened = await openSession(options());
  expect(opened).toMatchObject({ ok: false, problems: [{ problem: 'runs are halted here' }] });
  expect((await listRuns()).runs).toEqual([]);
  expect(await readdir(folder)).toEqual(['state']);
  await liftHalt();
});

test('a watchdog that leaves as it should is not reported as lost', async () => {
  const session = await open();
  let lost = false;
  session.watchdog.onLost(() => {
    lost = true;
  });
  await leave(session);
  await leave(session);
  expect(lost).toBe(false);
});
