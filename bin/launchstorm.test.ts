import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileCacheFolder } from '../machine/compile-cache.ts';
import { processTitle } from '../machine/process-table.ts';
import { newRunId } from '../rehearsal/identity.ts';
import { run, start } from '../tools/fixtures/users-folder.ts';

/** A package of its own around the real file, with a tool that only tells how it was started. */

type Scripts = { [name: string]: string };

const bin = join(import.meta.dirname, 'launchstorm.js');
const tellAndEnd = 'console.log(JSON.stringify({ node: process.argv0, arguments: process.argv.slice(2) })); process.exitCode = 3;';
const fits = { os: process.platform, cpu: process.arch, version: '24.0.0', bin: { node: 'bin/node' } };

let folder: string;
let carried: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchstorm bin '));
  carried = join(folder, 'node_modules', 'a-node', 'bin', 'node');
  await mkdir(join(folder, 'bin'));
  await copyFile(bin, join(folder, 'bin', 'launchstorm.js'));
  await write('package.json', JSON.stringify({ type: 'module', optionalDependencies: { 'a-node': '24.0.0' } }));
  await write('dist/cli/main.js', tellAndEnd);
});

afterEach(() => rm(folder, { recursive: true }));

test('runs the tool on the Node that was installed along, and passes arguments and exit code on', async () => {
  await install(fits);
  const { exitCode, stdout } = await run(launch(['rehearse', 'my day.ts', '--json']));
  expect(JSON.parse(stdout)).toEqual({ node: carried, arguments: ['rehearse', 'my day.ts', '--json'] });
  expect(exitCode).toBe(3);
});

describe('runs the tool on the Node that it runs on itself where that is new enough and', () => {
  test('none was installed', () => expectOwnNode());

  test.each([
    ['another operating system', { ...fits, os: 'plan9' }],
    ['another processor', { ...fits, cpu: ['pdp11'] }],
    ['an earlier time', { ...fits, version: '22.14.0' }],
  ])('the one installed is for %s', async (_, manifest) => {
    await install(manifest);
    await expectOwnNode();
  });

  test('the one installed cannot be started here', async () => {
    await write('node_modules/a-node/package.json', JSON.stringify(fits));
    await write('node_modules/a-node/bin/node', 'no program');
    await expectOwnNode();
  });
});

test('says what is missing and starts nothing where every Node is too old', async () => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;
  const { exitCode, stdout, stderr } = await run(launch([], ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`]));
  expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
  expect(stderr).toMatch(/no Node 24 to run on\. This is Node 20\.20\.2/);
  expect(stderr).toContain('-> install launchstorm again');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('passes %s on and waits for what the tool does about it', async (signal, exitCode) => {
  const tidyUp = `setTimeout(() => { console.log('put back'); process.exit(${exitCode}); }, 100)`;
  await write('dist/cli/main.js', `process.on('${signal}', () => ${tidyUp}); setInterval(() => {}, 1000); console.log('ready');`);
  const running = start(launch([]));
  await running.said('ready');
  running.signal(signal);
  expect(await running.ended).toMatchObject({ exitCode, stdout: 'ready\nput back\n' });
});

test('tells of what killed the tool as a shell does', async () => {
  await write('dist/cli/main.js', "process.kill(process.pid, 'SIGKILL');");
  expect(await run(launch([]))).toMatchObject({ exitCode: 137 });
});

test('the repository has one cache of what was compiled, whoever asks for it, from the first file on', async () => {
  const early = join(import.meta.dirname, 'compile-cache.js');
  const asked = "process.stdout.write(process.getBuiltinModule('node:module').getCompileCacheDir() ?? 'none')";
  const { stdout } = await run({ program: process.execPath, args: ['--import', early, '--eval', asked], cwd: folder, environment: {} });
  expect(dirname(stdout)).toBe(compileCacheFolder);
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { scripts: Scripts };
  for (const line of Object.values(scripts)) if (line.includes('cli/main.ts')) expect(line).toContain('--import ./bin/compile-cache.js ');
});

test('zod speaks English there, and its other languages are not even read', async () => {
  const early = join(import.meta.dirname, 'compile-cache.js');
  const zod = JSON.stringify(import.meta.resolve('zod'));
  const asked = `import(${zod}).then(({ z }) => console.log(Object.keys(z.locales).length, z.number().safeParse('1').error.issues[0].message))`;
  const { stdout } = await run({ program: process.execPath, args: ['--import', early, '--eval', asked], cwd: folder, environment: {} });
  expect(stdout).toBe('0 Invalid input: expected number, received string\n');
});

test("the repository's own scripts are long enough for the title that the conductor gives itself, which the system cuts to their length", async () => {
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { scripts: Scripts };
  const starting = Object.values(scripts).filter((line) => line.includes('cli/main.ts'));
  expect(starting).toHaveLength(4);
  const { length } = processTitle('conductor', '', newRunId(new Date()));
  for (const line of starting) expect(line.length, line).toBeGreaterThanOrEqual(length);
});

async function expectOwnNode(): Promise<void> {
  const { stdout } = await run(launch(['plan']));
  expect(JSON.parse(stdout)).toEqual({ node: process.execPath, arguments: ['plan'] });
}

async function install(manifest: object): Promise<void> {
  await write('node_modules/a-node/package.json', JSON.stringify(manifest));
  await mkdir(dirname(carried));
  await symlink(process.execPath, carried);
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

function launch(args: readonly string[], nodeArgs: readonly string[] = []) {
  return { program: process.execPath, args: [...nodeArgs, join(folder, 'bin', 'launchstorm.js'), ...args], cwd: folder, environment: {} };
}
