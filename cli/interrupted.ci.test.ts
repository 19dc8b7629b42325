import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { below, random } from '../core/random.ts';
import { processesOfRun, signal } from '../machine/process-table.ts';
import { onlyRun } from './fixtures/broken-redis.ts';
import { expectNothingLeft, readReport } from './fixtures/expected.ts';
import { fileBeside, filesIn, inSandbox, type Sandbox } from './fixtures/sandbox.ts';
import { type RunningTool, startTool } from './fixtures/tool.ts';
import { twoAtATime } from './fixtures/two-at-a-time.ts';

/** `LAUNCHSTORM_TEST_SEED` for other moments. */
const seed = Number(process.env['LAUNCHSTORM_TEST_SEED'] ?? 17);

/** A signal some time within `withinMs` after the tool has said where it is. */
type Moment = { scenario: string; says: string; withinMs: number; signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' };

const moments: readonly Moment[] = [
  { scenario: 'fixtures/soon.ts', says: 'bringing the environment up', withinMs: 200, signal: 'SIGINT' },
  { scenario: 'fixtures/soon.ts', says: 'bringing the environment up', withinMs: 2000, signal: 'SIGTERM' },
  { scenario: 'fixtures/soon.ts', says: 'players join', withinMs: 1000, signal: 'SIGINT' },
  { scenario: 'fixtures/soon.ts', says: 'steady state before redis-auth', withinMs: 300, signal: 'SIGTERM' },
  { scenario: 'fixtures/soon.ts', says: 'arming redis-auth', withinMs: 20, signal: 'SIGINT' },
  { scenario: 'fixtures/soon.ts', says: 'during redis-auth', withinMs: 20, signal: 'SIGTERM' },
  { scenario: 'fixtures/soon.ts', says: 'during redis-auth', withinMs: 3500, signal: 'SIGINT' },
  { scenario: 'fixtures/soon.ts', says: 'undoing redis-auth', withinMs: 20, signal: 'SIGTERM' },
  { scenario: 'fixtures/soon.ts', says: 'recovery from redis-auth', withinMs: 800, signal: 'SIGINT' },
  { scenario: 'fixtures/soon.ts', says: 'players leave', withinMs: 20, signal: 'SIGTERM' },
  { scenario: 'fixtures/pods-killed.ts', says: 'during pod-kill', withinMs: 5000, signal: 'SIGINT' },
  { scenario: 'fixtures/pods-killed.ts', says: 'during pod-kill', withinMs: 300, signal: 'SIGTERM' },
];

/** So soon after the first one a second signal is the same Ctrl-C, passed on by npm or npx. */
const sameRequestMs = 1100;

const exitCodes = { SIGINT: 130, SIGTERM: 143 };

test('SIGINT and SIGTERM end a rehearsal in every phase of it, with everything put back and a report that says so', {
  timeout: 300_000,
}, async () => {
  await twoAtATime([...moments.entries()], ([trial, moment]) =>
    interrupted(moment, trial, async ({ tool, sandbox }) => {
      const { exitCode, stdout } = await tool.ended;
      expect({ moment, exitCode, stdout }).toMatchObject({ exitCode: exitCodes[moment.signal as 'SIGINT' | 'SIGTERM'] });
      await expectNothingLeft(sandbox);
      const report = await readReport(sandbox);
      expect({ moment, report }).toMatchObject({ report: { verdict: { status: 'interrupted' }, exitCode } });
      expect(['restored', 'nothing']).toContain(report.verdict.cleanup);
    }),
  );
});

const killed: readonly Moment[] = [
  { scenario: 'fixtures/soon.ts', says: 'bringing the environment up', withinMs: 100, signal: 'SIGKILL' },
  { scenario: 'fixtures/soon.ts', says: 'bringing the environment up', withinMs: 1500, signal: 'SIGKILL' },
  { scenario: 'fixtures/soon.ts', says: 'players join', withinMs: 1000, signal: 'SIGKILL' },
  { scenario: 'fixtures/pods-killed.ts', says: 'during pod-kill', withinMs: 4000, signal: 'SIGKILL' },
];

test('a conductor that is killed takes cache and pods with it, whatever it was just doing', { timeout: 120_000 }, async () => {
  await twoAtATime([...killed.entries()], ([trial, moment]) =>
    interrupted(moment, trial, async ({ tool, sandbox }) => {
      expect(await tool.ended).toMatchObject({ signal: 'SIGKILL' });
      await expectNothingLeft(sandbox);
      expect(await readReport(sandbox)).toMatchObject({ verdict: { status: 'interrupted' } });
    }),
  );
});

test('a signal before anything was started ends the tool, and nothing is left', { timeout: 30_000 }, () =>
  inSandbox(async (sandbox) => {
    const tool = startTool(sandbox, ['rehearse', fileBeside('fixtures/soon.ts'), '--out', sandbox.out]);
    await pause(100);
    tool.stop('SIGTERM');
    expect(await tool.ended).toMatchObject({ signal: 'SIGTERM' });
    expect(await filesIn(sandbox.root)).toEqual([]);
  }),
);

test('a second signal does not wait for a cache that hangs: the watchdog does the rest', { timeout: 60_000 }, () =>
  inSandbox(async (sandbox) => {
    const tool = startTool(sandbox, ['rehearse', fileBeside('fixtures/soon.ts'), '--out', sandbox.out]);
    await tool.said('during redis-auth');
    const { runId } = await onlyRun(sandbox);
    for (const found of processesOfRun(runId)) if (found.title.startsWith('launchstorm cache')) signal(found, 'SIGSTOP');
    tool.stop('SIGINT');
    await tool.said('putting redis-auth back');
    await pause(sameRequestMs);
    tool.stop('SIGINT');
    expect(await tool.ended).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('leaving now') });
    await expectNothingLeft(sandbox);
  }),
);

type Interrupted = { tool: RunningTool; sandbox: Sandbox };

function interrupted(
  { scenario, says, withinMs, signal: name }: Moment,
  trial: number,
  work: (one: Interrupted) => Promise<void>,
): Promise<void> {
  return inSandbox(async (sandbox) => {
    const tool = startTool(sandbox, ['rehearse', fileBeside(scenario), '--seed', String(trial), '--out', sandbox.out]);
    await tool.said(says);
    await pause(below(random(seed, trial), withinMs));
    tool.stop(name);
    await work({ tool, sandbox });
  });
}
