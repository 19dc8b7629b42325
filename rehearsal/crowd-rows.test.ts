import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { checkScenario } from './check.ts';
import { crowdOf, joinedMs } from './crowd-of.ts';
import { crowdRows } from './crowd-rows.ts';
import { loadScenario } from './load-scenario.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchstorm-crowd-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every default of the crowd says where it comes from', () => {
  const without: string[] = [];
  const visit = (schema: { [key: string]: unknown }, path: string): void => {
    if ('default' in schema && path !== '' && !('basis' in schema) && schema['type'] !== 'object') without.push(path);
    for (const [name, each] of Object.entries((schema['properties'] ?? {}) as { [name: string]: { [key: string]: unknown } }))
      visit(each, `${path}.${name}`);
    for (const each of [...((schema['oneOf'] ?? []) as []), ...((schema['anyOf'] ?? []) as [])]) visit(each, path);
  };
  visit(z.toJSONSchema(crowdRows, { io: 'input' }) as { [key: string]: unknown }, '');
  expect(without).toEqual([]);
  const sources = JSON.stringify(z.toJSONSchema(crowdRows, { io: 'input' }));
  for (const basis of ['sourced', 'assumed']) expect(sources).toContain(`"basis":"${basis}"`);
});

test('a scenario that says nothing about its crowd holds as many players as it names, with sessions that were measured', () => {
  const crowd = crowdOf(crowdRows.parse({ players: 200 }), 7);
  expect(crowd).toMatchObject({ seed: 7, players: 200, joinMs: 4000, shape: { shape: 'constant' }, callOuts: null });
  expect(crowd.sessions).toEqual({ law: 'weibull', shape: '0.5', meanMs: 2_400_000 });
  expect(crowd.parties).toEqual({ share: 0.3, withinMs: 5000 });
});

test.each([
  [
    { law: 'weibull', shape: 0.7, mean: '90m' },
    { law: 'weibull', shape: '0.7', meanMs: 5_400_000 },
  ],
  [
    { law: 'lognormal', sigma: 1.69, mean: '40m' },
    { law: 'lognormal', sigma: '1.69', meanMs: 2_400_000 },
  ],
  [
    { law: 'pareto', shape: 2.5, mean: '10m' },
    { law: 'pareto', shape: '2.5', meanMs: 600_000 },
  ],
  [
    { law: 'exponential', mean: '10m' },
    { law: 'exponential', meanMs: 600_000 },
  ],
  [
    { law: 'empirical', cdf: [{ share: 1, within: '9m' }] },
    { law: 'empirical', cdf: [{ share: 1, ms: 540_000 }] },
  ],
  ['endless', { law: 'endless' }],
] as const)('sessions %o', (written, sessions) => {
  expect(crowdOf(crowdRows.parse({ sessions: written }), 7).sessions).toEqual(sessions);
});

test('what comes before everybody is there is warm-up', () => {
  const joined = (crowd: unknown) => joinedMs(crowdRows.parse(crowd));
  expect(joined({ join: '2s' })).toBe(2000);
  expect(joined({ arrivals: { shape: 'launch' } })).toBe(330_000);
  expect(joined({ arrivals: { shape: 'ramp', over: '1s' }, join: '3s' })).toBe(3000);
});

test('everything that is wrong with a crowd is said at once', () => {
  const checked = checkScenario(
    {
      title: 'x',
      crowd: {
        mix: { pirate: 1 },
        sessions: { law: 'empirical', cdf: [{ share: 0.5, within: '5m' }] },
        arrivals: {
          shape: 'curve',
          points: [
            { at: '5s', players: 0 },
            { at: '5s', players: 0 },
          ],
        },
      },
      expect: [{ share: 'useful', of: 'chain', atLeast: 0.5, in: 'run' }],
    },
    'x.ts',
  );
  expect(placesOf(checked)).toEqual(
    ['x.ts: crowd.arrivals.points', 'x.ts: crowd.arrivals.points[1].at', 'x.ts: crowd.mix.pirate', 'x.ts: crowd.sessions.cdf'].sort(),
  );
  const rows = checkScenario(
    { title: 'x', crowd: { sessions: 'forever', arrivals: { shape: 'launch', over: '1ms' }, parties: { share: 2 } }, expect: [] },
    'x.ts',
  );
  expect(placesOf(rows)).toEqual(['x.ts: crowd.arrivals.over', 'x.ts: crowd.parties.share', 'x.ts: crowd.sessions', 'x.ts: expect']);
  const shrinks = {
    title: 'x',
    crowd: { sessions: 'endless', arrivals: { shape: 'diurnal' } },
    expect: [{ share: 'useful', of: 'chain', atLeast: 0.5, in: 'run' }],
  };
  expect(placesOf(checkScenario(shrinks, 'x.ts'))).toEqual(['x.ts: crowd.sessions']);
});

test('a curve is read from a file beside the scenario, and is scaled to the players', async () => {
  await writeFile(join(folder, 'friday.csv'), 'seconds,players\n# the first evening\n0,100\n60, 1000\n\n120;500\n');
  const loaded = await load("{ shape: 'curve', file: 'friday.csv' }");
  expect(loaded).toMatchObject({ ok: true });
  if (!loaded.ok) return;
  expect(crowdOf(loaded.value.scenario.crowd, 7).shape).toEqual({
    shape: 'curve',
    points: [
      { ms: 0, share: 0.1 },
      { ms: 60_000, share: 1 },
      { ms: 120_000, share: 0.5 },
    ],
  });
});

test('a curve that cannot be read is one problem of several, with the line', async () => {
  await writeFile(join(folder, 'broken.csv'), '0,100\nsoon,many\n');
  expect(placesOf(await load("{ shape: 'curve', file: 'broken.csv' }", 'pods: 0,'))).toEqual([
    expect.stringMatching(/: broken\.csv:2$/),
    expect.stringMatching(/: pods$/),
  ]);
  expect(placesOf(await load("{ shape: 'curve', file: 'gone.csv' }"))).toEqual([expect.stringMatching(/: crowd\.arrivals\.file$/)]);
});

let files = 0;

async function load(arrivals: string, more = ''): Promise<Awaited<ReturnType<typeof loadScenario>>> {
  const path = join(folder, `scenario-${files++}.mts`);
  const expectation = "{ share: 'useful', of: 'chain', atLeast: 0.5, in: 'run' }";
  await writeFile(path, `export const scenario = { title: 'x', ${more} crowd: { arrivals: ${arrivals} }, expect: [${expectation}] };`);
  return loadScenario(path);
}

function placesOf(result: { ok: true } | { ok: false; problems: readonly { place: string }[] }): readonly string[] {
  return result.ok ? [] : result.problems.map(({ place }) => place).sort();
}
