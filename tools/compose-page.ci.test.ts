import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DockerBench, openDocker } from '../platforms/compose/fixtures/docker-bench.ts';
import { readPage } from './doc-commands/page.ts';
import { follow } from './doc-commands/reader.ts';
import { openCheckout } from './fixtures/checkout.ts';

const path = 'docs/compose.md';

let docker: DockerBench;
beforeAll(async () => {
  docker = await openDocker();
}, 240_000);
afterAll(() => docker.close(), 60_000);

test(`${path}, followed word by word, with the launch day in containers at its end`, { timeout: 500_000 }, async () => {
  const checkout = await openCheckout({ ...docker.environment, LAUNCHSTORM_PORTS: '0' });
  try {
    await follow(readPage(path, readFileSync(join(import.meta.dirname, '..', path), 'utf8')), checkout, { plays: true, docker: true });
    const report = JSON.parse(checkout.read('runs/latest/report.json'));
    console.log(JSON.stringify(report.verdict), JSON.stringify(report.pods));
    expect(report).toMatchObject({ platform: 'compose', scenario: 'scenarios/launch-day.ts', verdict: { cleanup: 'restored' } });
    expect(report.faults.map(({ bite }: { bite: { proven: boolean } }) => bite.proven)).toEqual([true, true]);
    expect(await docker.docker('ps', '--quiet', '--all')).toBe('');
  } finally {
    checkout.remove();
  }
});
