import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { processesNaming } from './fixtures/leftovers.ts';
import { filesIn, inSandbox, type Sandbox } from './fixtures/sandbox.ts';
import { runTool } from './fixtures/tool.ts';

/**
 * Wrong input: every problem at once, each with its place and a remedy, exit 64, and nothing was started. `CWD` and `OUT` stand
 * for folders of the test, `NOBODY` for an address on loopback where nobody listens.
 */
type Case = {
  says: string;
  args: readonly string[];
  variables?: { [name: string]: string };
  files?: { [name: string]: string };
  /** Where the problems are, one each. */
  places: readonly (string | RegExp)[];
};

const wrongTypes = `export const scenario = {
  title: 7, pods: 0, surprise: true,
  crowd: { players: -5, join: 'soon' },
  service: { noSuchThing: 1, redisTimeoutMs: -3 },
  timeline: [{ at: '-3s', for: '1s', fault: { kind: 'pod-kill' } }, { at: '5s', for: '2s', fault: { kind: 'meteor' } }],
  expect: [{ share: 'useful', of: 'chain', atLeast: 2, in: 'run' }],
};`;

const twoAtOnce = `export const scenario = {
  title: 'Two', crowd: { mix: { explorer: 6, dragon: 2 } },
  timeline: [{ at: '9s', for: '2s', fault: { kind: 'pod-kill', pods: 9 } }],
  expect: [{ recovery: 'latency', of: 'search', within: '20 seconds', after: 'every fault' }],
};`;

const impossible = `export const scenario = {
  title: 'Impossible', pods: 2, crowd: { mix: { pirate: 1 } },
  timeline: [{ at: '1s', for: '0s', fault: { kind: 'pod-kill', pods: 3 } }],
  expect: [{ share: 'useful', of: 'chain', atLeast: 1, in: 'run' }],
};`;

const breaksRedis = `export const scenario = {
  title: 'Breaks Redis',
  timeline: [{ at: '9s', for: '2s', fault: { kind: 'redis-auth' } }],
  expect: [{ share: 'useful', of: 'chain', atLeast: 0.5, in: 'run' }],
};`;

const theirs = { LAUNCHSTORM_REDIS_URL: 'redis://shop:hunter2@NOBODY' };

const cases: readonly Case[] = [
  { says: 'an unknown scenario', args: ['rehearse', 'no-such'], places: ['no-such'] },
  { says: 'a folder in place of a scenario', args: ['rehearse', 'folder.ts'], files: { 'folder.ts/x': '' }, places: [/folder\.ts$/] },
  { says: 'a syntax error', args: ['plan', 'torn.ts'], files: { 'torn.ts': 'export const scenario = { title: ;' }, places: [/torn\.ts$/] },
  {
    says: 'a file without a scenario',
    args: ['plan', 'other.ts'],
    files: { 'other.ts': 'export const other = 1;' },
    places: [/other\.ts$/],
  },
  {
    says: 'something misspelt beside somebody whom nobody knows',
    args: ['plan', 'two.ts'],
    files: { 'two.ts': twoAtOnce },
    places: ['two.ts: expect[0].within', 'two.ts: crowd.mix.dragon', 'two.ts: timeline[0].fault.pods'],
  },
  {
    says: 'wrong types and negative numbers in a scenario, beside an unknown option',
    args: ['rehearse', 'wrong.ts', '--fast'],
    files: { 'wrong.ts': wrongTypes },
    places: [
      '--fast',
      'wrong.ts: title',
      'wrong.ts: pods',
      'wrong.ts: crowd.players',
      'wrong.ts: crowd.join',
      'wrong.ts: timeline[0].at',
      'wrong.ts: timeline[1].fault.kind',
      'wrong.ts: expect[0].atLeast',
      'wrong.ts: surprise',
      'wrong.ts: service.noSuchThing',
      'wrong.ts: service.redisTimeoutMs',
    ],
  },
  {
    says: 'what is well formed and cannot be',
    args: ['rehearse', 'impossible.ts'],
    files: { 'impossible.ts': impossible },
    places: ['crowd.mix.pirate', 'timeline[0].at', 'timeline[0].for', 'timeline[0].fault.pods'].map((place) => `impossible.ts: ${place}`),
  },
  {
    says: 'every kind of wrong option at once',
    args: [
      'rehearse',
      'launch-day',
      'more',
      '--fast',
      '--players',
      '-3',
      '--seed',
      '1.5',
      '--keep',
      '0',
      '--guard',
      'tired',
      '--platform=cloud',
    ],
    places: ['--platform', '--seed', '--players', '--keep', '--fast', 'more', '--guard'],
  },
  {
    says: 'onlookers that nobody can be',
    args: ['rehearse', 'launch-day', '--metrics', 'soon'],
    variables: { LAUNCHSTORM_GRAFANA_URL: 'ftp://me:hush@example.com' },
    places: ['--metrics', 'LAUNCHSTORM_GRAFANA_URL', 'LAUNCHSTORM_GRAFANA_URL', 'LAUNCHSTORM_GRAFANA_TOKEN'],
  },
  {
    says: 'wrong variables',
    args: ['rehearse'],
    variables: {
      LAUNCHSTORM_SEED: 'abc',
      LAUNCHSTORM_PLAYERS: '-1',
      LAUNCHSTORM_FOR: 'soon',
      LAUNCHSTORM_YES: 'maybe',
      LAUNCHSTORM_REDIS_SERVER: '/no/such/server',
    },
    places: ['LAUNCHSTORM_SEED', 'LAUNCHSTORM_PLAYERS', 'LAUNCHSTORM_FOR', 'LAUNCHSTORM_YES', 'LAUNCHSTORM_REDIS_SERVER'],
  },
  { says: 'an empty name for the folder', args: ['rehearse', '--out='], places: ['--out'] },
  {
    says: 'a folder that holds something, and too little time',
    args: ['rehearse', '--out', 'full', '--for', '3s'],
    files: { 'full/of': 'something' },
    places: ['--out', '--for'],
  },
  { says: 'a file in place of the folder', args: ['rehearse', '--out', 'file'], files: { file: '' }, places: ['--out', 'folder'] },
  { says: 'no URL to load', args: ['load'], places: ['URL'] },
  { says: 'credentials in the URL', args: ['load', 'http://me:hunter2@127.0.0.1:1'], places: ['URL'] },
  {
    says: 'a target that is down, a bad header, nobody to play, and a folder that holds something',
    args: ['load', 'http://NOBODY', '--header', 'nonsense', '--players', '0', '--out', 'full'],
    files: { 'full/of': 'something' },
    places: ['--players', /^http:\/\/127\.0\.0\.1:\d+$/, '--header', '--out'],
  },
  {
    says: 'a Redis URL that is none',
    args: ['rehearse'],
    variables: { LAUNCHSTORM_REDIS_URL: 'nonsense' },
    places: ['LAUNCHSTORM_REDIS_URL'],
  },
  {
    says: 'a Redis of the user without consent, without a guard, and that is down',
    args: ['rehearse', 'breaks-redis.ts'],
    files: { 'breaks-redis.ts': breaksRedis },
    variables: theirs,
    places: ['LAUNCHSTORM_REDIS_URL', 'LAUNCHSTORM_REDIS_URL', 'LAUNCHSTORM_REDIS_URL'],
  },
  {
    says: 'a Redis of the user without consent and with a guard that is none',
    args: ['rehearse', 'breaks-redis.ts', '--guard', 'useful<2'],
    files: { 'breaks-redis.ts': breaksRedis },
    variables: theirs,
    places: ['--guard', 'LAUNCHSTORM_REDIS_URL', 'LAUNCHSTORM_REDIS_URL'],
  },
];

describe.concurrent('wrong input is refused, and nothing is started:', () => {
  test.each(cases)('$says', { timeout: 30_000 }, ({ args, variables = {}, files = {}, places }) =>
    inSandbox(async (sandbox) => {
      const given = await prepareInput(sandbox, { args, variables, files });
      const before = await filesIn(sandbox.root);
      const { exitCode, stdout, stderr } = await runTool(sandbox, [...given.args, '--json'], given.variables);
      const told = JSON.parse(stdout) as { problems: { place: string; problem: string; remedy: string }[]; exitCode: number };
      const found = told.problems.map(({ place }) => place);
      for (const place of places) expect(found).toContainEqual(place instanceof RegExp ? expect.stringMatching(place) : place);
      expect(found).toHaveLength(places.length);
      for (const { place, problem, remedy } of told.problems) {
        expect([problem, remedy]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
        expect(stderr).toContain(`  ${place}: ${problem}\n    -> ${remedy}\n`);
      }
      expect({ exitCode, told: told.exitCode }).toEqual({ exitCode: 64, told: 64 });
      expect(stdout + stderr).not.toContain('hunter2');
      expect(await filesIn(sandbox.root)).toEqual(before);
      expect(await readdir(sandbox.cwd)).not.toContain('runs');
      expect(processesNaming([sandbox.root])).toEqual([]);
    }),
  );

  test.each(['frobnicate', 'rehearse --seed', 'status now', 'render', 'render nothing-here', ''])(
    'launchstorm %s',
    { timeout: 30_000 },
    (line) =>
      inSandbox(async (sandbox) => {
        const { exitCode, stdout, stderr } = await runTool(
          sandbox,
          line.split(' ').filter((word) => word !== ''),
        );
        expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
        expect(stderr).toMatch(/\w/);
        expect(await filesIn(sandbox.root)).toEqual([]);
      }),
  );
});

type Input = Required<Pick<Case, 'args' | 'variables' | 'files'>>;

/** Writes the files and fills in the address where nobody listens. */
async function prepareInput({ cwd }: Sandbox, { args, variables, files }: Input): Promise<Pick<Input, 'args' | 'variables'>> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(cwd, name, '..'), { recursive: true });
    await writeFile(join(cwd, name), text);
  }
  const address = `127.0.0.1:${await freePort()}`;
  const fill = (text: string) => text.replace('NOBODY', address);
  return { args: args.map(fill), variables: Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, fill(text)])) };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
