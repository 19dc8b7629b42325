import { appendFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Secrets } from '../chaos/fault.ts';
import { type Canaries, type Seen, sightingsBelow, sightingsIn, watchProcesses } from './fixtures/canaries.ts';
import { expectNothingLeft, readReport } from './fixtures/expected.ts';
import { fileBeside, inSandbox, type Sandbox } from './fixtures/sandbox.ts';
import { startTheirRedis, type TheirRedis } from './fixtures/their-redis.ts';
import { startTheirService } from './fixtures/their-service.ts';
import { type RunningTool, startTool } from './fixtures/tool.ts';

const timeout = 90_000;

/** In the environment of whoever starts the tool, and nobody's business below it. */
const ambient = { AWS_SECRET_ACCESS_KEY: 'canary-aws-7d21', GITHUB_TOKEN: 'canary-github-11fe', npm_config__auth: 'canary-npm-c0de' };
const ambientCanaries: Canaries = { ...ambient };
const token = 'canary-header-9a3b/+"';

/** What is secret in this run, beside what is ambient: filled while it goes on. */
type Trial = { sandbox: Sandbox; tool: RunningTool; canaries: Canaries };

test('the scanner finds a canary in every shape and place that it looks at', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const canaries = { planted: token };
    await writeFile(join(sandbox.cwd, 'log.json'), JSON.stringify({ authorization: `Bearer ${token}` }));
    await writeFile(join(sandbox.cwd, 'url.txt'), `redis://x:${encodeURIComponent(token)}@y`);
    await writeFile(join(sandbox.cwd, 'fine.txt'), 'nothing');
    expect(await sightingsBelow(sandbox.cwd, canaries)).toHaveLength(2);
    const child = startTool(sandbox, ['crowd', token], { MY_SECRET: token });
    const { seen, stop } = watchProcesses(process.pid);
    await child.ended;
    stop();
    const found = [...seen.values()].filter(({ pid }) => pid === child.process.pid);
    expect(found.some(({ commandLine }) => sightingsIn('command line', commandLine, canaries).length === 1)).toBe(true);
    expect(found.some(({ environment }) => sightingsIn('environment', environment, canaries).length === 1)).toBe(true);
  }),
);

test('a whole rehearsal on a cache of its own lets no secret out', { timeout }, () =>
  inSandbox((sandbox) => watched(sandbox, ['rehearse', fileBeside('fixtures/soon.ts')], {}, async () => {})),
);

test('a rehearsal on a cache of its own that is killed in the middle lets no secret out', { timeout }, () =>
  inSandbox((sandbox) => watched(sandbox, ['rehearse', fileBeside('fixtures/soon.ts')], {}, kill)),
);

test('a whole rehearsal on a Redis of somebody else lets no secret out', { timeout }, () => onTheirRedis(async () => {}));

test('a rehearsal on a Redis of somebody else that is killed in the middle lets no secret out', { timeout }, () => onTheirRedis(kill));

test('neither does one on a target of somebody else, with a token in a file of headers', { timeout }, () =>
  inSandbox((sandbox) =>
    withTheirRedis(async (redis) => {
      const service = await startTheirService(redis.url);
      try {
        const headers = join(sandbox.root, 'staging.headers');
        await writeFile(headers, `authorization: Bearer ${token}\nx-key: ${token}\n`, { mode: 0o600 });
        const way = ['--target', service.url, '--headers-file', headers, ...consent];
        const secret = { 'header value': token, 'redis password': passwordIn(redis.url) };
        const args = ['rehearse', fileBeside('fixtures/target-auth.ts'), ...way];
        await watched(sandbox, args, { LAUNCHSTORM_REDIS_URL: redis.url }, async ({ canaries }) => void Object.assign(canaries, secret), [
          'staging.headers',
        ]);
      } finally {
        await service.close();
      }
    }),
  ),
);

const consent = ['--yes', '--guard', 'useful<0.05 for 5s'];

function onTheirRedis(meanwhile: (trial: Trial) => Promise<void>): Promise<void> {
  return inSandbox((sandbox) =>
    withTheirRedis((redis) =>
      watched(sandbox, ['rehearse', fileBeside('fixtures/soon.ts'), ...consent], { LAUNCHSTORM_REDIS_URL: redis.url }, async (trial) => {
        trial.canaries['redis password'] = passwordIn(redis.url);
        await meanwhile(trial);
      }),
    ),
  );
}

async function withTheirRedis(work: (redis: TheirRedis) => Promise<void>): Promise<void> {
  const redis = await startTheirRedis();
  try {
    await work(redis);
  } finally {
    await redis.close();
  }
}

async function kill({ tool }: Trial): Promise<void> {
  tool.stop('SIGKILL');
}

/** Plays, learns the run's own secrets while its fault is open, lets a pod print one, and looks everywhere, during and afterwards. */
async function watched(
  sandbox: Sandbox,
  args: readonly string[],
  environment: { [name: string]: string },
  meanwhile: (trial: Trial) => Promise<void>,
  theirFiles: readonly string[] = [],
): Promise<void> {
  const path = `${telltaleGit(sandbox)}${delimiter}${process.env['PATH']}`;
  const tool = startTool(sandbox, [...args, '--seed', '7', '--out', sandbox.out], { ...ambient, ...environment, PATH: path });
  const processes = watchProcesses(tool.process.pid);
  try {
    const canaries = await secretsWhenOpen(sandbox, tool);
    if (!args.includes('--target')) printSecrets(sandbox, canaries);
    await meanwhile({ sandbox, tool, canaries });
    const { stdout, stderr } = await tool.ended;
    await expectNothingLeft({ ...sandbox, root: sandbox.out });
    await readReport(sandbox);
    processes.stop();
    const all = { ...ambientCanaries, ...canaries };
    expect(Object.keys(canaries).length).toBeGreaterThan(2);
    expect(existsSync(join(sandbox.root, 'bin', 'git.environment'))).toBe(true);
    expect(await sightingsBelow(sandbox.root, all, theirFiles)).toEqual([]);
    expect(sightingsIn('output', stdout + stderr, all)).toEqual([]);
    expect(letOutBy([...processes.seen.values()], tool.process.pid, all)).toEqual([]);
  } finally {
    processes.stop();
    tool.stop('SIGKILL');
  }
}

/** Lives too short to be seen in the process table: it writes down what it was given, where the scanner looks. */
function telltaleGit({ root }: Sandbox): string {
  const folder = join(root, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'git'), '#!/bin/sh\nenv > "$0.environment"\nexit 1\n', { mode: 0o755 });
  return folder;
}

/** Command lines are everybody's. An environment holds what its process needs: pods their Redis password, the tool what it was given. */
function letOutBy(seen: readonly Seen[], toolPid: number, canaries: Canaries): readonly string[] {
  const own = seen.filter(({ pid }) => pid === toolPid).map(({ commandLine }) => commandLine);
  // Between fork and exec a child looks like its parent.
  const children = seen.filter(({ pid, commandLine }) => pid !== toolPid && !own.includes(commandLine));
  expect(new Set(children.flatMap(({ commandLine }) => /^launchstorm (\w+)/.exec(commandLine)?.[1] ?? []))).toContain('watchdog');
  const needed = ({ commandLine }: Seen) => (/^launchstorm (pod|sidecar) /.test(commandLine) ? ['redis password', 'login cache'] : []);
  return [
    ...seen.flatMap(({ commandLine }) => sightingsIn(`command line of ${commandLine}`, commandLine, canaries)),
    ...children.flatMap((one) =>
      sightingsIn(`environment of ${one.commandLine}`, one.environment, canaries).filter(
        (sighting) => !needed(one).some((name) => sighting.endsWith(`: ${name}`)),
      ),
    ),
  ];
}

/** The fault is open: every password that there is now. The file that holds them is the user's own. */
async function secretsWhenOpen(sandbox: Sandbox, tool: RunningTool): Promise<Canaries> {
  const path = join(sandbox.out, 'undo.secrets');
  await tool.said('during redis-auth');
  const text = await readFile(path, 'utf8');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const { values, logins } = JSON.parse(text) as Secrets;
  const passwords = Object.entries(logins).map(([name, { password }]) => [`login ${name}`, password] as const);
  return Object.fromEntries([...passwords, ...Object.entries(values)]);
}

/** As a careless service would: into its own log, in several shapes. */
function printSecrets({ out }: Sandbox, canaries: Canaries): void {
  const password = canaries['login cache'] as string;
  const lines = [`login with ${password}`, `redis://x:${encodeURIComponent(password)}@y`, JSON.stringify({ msg: password })];
  for (const pod of ['pod-1', 'pod-2']) appendFileSync(join(out, 'logs', `${pod}.log`), `${lines.join('\n')}\n`);
}

function passwordIn(url: string): string {
  return decodeURIComponent(new URL(url).password);
}
