import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { composeProgram } from './fixtures/docker-bench.ts';

const run = promisify(execFile);
const composeFile = join(import.meta.dirname, '..', '..', 'docker-compose.yml');
type Services = { [name: string]: { command?: readonly string[] | null; environment?: { [name: string]: string } } };

const always = ['prepare', 'redis', 'treasure'];

/** As Compose understands it: every variable has its default, every reference leads somewhere. It warns on stderr. */
async function configured(profiles: readonly string[]): Promise<Services> {
  const words = profiles.flatMap((profile) => ['--profile', profile]);
  const environment = { PATH: process.env['PATH'] ?? '', LAUNCHSTORM_CACHE: profiles.includes('dragonfly') ? 'dragonfly' : '' };
  const { stdout, stderr } = await run(composeProgram, ['--file', composeFile, ...words, 'config', '--format', 'json'], {
    env: environment,
  });
  expect(stderr).toBe('');
  const { services } = JSON.parse(stdout) as { services: Services };
  expect(services['treasure']?.environment?.['TREASURE_REDIS_HOST']).toBe(profiles.includes('dragonfly') ? 'dragonfly' : 'redis');
  return services;
}

/** `--name` and `--name=value` of a service's command. */
async function optionsOf(profile: string, service: string): Promise<readonly string[]> {
  const command = (await configured([profile]))[service]?.command ?? [];
  const options = command.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/s, ''));
  expect(options.length).toBeGreaterThan(0);
  return options;
}

test.each([
  [[], always],
  [['dragonfly'], [...always, 'dragonfly']],
  [['watch'], [...always, 'grafana', 'prometheus']],
  [['k6'], [...always, 'k6']],
  [
    ['dragonfly', 'watch', 'k6'],
    [...always, 'dragonfly', 'grafana', 'k6', 'prometheus'],
  ],
] as const)('docker compose config is clean with the profiles %j', async (profiles, services) => {
  expect(Object.keys(await configured(profiles)).sort()).toEqual([...services].sort());
});

/** The programs of this machine, not of the images: Debian's Prometheus 2 and our k6 1.8. */
test.each([
  ['watch', 'prometheus', 'prometheus', ['--help']],
  ['k6', 'k6', 'k6', ['run', '--help']],
] as const)('with profile %s service %s gets no option that its program does not know', async (profile, service, program, help) => {
  const { stdout, stderr } = await run(program, help);
  for (const option of await optionsOf(profile, service)) expect(`${stdout}${stderr}`).toMatch(new RegExp(`(^|[\\s\\]])${option}[\\s=,]`));
});

/**
 * https://www.dragonflydb.io/docs/managing-dragonfly/flags; `logtostderr` is of the logger that it is built with, `version_check`
 * and what `maxmemory` must be at least stand in its src/server/dfly_main.cc.
 */
test('Dragonfly gets documented flags only', async () => {
  const documented = [
    '--flagfile',
    '--proactor_threads',
    '--maxmemory',
    '--cache_mode',
    '--dbfilename',
    '--version_check',
    '--logtostderr',
  ];
  expect(await optionsOf('dragonfly', 'dragonfly')).toEqual(documented);
});
