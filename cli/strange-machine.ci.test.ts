import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectNothingLeft, expectRunIsOver, readReport } from './fixtures/expected.ts';
import { fileBeside, filesIn, inSandbox, registered, type Sandbox } from './fixtures/sandbox.ts';
import { becomeSomebody, type Somebody } from './fixtures/somebody.ts';
import { runTool, startProgram } from './fixtures/tool.ts';

const timeout = 120_000;
const soon = (out: string) => ['rehearse', fileBeside('fixtures/soon.ts'), '--seed', '7', '--out', out];

test('a user without rights, without a name and with a home that cannot be written rehearses all the same', { timeout }, () =>
  asSomebody(async (sandbox, { uid, start }) => {
    const out = join(sandbox.cwd, 'a run with spaces');
    const tool = start('rehearse', join(sandbox.root, 'tool/cli/fixtures/soon.ts'), '--seed', '7', '--out', out);
    await tool.said('during redis-auth');
    const fallback = join(sandbox.environment['TMPDIR'] as string, `launchstorm-${uid}`);
    const { mode, uid: owner } = await stat(fallback);
    expect({ mode: mode & 0o777, owner }).toEqual({ mode: 0o700, owner: uid });
    const { runs } = JSON.parse((await start('status', '--json').ended).stdout);
    expect(runs).toMatchObject([{ folder: out, startedBy: expect.stringContaining(`uid ${uid}@`) }]);
    const { exitCode, stdout, stderr } = await tool.ended;
    const report = await readReport({ ...sandbox, out });
    expect({ exitCode, stderr }).toEqual({ exitCode: report.exitCode, stderr: '' });
    expect(report).toMatchObject({ faults: [{ bite: { proven: true } }], verdict: { cleanup: 'restored' } });
    const says = `runs are registered in ${fallback}`;
    expect([stdout.includes(says), report.notes.some((note) => note.includes(says))]).toEqual([true, true]);
    await expectRunIsOver({ ...sandbox, out });
    expect(await filesIn(fallback)).toEqual([]);
    expect(await start('halt').ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await start('halt', '--lift').ended).toMatchObject({ exitCode: 0 });
  }),
);

test('a folder that this user may not write, or may not even enter, is a problem before anything starts', { timeout }, () =>
  asSomebody(async (sandbox, { start }) => {
    for (const out of ['/proc/launchstorm', join(sandbox.environment['HOME'] as string, 'run')]) {
      const { exitCode, stderr } = await start('rehearse', join(sandbox.root, 'tool/cli/fixtures/soon.ts'), '--out', out).ended;
      expect({ out, exitCode, stderr }).toMatchObject({
        exitCode: 64,
        stderr: expect.stringMatching(/cannot be (written|used)[\s\S]*(--out|name a folder)/),
      });
    }
  }),
);

test('a folder that holds something already is left as it is', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const mine = join(sandbox.cwd, 'mine.txt');
    await writeFile(mine, 'mine');
    const { exitCode, stderr } = await runTool(sandbox, soon(sandbox.cwd));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('is not empty') });
    expect(await filesIn(sandbox.cwd)).toEqual([mine]);
  }),
);

test('whoever has port 6379 is never spoken to', { timeout }, () =>
  inSandbox(async (sandbox) => {
    let spokenTo = 0;
    const theirs = createServer((socket) => {
      spokenTo += 1;
      socket.destroy();
    }).listen(6379, '127.0.0.1');
    await once(theirs, 'listening');
    try {
      const { exitCode } = await runTool(sandbox, soon(sandbox.out), { REDIS_URL: 'redis://:production@127.0.0.1:6379' });
      const report = await readReport(sandbox);
      expect(report).toMatchObject({ exitCode, faults: [{ bite: { proven: true } }], verdict: { cleanup: 'restored' } });
      expect(report.cacheEngine).not.toContain('yours');
      expect(spokenTo).toBe(0);
      await expectNothingLeft(sandbox);
    } finally {
      theirs.close();
    }
  }),
);

test('where nobody can be reached, not even on loopback, it says so, ends and leaves nothing', { timeout }, () =>
  inSandbox(async (sandbox) => {
    // A network of its own in which nothing is up.
    const alone = { executable: 'unshare' };
    const tool = startProgram('--net', [process.execPath, fileBeside('main.ts'), ...soon(sandbox.out)], sandbox, alone);
    const { exitCode, stdout } = await tool.ended;
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 70, stdout: expect.stringContaining('does loopback work here') });
    expect(await registered(sandbox)).toEqual([]);
    await expectNothingLeft(sandbox);
  }),
);

const attack = '<script>alert(1)</script><img src=x onerror=alert(2)>';

test('what is hostile in titles, paths, guards and names is text in everything that is told of a run', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const scenario = join(sandbox.cwd, `<b onclick='x'>&"${'`'}.ts`);
    await writeFile(
      scenario,
      `export const scenario = { title: ${JSON.stringify(attack)}, pods: 1, crowd: { players: 30, mix: { farmer: 1 }, join: '1s' },
         settle: '3s', expect: [{ share: 'useful', of: 'chain', atLeast: 0.05, in: 'run' }] };`,
    );
    const out = join(sandbox.root, '<i>out');
    const { exitCode, stdout } = await runTool(sandbox, ['rehearse', scenario, '--seed', '7', '--out', out], { GITHUB_RUN_ID: attack });
    const report = await readReport({ ...sandbox, out });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: report.exitCode });
    expect([report.title, report.startedBy.includes(attack)]).toEqual([attack, true]);
    const [page, summary, junit] = await Promise.all(
      ['report.html', 'summary.md', 'junit.xml'].map((name) => readFile(join(out, name), 'utf8')),
    );
    expect(report.reproduce).toContain(`'\\''x'\\''`);
    // What stands in a code span is text already.
    for (const text of [page, summary?.replace(/(`+) .*? \1/g, ''), junit]) {
      expect(text).not.toMatch(/<img|<b onclick|<i>out/);
      expect(text).not.toContain('<script>alert');
    }
    expect(page).toContain('&lt;script&gt;alert(1)');
  }),
);

function asSomebody(work: (sandbox: Sandbox, somebody: Somebody) => Promise<void>): Promise<void> {
  return inSandbox(async (sandbox) => {
    const somebody = await becomeSomebody(sandbox);
    try {
      await work(sandbox, somebody);
    } finally {
      somebody.leave();
    }
  });
}
