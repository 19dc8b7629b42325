import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRunIsOver, readReport } from '../cli/fixtures/expected.ts';
import type { Sandbox } from '../cli/fixtures/sandbox.ts';
import { processesOfRun } from '../machine/process-table.ts';
import { ownScenario } from './fixtures/own-scenario.ts';
import { type Ended, type Line, openUsersFolder, run, start, type UsersFolder } from './fixtures/users-folder.ts';
import { isTestCode } from './tidy/rooms.ts';
import { shippedPaths } from './tidy/shipped.ts';
import { trackedFiles } from './tracked-files.ts';

/** As a user has it: packed, and installed with his own Node and npm into an empty folder. */

type Tarball = { filename: string; unpackedSize: number; files: readonly { path: string }[] };

const root = join(import.meta.dirname, '..');
const unpackedBytesMax = 1_500_000;

let folder: UsersFolder;
let tarball: Tarball;

beforeAll(async () => {
  folder = await openUsersFolder();
  tarball = await pack();
  await must(here('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder.path, tarball.filename)]));
  await writeFile(join(folder.path, 'own.ts'), ownScenario);
}, 120_000);

afterAll(() => folder.remove());

describe('the tarball', () => {
  test('holds all that runs for a user, compiled, and nothing else', () => {
    const paths = tarball.files.map(({ path }) => path);
    const modules = [...shippedPaths(trackedFiles(root, ['.ts']))].filter((path) => !isTestCode(path));
    const shipped = modules.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`);
    expect(shipped.length).toBeGreaterThan(100);
    expect(paths).toEqual(expect.arrayContaining([...shipped, 'bin/launchstorm.js', 'LICENSE', 'README.md']));
    expect(paths.filter((path) => /(?<!\.d)\.ts$|\.test\.|fixtures\/|contract\.|^dist\/(tools|bench)\//.test(path))).toEqual([]);
  });

  test('stays small, and runs nothing when it is installed', async () => {
    expect(tarball.unpackedSize).toBeLessThan(unpackedBytesMax);
    const { scripts } = JSON.parse(await readFile(installed('package.json'), 'utf8')) as { scripts: { [name: string]: string } };
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });
});

describe('installed in an empty folder', () => {
  test('the tool is there by its name, on the Node of the system too', async () => {
    expect(await run(npx('--version'))).toMatchObject({ exitCode: 0, stdout: '0.1.0\n' });
    expect(await run(onSystemNode('--version'))).toMatchObject({ exitCode: 0, stdout: '0.1.0\n' });
  });

  test('it plans the launch day, which comes with it, and refuses what does not exist', async () => {
    const planned = await run(npx('plan'));
    expect(planned).toMatchObject({ exitCode: 0 });
    expect(planned.stdout).toContain('Run it: npx launchstorm rehearse launch-day --seed');
    const refused = await run(npx('plan', 'no-such-day'));
    expect(refused.exitCode).toBe(64);
    expect(refused.stderr).toContain('one of: launch-day');
  });

  test("the type of a scenario is there for the user's own", async () => {
    const slip = ownScenario.replace("kind: 'redis-auth'", "kind: 'redis-oath'");
    await writeFile(join(folder.path, 'slip.ts'), slip);
    expect(await typeCheck('own.ts')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await typeCheck('slip.ts')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('redis-oath') });
  });

  test("it rehearses the user's own scenario from end to end, without a warning", { timeout: 90_000 }, async () => {
    const out = join(folder.path, 'first run');
    const { exitCode, stdout, stderr } = await run(npx('rehearse', 'own.ts', '--seed', '7', '--out', out, '--json'));
    expect(exitCode, stderr).toBe(0);
    expect(stderr).not.toMatch(/warning/i);
    const report = await readReport(sandboxOf(out));
    expect(JSON.parse(stdout)).toEqual(report);
    expect(report).toMatchObject({
      verdict: { status: 'held', cleanup: 'restored' },
      reproduce: 'npx launchstorm rehearse own.ts --seed 7',
    });
    expect(report.faults.map((fault) => fault.bite.proven)).toEqual([true]);
    // Charts need the library and this project's own code for browsers: both are read from the package.
    const page = await readFile(join(out, 'report.html'), 'utf8');
    for (const code of ['uPlot', await readFile(join(root, 'rehearsal/report/charts-browser.js'), 'utf8')]) expect(page).toContain(code);
    await expectRunIsOver(sandboxOf(out));
  });
});

describe('interrupted while Redis refuses', () => {
  const rehearse = ['rehearse', 'own.ts', '--quiet'];

  test('Ctrl-C through npx is one Ctrl-C: everything is put back', { timeout: 60_000 }, () =>
    expectRestored((out) => npx(...rehearse, '--out', out), 'signalAll'),
  );

  test('so it is where only the command itself is told', { timeout: 60_000 }, () =>
    expectRestored((out) => onSystemNode(...rehearse, '--out', out), 'signal'),
  );

  test('so it is in the repository, straight from the source', { timeout: 60_000 }, () =>
    expectRestored((out) => {
      const args = ['run', '--silent', 'rehearse', '--', join(folder.path, 'own.ts'), '--quiet', '--out', out];
      return { ...here('npm', args), cwd: root };
    }, 'signalAll'),
  );
});

let interruptedRuns = 0;

/** Also: the process table names the run by its whole title, which has to fit into the command line that it was started with. */
async function expectRestored(lineFor: (out: string) => Line, how: 'signal' | 'signalAll'): Promise<void> {
  const out = join(folder.path, `interrupted run ${++interruptedRuns}`);
  const running = start(lineFor(out));
  await expect.poll(() => journalIn(out), { timeout: 40_000 }).toContain('"event":"bitten"');
  const runId = /"runId":"([^"]+)"/.exec(await journalIn(out))?.[1] as string;
  const titles = processesOfRun(runId).map(({ title }) => title.split('\0')[0]);
  expect(titles).toContain(`launchstorm conductor run=${runId}`);
  running[how]('SIGINT');
  const { exitCode, stderr } = await running.ended;
  expect(exitCode, stderr).toBe(130);
  await expectRunIsOver(sandboxOf(out));
  expect(await readReport(sandboxOf(out))).toMatchObject({ verdict: { status: 'interrupted', cleanup: 'restored' } });
}

function journalIn(out: string): Promise<string> {
  return readFile(join(out, 'journal.ndjson'), 'utf8').catch(() => '');
}

function sandboxOf(out: string): Sandbox {
  return { root: folder.path, cwd: folder.path, out, environment: {} };
}

/** With this repository's compiler, as a user's editor would: strict, and the package's own declarations are looked at too. */
async function typeCheck(file: string): Promise<Ended> {
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--types', '', '--pretty', 'false'];
  return run({ ...here(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, file]) });
}

async function pack(): Promise<Tarball> {
  const { stdout } = await must({ ...here('npm', ['pack', '--json', '--pack-destination', folder.path]), cwd: root });
  return (JSON.parse(stdout) as Tarball[])[0] as Tarball;
}

function here(program: string, args: readonly string[]): Line {
  return { program, args, cwd: folder.path, environment: folder.environment };
}

function npx(...args: readonly string[]): Line {
  return here('npx', ['--no-install', 'launchstorm', ...args]);
}

/** npx puts the Node that was installed along first on the PATH; without it the command runs on the system's, which may be older. */
function onSystemNode(...args: readonly string[]): Line {
  return here('node', [join(folder.path, 'node_modules', '.bin', 'launchstorm'), ...args]);
}

function installed(path: string): string {
  return join(folder.path, 'node_modules', 'launchstorm', path);
}

async function must(line: Line): Promise<Ended> {
  const ended = await run(line);
  if (ended.exitCode !== 0)
    throw new Error(`${line.program} ${line.args.join(' ')} ended with ${ended.exitCode}:\n${ended.stdout}${ended.stderr}`);
  return ended;
}
