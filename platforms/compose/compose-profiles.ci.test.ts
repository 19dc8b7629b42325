import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { composeProgram } from './fixtures/docker-bench.ts';

const run = promisify(execFile);
const composeFile = join(import.meta.dirname, '..', '..', 'docker-compose.yml');
const always = ['prepare', 'redis', 'treasure'];

/** As Compose understands it: every variable has its default, every reference leads somewhere. It warns on stderr. */
async function configured(profiles: readonly string[]): Promise<readonly string[]> {
  const words = profiles.flatMap((profile) => ['--profile', profile]);
  const environment = { PATH: process.env['PATH'] ?? '', LAUNCHSTORM_CACHE: profiles.includes('dragonfly') ? 'dragonfly' : '' };
  const { stdout, stderr } = await run(composeProgram, ['--file', composeFile, ...words, 'config', '--format', 'json'], {
    env: environment,
  });
  expect(stderr).toBe('');
  const { services } = JSON.parse(stdout) as { services: { [name: string]: { environment?: { [name: string]: string } } } };
  expect(services['treasure']?.environment?.['TREASURE_REDIS_HOST']).toBe(profiles.includes('dragonfly') ? 'dragonfly' : 'redis');
  return Object.keys(services).sort();
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
  expect(await configured(profiles)).toEqual([...services].sort());
});
