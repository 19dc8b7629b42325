import { describe, expect, test } from 'vitest';
import { systemClock } from '../machine/system-clock.ts';
import type { FaultRequest, FaultTarget, Read, Step, StepOutcome, StepRunner } from './fault.ts';
import { createInjector, FaultRefused } from './inject.ts';
import type { InjectorParts } from './injector-parts.ts';
import { openFaults } from './journal-lines.ts';
import { createMemoryJournal } from './memory-journal.ts';
import { createMemorySecrets } from './secrets.ts';

const target: FaultTarget = {
  runId: 'r',
  pods: ['pod-1', 'pod-2'],
  podsOwned: true,
  cache: { address: '127.0.0.1:1', owned: true, username: 'default', engine: 'fake', facts: null },
};
const kill: FaultRequest = { id: 'kill', kind: 'pod-kill', variant: 'crash', atMs: 0, forMs: 1000, pods: 1, everyMs: null };
const rotate: FaultRequest = { id: 'auth', kind: 'redis-auth', variant: 'rotate', atMs: 0, forMs: 1000, pods: 0, everyMs: null };

/** A runner that does nothing, says what it was asked, and can be told to fail. */
function fakeRunner(answers: { run?: (step: Step) => Promise<StepOutcome>; read?: (read: Read) => string | null } = {}) {
  const ran: Step['do'][] = [];
  const runner: StepRunner = {
    async run(step) {
      ran.push(step.do);
      return answers.run === undefined ? { kind: 'done', evidence: step.do } : answers.run(step);
    },
    async read(read) {
      if (answers.read !== undefined) return answers.read(read);
      return read.read === 'new-password' ? '{"password":"p","sha256":"h"}' : '';
    },
  };
  return { runner, ran };
}

function setUp(runner: StepRunner, changed: Partial<InjectorParts> = {}) {
  const journal = createMemoryJournal(systemClock);
  const claimed: string[] = [];
  const parts: InjectorParts = {
    seed: 1,
    clock: systemClock,
    runner,
    journal,
    secrets: createMemorySecrets(),
    target: async () => target,
    claimTargets: async (keys) => {
      claimed.push(...keys);
      return [];
    },
    releaseTargets: async (keys) => {
      for (const key of keys) claimed.splice(claimed.indexOf(key), 1);
    },
    alone: (work) => work(),
    ...changed,
  };
  const events = async () => (await journal.read()).entries.map((entry) => entry.event);
  return { injector: createInjector(parts), journal, events, claimed };
}

describe('an injector', () => {
  test('writes down the whole undo before it does anything', async () => {
    const { runner, ran } = fakeRunner();
    const { injector, journal, claimed } = setUp(runner);
    await injector.arm(rotate);
    expect(ran).toEqual([]);
    const [open] = openFaults((await journal.read()).entries);
    expect(open?.undo.map((step) => step.do)).toEqual(['restore-acl', 'drop-lifeline', 'compare-acl', 'log-in']);
    expect(claimed).toHaveLength(1);
  });

  test('arms, strikes, proves and undoes, and the journal tells it in that order', async () => {
    let killed = false;
    const read = () => JSON.stringify({ 'pod-1': seen(killed), 'pod-2': seen(killed) });
    const { runner } = fakeRunner({
      run: async (step) => {
        killed = killed || step.do === 'crash-pods';
        return { kind: 'done', evidence: step.do };
      },
      read,
    });
    const { injector, events, claimed } = setUp(runner);
    const armed = await injector.arm(kill);
    expect((await armed.strike(0)).kind).toBe('done');
    expect((await armed.prove(500)).proven).toBe(true);
    expect((await armed.undo()).kind).toBe('done');
    expect(await events()).toEqual(['armed', 'applied', 'bitten', 'undone']);
    expect(claimed).toEqual([]);
  });

  test('an injector that does nothing proves nothing', async () => {
    const { runner } = fakeRunner({ read: () => JSON.stringify({ 'pod-1': seen(false), 'pod-2': seen(false) }) });
    const { injector, events } = setUp(runner);
    const armed = await injector.arm(kill);
    await armed.strike(0);
    expect((await armed.prove(250)).proven).toBe(false);
    expect(await events()).toEqual(['armed', 'applied']);
  });

  test('undoes a fault that never struck, and strikes no more afterwards', async () => {
    const { runner, ran } = fakeRunner();
    const { injector } = setUp(runner);
    const armed = await injector.arm(rotate);
    expect((await armed.undo()).kind).toBe('done');
    expect((await armed.strike(0)).kind).toBe('failed');
    expect(ran).not.toContain('redis');
  });

  test('undoes once, however many ask for it at once', async () => {
    const { runner, ran } = fakeRunner();
    const { injector, events } = setUp(runner);
    const armed = await injector.arm(rotate);
    const outcomes = await Promise.all([armed.undo(), armed.undo(), injector.undoAll().then(([outcome]) => outcome)]);
    expect(outcomes.map((outcome) => outcome?.kind)).toEqual(['done', 'done', 'done']);
    expect(ran.filter((step) => step === 'restore-acl')).toHaveLength(1);
    expect(await events()).toEqual(['armed', 'undone']);
  });

  test('lets a strike in flight end before it puts back', async () => {
    let endStrike = () => {};
    const order: string[] = [];
    const { runner } = fakeRunner({
      run: async (step) => {
        if (step.do === 'redis') {
          await new Promise<void>((resolve) => {
            endStrike = resolve;
          });
        }
        order.push(step.do);
        return { kind: 'done', evidence: '' };
      },
    });
    const { injector } = setUp(runner);
    const armed = await injector.arm(rotate);
    const striking = armed.strike(0);
    await Promise.resolve();
    const undoing = armed.undo();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toEqual([]);
    endStrike();
    await Promise.all([striking, undoing]);
    // The first step was in flight; the rest of the strike was not begun any more.
    expect(order.slice(0, 2)).toEqual(['redis', 'restore-acl']);
  });

  test('one failing step does not stop the others, is tried again, and checks wait for it', async () => {
    let failures = 2;
    const { runner, ran } = fakeRunner({
      run: async (step) =>
        step.do === 'restore-acl' && failures-- > 0 ? { kind: 'failed', why: 'no answer' } : { kind: 'done', evidence: '' },
    });
    const { injector } = setUp(runner);
    const armed = await injector.arm(rotate);
    expect((await armed.undo()).kind).toBe('done');
    expect(ran).toEqual(['restore-acl', 'drop-lifeline', 'restore-acl', 'restore-acl', 'compare-acl', 'log-in']);
  });

  test('an undo that keeps failing is given up, told, left open, and may be asked for again', async () => {
    let broken = true;
    const { runner } = fakeRunner({
      run: async (step) => (step.do === 'restore-acl' && broken ? { kind: 'failed', why: 'no answer' } : { kind: 'done', evidence: '' }),
    });
    const { injector, journal, claimed } = setUp(runner);
    const armed = await injector.arm(rotate);
    expect(await armed.undo()).toEqual({ kind: 'failed', why: 'no answer' });
    expect(openFaults((await journal.read()).entries)).toHaveLength(1);
    expect(claimed).toHaveLength(1);
    broken = false;
    expect((await armed.undo()).kind).toBe('done');
    expect(openFaults((await journal.read()).entries)).toHaveLength(0);
  });

  test('a conflict is told as one and not tried again', async () => {
    const { runner, ran } = fakeRunner({
      run: async (step) => (step.do === 'restore-acl' ? { kind: 'conflict', why: 'somebody else' } : { kind: 'done', evidence: '' }),
    });
    const { injector, events } = setUp(runner);
    const armed = await injector.arm(rotate);
    expect(await armed.undo()).toEqual({ kind: 'conflict', why: 'somebody else' });
    expect(ran).toEqual(['restore-acl', 'drop-lifeline']);
    expect(await events()).toEqual(['armed', 'conflict']);
  });

  test('believes the journal where the watchdog was faster', async () => {
    const { runner, ran } = fakeRunner();
    const { injector, journal } = setUp(runner);
    const armed = await injector.arm(rotate);
    await journal.append({ event: 'undone', fault: 'auth', kind: 'redis-auth', target: 'x', by: 'watchdog', evidence: [] });
    expect(await armed.undo()).toEqual({ kind: 'done', evidence: 'put back by watchdog' });
    expect(ran).toEqual([]);
  });

  test('strikes no more once the deadline has passed', async () => {
    const { runner, ran } = fakeRunner();
    let nowMs = 0;
    const { injector } = setUp(runner, { clock: { ...systemClock, nowMs: () => nowMs } });
    const armed = await injector.arm(rotate);
    nowMs = 60_000;
    expect((await armed.strike(0)).kind).toBe('failed');
    expect(ran).toEqual([]);
  });

  test('strikes all the same where only the wall clock jumped', async () => {
    const { runner } = fakeRunner();
    let wallMs = systemClock.wallMs();
    const { injector } = setUp(runner, { clock: { ...systemClock, wallMs: () => wallMs } });
    const armed = await injector.arm(rotate);
    wallMs += 3_600_000;
    expect((await armed.strike(0)).kind).toBe('done');
  });

  test('a strike ends at the first step that fails', async () => {
    const { runner, ran } = fakeRunner({ run: async () => ({ kind: 'failed', why: 'NOPERM' }) });
    const { injector, events } = setUp(runner);
    const armed = await injector.arm(rotate);
    expect(await armed.strike(0)).toEqual({ kind: 'failed', why: 'NOPERM' });
    expect(ran).toEqual(['redis']);
    expect(await events()).toEqual(['armed']);
  });

  test.each([
    ['the fault is impossible there', {}, { ...kill, pods: 3 }],
    ['somebody else has a fault open there', { claimTargets: async () => [{ place: 'x', problem: 'taken', remedy: 'wait' }] }, kill],
    ['what the undo needs cannot be read', { runner: fakeRunner({ read: () => null }).runner }, rotate],
    ['it cannot be written down', { secrets: { ...createMemorySecrets(), save: () => Promise.reject(new Error('disk full')) } }, rotate],
  ])('arms nothing where %s', async (_why, changed, request) => {
    const { runner, ran } = fakeRunner();
    const { injector, events, claimed } = setUp(runner, changed);
    await expect(injector.arm(request)).rejects.toThrow(/was not armed|disk full/);
    expect(ran).toEqual([]);
    expect(await events()).toEqual([]);
    expect(claimed).toEqual([]);
    expect(await injector.undoAll()).toEqual([]);
  });

  test('a refusal carries its problems', async () => {
    const { injector } = setUp(fakeRunner().runner);
    const refusal = await injector.arm({ ...kill, pods: 3, forMs: 0 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FaultRefused);
    expect((refusal as FaultRefused).problems).toHaveLength(2);
  });
});

/** A pod's processes before it was killed, and after it came back. */
function seen(killed: boolean): readonly object[] {
  const first = { pid: 10, startTicks: 1, alive: !killed };
  return killed ? [first, { pid: 11, startTicks: 2, alive: true }] : [first];
}
