import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { plainK6 } from '../simulator/k6/fixtures/plain-k6.ts';
import { readReport } from './fixtures/expected.ts';
import { fileBeside, inSandbox, type Sandbox } from './fixtures/sandbox.ts';
import { runTool } from './fixtures/tool.ts';
import { type Manners, startTreasureServer } from './fixtures/treasure-server.ts';

/** k6 as everybody has it, without our output. */
const timeout = 120_000;
const steady = fileBeside('fixtures/steady.ts');
const nobody = fileBeside('fixtures/nobody.ts');

let k6 = '';
beforeAll(async () => {
  k6 = await plainK6();
}, 900_000);

type Played = { exitCode: number; said: string };

/** A machine without this project: the exported file and nothing else, an empty home, no Node on the PATH. */
async function playedElsewhere(sandbox: Sandbox, scenario: string, target: string, more: readonly string[] = []): Promise<Played> {
  const folder = join(sandbox.root, 'elsewhere');
  await mkdir(folder, { recursive: true });
  expect(await runTool(sandbox, ['export', 'k6', scenario, '--seed', '5', '--out', join(folder, 'crowd.js')])).toMatchObject({
    exitCode: 0,
  });
  const env = { PATH: dirname(k6), HOME: folder };
  const words = ['run', '--no-usage-report', '--address', '', '-e', `LAUNCHSTORM_TARGET=${target}`, ...more, 'crowd.js'];
  return new Promise((resolve) => {
    execFile(k6, words, { cwd: folder, env, timeout: 90_000, maxBuffer: 4 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}` });
    });
  });
}

test('it has no output of ours, and is the same k6 otherwise', async () => {
  const versionOf = (program: string) =>
    new Promise<string>((resolve) => void execFile(program, ['version'], (_, stdout) => resolve(stdout)));
  const [plain, ours] = [await versionOf(k6), await versionOf('k6')];
  expect(plain).not.toContain('launchstorm');
  expect(/v\d+\.\d+\.\d+/.exec(plain)?.[0]).toBe(/v\d+\.\d+\.\d+/.exec(ours)?.[0]);
});

test("elsewhere the exported file gives k6's own summary over the whole run, and says that this is all", { timeout }, () =>
  onServer('empty-chests', async (server, sandbox) => {
    const { exitCode, said } = await playedElsewhere(sandbox, steady, server.url);
    expect(exitCode, said).toBe(0);
    expect(said).toContain('k6 sums up this runner over the whole run; thresholds judge the windows.');
    expect(said).toContain('a k6 with the launchstorm output, `k6 run --out launchstorm=FOLDER`, then `launchstorm merge`');
    // Overall figures: what the server counted, and each promise with its guard.
    const { search, spawns, biome } = server.counted;
    expect(said).toMatch(new RegExp(`http_reqs\\.*: ${search + spawns + biome} `));
    expect(said).toMatch(/launchstorm_useful\{of:chain,phase:run\}\s+✓ 'rate>=0\.9' rate=\d/);
    expect(said).toMatch(/launchstorm_chains\{phase:run\}\s+✓ 'count>0' count=[1-9]/);
    expect(await readdir(join(sandbox.root, 'elsewhere'))).toEqual(['crowd.js']);
  }),
);

test('elsewhere a broken promise is red, and so is a run to which nobody came', { timeout }, () =>
  onServer('busy', async (server, sandbox) => {
    const broken = await playedElsewhere(sandbox, steady, server.url);
    expect(broken.exitCode, broken.said).toBe(99);
    expect(broken.said).toMatch(/✗ 'rate>=0\.9' rate=0\.00%/);
    const empty = await playedElsewhere(sandbox, nobody, server.url, ['--quiet']);
    expect(empty.exitCode, empty.said).toBe(99);
    expect(empty.said).toMatch(/launchstorm_actions\s+✗ 'count>0' count=0/);
  }),
);

test.each([
  ['kind', steady, 0, 'held'],
  ['busy', steady, 1, 'broken'],
  ['kind', nobody, 2, 'inconclusive'],
] as const)('`k6` on a server that is %s, with %s: %i, without figures that nobody has', { timeout }, (manners, scenario, code, status) =>
  onServer(manners, async (server, sandbox) => {
    const args = ['k6', scenario, '--target', server.url, '--seed', '5', '--out', sandbox.out];
    const { exitCode, stdout, stderr } = await runTool(sandbox, args, { LAUNCHSTORM_K6: k6 });
    expect(exitCode, stderr).toBe(code);
    const report = await readReport(sandbox);
    expect(report).toMatchObject({ verdict: { status }, windows: [], seconds: [], crowd: { requestsPerPlayerPerSecond: null } });
    expect(report.notes.join()).toContain('this k6 has no launchstorm output: what players felt is in k6/summary.json only');
    expect(`${stdout}${stderr}`).not.toMatch(/0\.00 requests per player|^window /m);
    const summary = JSON.parse(await readFile(join(sandbox.out, 'k6', 'summary.json'), 'utf8')) as { metrics: object };
    expect(Object.keys(summary.metrics)).toEqual(expect.arrayContaining(['launchstorm_actions', 'launchstorm_lag{phase:run}']));
  }),
);

test.each([
  ['rehearse', '--engine', 'k6'],
  ['k6', '--compare', '--for', '20s'],
])('%s %s says what is missing and what to do, and starts nothing', (...words) =>
  inSandbox(async (sandbox) => {
    const [command = '', ...flags] = words;
    const { exitCode, stderr } = await runTool(sandbox, [command, steady, ...flags, '--out', sandbox.out], { LAUNCHSTORM_K6: k6 });
    expect(exitCode, stderr).toBe(64);
    expect(stderr).toContain(`${k6} (k6 1.8.1) has no launchstorm output: it cannot tell what its players feel`);
    expect(stderr).toContain('name one that was built with simulator/k6/extension in LAUNCHSTORM_K6: docs/k6.md');
    expect(await readdir(sandbox.root)).not.toContain('out');
  }),
);

type Server = Awaited<ReturnType<typeof startTreasureServer>>;

async function onServer(manners: Manners, work: (server: Server, sandbox: Sandbox) => Promise<void>): Promise<void> {
  const server = await startTreasureServer(manners);
  await inSandbox((sandbox) => work(server, sandbox)).finally(() => server.close());
}
