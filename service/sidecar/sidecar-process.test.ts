import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startService } from '../fixtures/service-process.ts';
import { goodSearch } from '../openapi/fixtures/requests.ts';

const program = join(import.meta.dirname, 'sidecar-main.ts');
const folder = mkdtempSync(join(tmpdir(), 'sidecar-process-'));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(variables: { [name: string]: string }) {
  const env = { PATH: process.env['PATH'] ?? '', TREASURE_ENVIRONMENT: 'sidecar', ...variables };
  const child = spawn(process.execPath, [program], { env });
  started.push(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      output[name] += chunk.toString();
    });
  }
  return { child, output };
}

test('it serves beside a main process, outlives that, says who it is, drains on SIGTERM, and leaves nothing in the temp directory', async () => {
  const main = await startService({ TREASURE_ENVIRONMENT: 'sidecar' });
  const portFile = join(folder, 'port');
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const { child, output } = start({
    TREASURE_PORT_FILE: portFile,
    TREASURE_UPSTREAM_PORT: String(main.port),
    TREASURE_POD_NAME: 'pod-4',
    TMPDIR: temporary,
  });
  while (!existsSync(portFile)) await new Promise((resolve) => setTimeout(resolve, 20));
  const origin = `http://127.0.0.1:${JSON.parse(readFileSync(portFile, 'utf8')).port}`;
  const get = (path: string) => fetch(origin + path);

  expect((await get('/v1/spawns?near=t-0-5-5-0&radius=64')).status).toBe(200);
  main.child.kill('SIGKILL');
  await main.stop();
  expect((await get('/v1/spawns?near=t-0-5-5-0&radius=64')).status).toBe(200);
  expect((await get('/v1/biomes/nimbus/5/5/map?size=16')).status).toBe(200);
  const search = await fetch(`${origin}/v1/treasures/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(goodSearch),
  });
  expect([search.status, search.headers.get('x-pod')]).toEqual([200, 'pod-4']);

  const { environment, hash } = (await (await get('/configz')).json()) as { environment: string; hash: string };
  const metrics = await (await get('/metrics')).text();
  expect(metrics).toContain(`treasure_info{environment="sidecar",config_hash="${hash}",pod="pod-4"} 1`);
  expect(metrics).toContain(`treasure_info{environment="sidecar",config_hash="${hash}"`);
  // One answer of the main process was kept, another one was asked for when it was gone, and worked out here.
  expect(metrics).toContain('treasure_upstream_requests_total{outcome="reply"} 1\n');
  expect(metrics).toContain('treasure_upstream_requests_total{outcome="away"} 1\n');
  expect(metrics).toContain('treasure_upstream_request_seconds_count 2\n');
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  const lines = output.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([code, environment, readdirSync(temporary)]).toEqual([0, 'sidecar', []]);
  for (const line of lines) expect(line).toMatchObject({ role: 'sidecar', environment: 'sidecar', pod: 'pod-4', config: hash });
});

test('without its secret it refuses to start, and names the key', async () => {
  const { child, output } = start({ TREASURE_REDIS_PORT: '1' });
  const [code] = await once(child, 'close');
  expect([code, output.stderr]).toEqual([64, expect.stringContaining('TREASURE_REDIS_PASSWORD is missing or empty')]);
});
