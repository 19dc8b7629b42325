import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { random } from '../core/random.ts';
import { systemClock } from '../machine/system-clock.ts';
import { podKill } from './faults/pod-kill.ts';
import { openJournal } from './journal.ts';
import { recoverAll, statusAll } from './recover.ts';
import { listRuns, register } from './registry.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'launchstorm-recover-'));
  process.env['XDG_STATE_HOME'] = home;
});
afterEach(() => rm(home, { recursive: true }));

const dead = { pid: process.pid, startTicks: 1 };
const registerDead = async (runId: string, targetKeys: readonly string[] = []) => {
  const folder = join(home, runId);
  const entry = { runId, folder, conductor: dead, watchdog: dead, startedAt: '', startedBy: '', scenario: '', targetKeys, epilogue: null };
  await register(entry);
  return folder;
};

test('nothing open is said as such, and is safe to ask for', async () => {
  expect(await recoverAll()).toEqual({ runs: [], problems: [] });
  expect(await statusAll()).toEqual({ runs: [], problems: [] });
});

test('a run that died before it broke anything is closed and forgotten', async () => {
  const folder = await registerDead('early');
  await mkdir(folder);
  expect((await recoverAll()).runs).toMatchObject([{ outcome: 'nothing' }]);
  expect((await listRuns()).runs).toEqual([]);
});

test('what cannot be put back stays open, registered and with its secrets, for the next try', async () => {
  const folder = await registerDead('stuck', ['x']);
  await mkdir(folder);
  await writeFile(join(folder, 'undo.secrets'), '{"values":{},"logins":{}}', { mode: 0o600 });
  await openJournal(folder, systemClock).append({
    event: 'armed',
    fault: 'auth',
    kind: 'redis-auth',
    variant: 'rotate',
    target: 'x',
    targetKeys: ['x'],
    deadline: new Date().toISOString(),
    deadlineMs: 0,
    // Not owned: an address where nobody listens is no proof that there is nothing to restore.
    undo: [{ do: 'log-in', cache: { address: '127.0.0.1:1', owned: false }, as: ['cache'] }],
  });
  for (let attempt = 0; attempt < 2; attempt++) expect((await recoverAll()).runs).toMatchObject([{ runId: 'stuck', outcome: 'failed' }]);
  expect((await statusAll()).runs).toMatchObject([{ runId: 'stuck', open: [{ fault: 'auth' }] }]);
});

test('pods and a cache that the run owned are restored by being gone with it', async () => {
  const folder = await registerDead('owned');
  await mkdir(folder);
  await writeFile(join(folder, 'undo.secrets'), '{"values":{},"logins":{"cache":{"username":"default","password":"x"}}}');
  const deadline = { deadline: new Date().toISOString(), deadlineMs: 0 };
  const armed = { event: 'armed', variant: 'v', target: 'x', targetKeys: [], ...deadline } as const;
  const journal = openJournal(folder, systemClock);
  await journal.append({
    ...armed,
    fault: 'auth',
    kind: 'redis-auth',
    undo: [{ do: 'log-in', cache: { address: '127.0.0.1:1', owned: true }, as: ['cache'] }],
  });
  await journal.append({
    ...armed,
    fault: 'kill',
    kind: 'pod-kill',
    undo: [{ do: 'await-replacements', pods: ['pod-1'], withinMs: 1, owned: true }],
  });
  // As it is written today, by each variant.
  for (const variant of podKill.variants) {
    const request = { id: variant, kind: 'pod-kill', variant, atMs: 0, forMs: 1000, pods: 1, everyMs: null } as const;
    const aim = podKill.aim(request, { runId: 'owned', pods: ['pod-1'], podsOwned: true, cache: null }, random(1));
    await journal.append({ ...armed, fault: variant, kind: 'pod-kill', variant, undo: podKill.steps(aim, {}).undo });
  }
  const faults = [{ fault: 'whole-pod' }, { fault: 'crash' }, { fault: 'kill' }, { fault: 'auth' }];
  expect((await recoverAll()).runs).toMatchObject([{ outcome: 'restored', faults }]);
  expect((await listRuns()).runs).toEqual([]);
});

test('a run whose folder is gone is told where something was open, and forgotten where nothing was', async () => {
  await registerDead('harmless');
  await registerDead('lost', ['cache x']);
  const { runs } = await recoverAll();
  expect(runs.map(({ runId, outcome }) => [runId, outcome])).toEqual([
    ['harmless', 'nothing'],
    ['lost', 'failed'],
  ]);
  expect(runs[1]?.problems[0]).toContain('cache x');
  expect((await listRuns()).runs.map((run) => run.runId)).toEqual(['lost']);
});

test('secrets that cannot be read stop nothing else: the run is told as failed and stays on the list', async () => {
  const folder = await registerDead('torn');
  await mkdir(folder);
  await writeFile(join(folder, 'undo.secrets'), '{"values":');
  const { runs } = await recoverAll();
  expect(runs).toMatchObject([{ runId: 'torn', outcome: 'failed' }]);
  expect(runs[0]?.problems[0]).toContain('cannot be put back');
  expect((await listRuns()).runs).toHaveLength(1);
});
