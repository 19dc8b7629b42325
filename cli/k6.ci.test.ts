import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../rehearsal/report/format.ts';
import { readReport } from './fixtures/expected.ts';
import { runK6 } from './fixtures/k6.ts';
import { becomesTrue, processesNaming } from './fixtures/leftovers.ts';
import { fileBeside, inSandbox, registered, type Sandbox } from './fixtures/sandbox.ts';
import { runTool, startTool } from './fixtures/tool.ts';
import { type Manners, startTreasureServer } from './fixtures/treasure-server.ts';

/** k6 is the one on the PATH: `.ci/run` builds it with the output of simulator/k6/extension. */
const steady = fileBeside('fixtures/steady.ts');
const timeout = 120_000;
/** On a machine that does other things as well the generator may be late, and then says so. */
const heldOrLate = [0, 2];

test('k6 plays a scenario against its own environment, and leaves a report and seconds that can be merged', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const { exitCode, stdout, stderr } = await runTool(sandbox, ['k6', steady, '--seed', '5', '--json', '--out', sandbox.out]);
    const report = await readReport(sandbox);
    expect(JSON.parse(stdout)).toEqual(report);
    expect(heldOrLate, `${stdout}${stderr}`).toContain(exitCode);
    if (exitCode === 2) expect(report.verdict.because.join()).toMatch(/^the generator cannot be trusted/);
    expect(report.expectations.map(({ met, observed }) => [met, observed !== null])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(await readdir(sandbox.out)).toEqual(expect.arrayContaining(['report.html', 'junit.xml', 'summary.md', 'seconds.ndjson']));
    const merged = await mergedOf(sandbox, [join(sandbox.out, 'k6', 'runner')]);
    // What k6 wrote down itself, and what it told while it played.
    const sent = ({ windows }: Report) => windows.reduce((sum, { operations: { search } }) => sum + search.sent, 0);
    expect(sent(report)).toBe(sent(merged));
    expect(merged.windows.find(({ name }) => name === 'before')?.operations.search.ok).toBeGreaterThan(50);
    expect(merged).toMatchObject({ platform: 'local', environment: 'sidecar', seed: 5, crowd: { players: 45 } });
    expect(await registered(sandbox)).toEqual([]);
  }),
);

test('a promise that is not kept ends in 1, and a run to which nobody comes in 2', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const server = await startTreasureServer('busy');
    try {
      const play = (scenario: string, name: string) =>
        runTool(sandbox, ['k6', scenario, '--target', server.url, '--seed', '5', '--json', '--out', join(sandbox.root, name)]);
      const broken = await play(steady, 'broken');
      expect(broken.exitCode, broken.stderr).toBe(1);
      expect(JSON.parse(broken.stdout).verdict).toMatchObject({
        status: 'broken',
        because: [expect.stringContaining('useful share of chain in run')],
      });
      const empty = await play(fileBeside('fixtures/nobody.ts'), 'empty');
      expect(empty.exitCode, empty.stderr).toBe(2);
      expect(JSON.parse(empty.stdout)).toMatchObject({
        verdict: { status: 'inconclusive' },
        expectations: [{ met: null, observed: null }],
      });
    } finally {
      await server.close();
    }
  }),
);

test('three runners of k6 play every journey that one plays, none twice, and are merged to the same run', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const script = join(sandbox.root, 'steady.k6.js');
    expect(await runTool(sandbox, ['export', 'k6', steady, '--seed', '5', '--out', script])).toMatchObject({ exitCode: 0 });
    const [one, three] = [await startTreasureServer('kind'), await startTreasureServer('kind')];
    try {
      const alone = runK6(sandbox, [script], { target: one.url, out: 'alone' });
      const segments = ['0:1/3', '1/3:2/3', '2/3:1'].map((segment) =>
        runK6(sandbox, ['--execution-segment', segment, '--execution-segment-sequence', '0,1/3,2/3,1', script], {
          target: three.url,
          out: `part-${segment.replaceAll(/\D/g, '-')}`,
        }),
      );
      const folders = await Promise.all([alone, ...segments]);
      expect([...three.journeys].sort(byNumber)).toEqual([...one.journeys].sort(byNumber));
      const [whole, joined] = [await mergedOf(sandbox, folders.slice(0, 1)), await mergedOf(sandbox, folders.slice(1))];
      expect(joined.crowd).toMatchObject({ players: 45, sessions: whole.crowd.sessions });
      const sent = ({ windows }: Report) =>
        windows.reduce((sum, { operations: { search, spawns, biome } }) => sum + search.sent + spawns.sent + biome.sent, 0);
      expect(sent(joined)).toBe(three.counted.search + three.counted.spawns + three.counted.biome);
      // The same players; when the last of their moves is due depends on how fast they were answered.
      expect(sent(joined) / sent(whole)).toBeCloseTo(1, 1);
    } finally {
      await Promise.all([one.close(), three.close()]);
    }
  }),
);

test('a runner of ours and one of k6 are merged to one report, and every request is in it once', { timeout }, () =>
  onServer('kind', async (url, sandbox, server) => {
    const script = join(sandbox.root, 'steady.k6.js');
    expect(await runTool(sandbox, ['export', 'k6', steady, '--seed', '5', '--out', script])).toMatchObject({ exitCode: 0 });
    const ours = startTool(sandbox, ['rehearse', steady, '--target', url, '--yes', '--seed', '5', '--out', sandbox.out]);
    // Runners of one run begin within five seconds.
    await ours.said('players join');
    const theirs = await runK6(sandbox, [script], { target: url, out: 'theirs' });
    const { exitCode, stderr } = await ours.ended;
    expect(heldOrLate, stderr).toContain(exitCode);
    const joined = await mergedOf(sandbox, [sandbox.out, theirs]);
    expect(joined).toMatchObject({ crowd: { players: 90 }, verdict: { cleanup: 'nothing' } });
    const { search, spawns, biome } = server.counted;
    const sent = joined.windows.reduce((sum, { operations: of }) => sum + of.search.sent + of.spawns.sent + of.biome.sent, 0);
    expect(sent).toBe(search + spawns + biome);
  }),
);

test('in a rehearsal that k6 plays the fault bites, is put back, and one report says what players felt', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const args = ['rehearse', fileBeside('fixtures/brisk.ts'), '--engine', 'k6', '--seed', '11', '--json', '--out', sandbox.out];
    const { exitCode, stdout, stderr } = await runTool(sandbox, args);
    expect(heldOrLate, stderr).toContain(exitCode);
    const report = JSON.parse(stdout) as Report;
    expect(report.faults.map(({ id, bite }) => [id, bite.proven])).toEqual([
      ['pod-kill', true],
      ['redis-auth', true],
    ]);
    expect(report.verdict).toMatchObject({ cleanup: 'restored' });
    expect(report.windows.map(({ name }) => name)).toEqual(expect.arrayContaining(['before', 'during:pod-kill', 'during:redis-auth']));
    for (const { operations } of report.windows) expect(operations.search.sent).toBeGreaterThan(0);
    expect(report.reproduce).toMatch(/ --engine k6$/);
    expect(processesNaming([sandbox.out])).toEqual([]);
  }),
);

test('Ctrl-C ends k6 and takes the environment down', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const tool = startTool(sandbox, ['k6', steady, '--for', '60s', '--out', sandbox.out]);
    await tool.said('players join');
    expect(await becomesTrue(30_000, () => existsSync(join(sandbox.out, 'k6', 'runner', 'seconds.ndjson')))).toBe(true);
    tool.stop('SIGINT');
    expect((await tool.ended).exitCode).toBe(130);
    expect([processesNaming([sandbox.out]), await registered(sandbox)]).toEqual([[], []]);
  }),
);

test('a configuration that k6 refuses ends in 64, and a report says why', { timeout }, () =>
  onServer('kind', async (url, sandbox) => {
    const configuration = join(sandbox.environment['HOME'] as string, '.config', 'k6');
    await mkdir(configuration, { recursive: true });
    await writeFile(join(configuration, 'config.json'), '{ "vus": ');
    const { exitCode, stdout } = await runTool(sandbox, ['k6', steady, '--target', url, '--json', '--out', sandbox.out]);
    expect(exitCode).toBe(64);
    expect(JSON.parse(stdout).verdict).toMatchObject({ status: 'error', because: [expect.stringContaining('exit code 104')] });
    expect(await readReport(sandbox)).toMatchObject({ exitCode: 64 });
  }),
);

test.each([
  ['SIGINT', 130, 'interrupted'],
  ['SIGKILL', 70, 'error'],
] as const)('a k6 that gets %s from somebody else ends the run in %i', { timeout }, (signal, code, status) =>
  onServer('kind', async (url, sandbox) => {
    const tool = startTool(sandbox, ['k6', steady, '--for', '60s', '--target', url, '--out', sandbox.out]);
    expect(await becomesTrue(30_000, () => existsSync(join(sandbox.out, 'k6', 'runner', 'seconds.ndjson')))).toBe(true);
    const [k6 = ''] = processesNaming([join(sandbox.out, 'k6', 'script.js')]);
    process.kill(Number.parseInt(k6, 10), signal);
    expect((await tool.ended).exitCode).toBe(code);
    expect((await readReport(sandbox)).verdict).toMatchObject({ status });
    expect([processesNaming([sandbox.out]), await registered(sandbox)]).toEqual([[], []]);
  }),
);

test('old runs of k6 are forgotten as those of everybody else are', { timeout }, () =>
  onServer('busy', async (url, sandbox) => {
    const play = () => runTool(sandbox, ['k6', fileBeside('fixtures/nobody.ts'), '--target', url, '--seed', '5', '--keep', '1', '--quiet']);
    for (let run = 0; run < 2; run++) expect((await play()).exitCode).toBe(2);
    const kept = (await readdir(join(sandbox.cwd, 'runs'))).filter((name) => name !== 'latest');
    expect(kept).toHaveLength(1);
  }),
);

type Work = (url: string, sandbox: Sandbox, server: Awaited<ReturnType<typeof startTreasureServer>>) => Promise<void>;

async function onServer(manners: Manners, work: Work): Promise<void> {
  const server = await startTreasureServer(manners);
  await inSandbox((sandbox) => work(server.url, sandbox, server)).finally(() => server.close());
}

async function mergedOf(sandbox: Sandbox, folders: readonly string[]): Promise<Report> {
  const out = join(sandbox.root, `merged-${folders.length}`);
  const { exitCode, stderr } = await runTool(sandbox, ['merge', ...folders, '--runners', String(folders.length), '--json', '--out', out]);
  expect(heldOrLate, stderr).toContain(exitCode);
  return JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report;
}

function byNumber(one: number, other: number): number {
  return one - other;
}
