import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeImageByNpm, servingModules } from './fixtures/local-images.ts';
import { type PrivateEngine, startPrivateEngine } from './fixtures/private-engine.ts';

const run = promisify(execFile);
const image = 'launchstorm-by-npm:local';

let engine: PrivateEngine;
beforeAll(async () => {
  engine = await startPrivateEngine();
  await makeImageByNpm(image, engine.address);
}, 300_000);
afterAll(() => engine.stop(), 60_000);

async function docker(...words: readonly string[]): Promise<string> {
  return (await run('docker', ['-H', engine.address, ...words], { maxBuffer: 16 * 1024 * 1024 })).stdout;
}

async function inImage(...words: readonly string[]): Promise<string> {
  return docker('run', '--rm', '--network', 'none', '--read-only', image, ...words);
}

test('npm ci puts exactly the modules into the image that the service needs, and it says what it can be told', {
  timeout: 60_000,
}, async () => {
  const lock = JSON.parse(await inImage('cat', 'node_modules/.package-lock.json')) as { packages: object };
  expect(Object.keys(lock.packages).sort()).toEqual([...(await servingModules())].sort());
  for (const program of ['service/main.ts', 'service/sidecar/sidecar-main.ts']) {
    expect(JSON.parse(await inImage('node', program, '--print-schema'))).toHaveProperty('properties');
  }
});

test('nothing of the way to the registry is in the image, and nobody in it is root', { timeout: 60_000 }, async () => {
  expect(await inImage('sh', '-c', 'ls /root/.npmrc /app/.npmrc 2>/dev/null; echo looked')).toBe('looked\n');
  const history = await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', image);
  expect(history).not.toMatch(/BEGIN CERTIFICATE|ca\[\]|_authToken/);
  expect((await docker('inspect', '--format', '{{.Config.User}}', image)).trim()).toBe('1000:1000');
});
