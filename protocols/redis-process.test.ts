import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processesOfRun } from '../machine/process-table.ts';
import { cacheProcessSuite } from './launch/contract.ts';
import { findRealServer, startCacheServer } from './redis-process.ts';
import { openResp } from './resp/connection.ts';

cacheProcessSuite('embedded', /^embedded cache server$/, async () => ({}));

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchstorm-choice-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function program(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  await chmod(join(folder, name), 0o755);
  return join(folder, name);
}

test('without a real server `auto` takes the embedded one, and `real` says what to do', async () => {
  const request = { runId: 'choice', folder, password: 'pw', environment: { PATH: join(folder, 'nowhere') } };
  const server = await startCacheServer({ ...request, prefer: 'auto' });
  await server.stop();
  expect(server.engine).toBe('embedded cache server');
  await expect(startCacheServer({ ...request, prefer: 'real' })).rejects.toThrow('LAUNCHSTORM_REDIS_SERVER');
});

test('a dummy is the embedded server, whatever is on the machine, and a real one cannot be one', async () => {
  const request = { runId: 'dummy', folder, password: 'pw', dummy: true };
  const server = await startCacheServer({ ...request, prefer: 'auto' });
  try {
    const connection = await openResp({ host: server.host, port: server.port, timeoutMs: 2000 });
    expect((await connection.ask('AUTH', 'some other password')).raw).toBe('+OK\r\n');
    connection.close();
  } finally {
    await server.stop();
  }
  expect(server.engine).toBe('embedded cache server (dummy: takes any password)');
  await expect(startCacheServer({ ...request, prefer: 'real' })).rejects.toThrow('a real server refuses wrong ones');
});

test('a real server is looked for on the PATH, unless one is named; a wrong name is an error', async () => {
  const onPath = await program('valkey-server', '#!/bin/sh\n');
  expect(await findRealServer({ PATH: `/nowhere:${folder}` })).toBe(onPath);
  expect(await findRealServer({ PATH: folder, LAUNCHSTORM_REDIS_SERVER: process.execPath })).toBe(process.execPath);
  await expect(findRealServer({ PATH: folder, LAUNCHSTORM_REDIS_SERVER: '/nowhere/redis-server' })).rejects.toThrow(
    '/nowhere/redis-server',
  );
});

test('a real server that ends at once is tried a few times and leaves nothing behind', async () => {
  const broken = await program('redis-server', '#!/bin/sh\nexit 1\n');
  const request = {
    runId: `broken-${process.pid}`,
    folder,
    password: 'pw',
    prefer: 'real' as const,
    environment: { LAUNCHSTORM_REDIS_SERVER: broken },
  };
  await expect(startCacheServer(request)).rejects.toThrow('did not start in 5 attempts');
  expect(processesOfRun(request.runId)).toEqual([]);
});

test('a run whose id would break out of the command line is refused', async () => {
  await expect(startCacheServer({ runId: 'a b\n', folder, password: 'pw', prefer: 'embedded' })).rejects.toThrow("a run's id");
});

async function runCacheMain(input: string, args: readonly string[] = []): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('cache-main.ts', import.meta.url)), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

test('the cache process refuses a configuration it does not understand, naming every problem and no secret', async () => {
  const { code, output } = await runCacheMain('{"password":"geheim","port":-1,"maxMemoryMiB":"much","extra":true}\n');
  expect(code).toBe(64);
  for (const place of ['port', 'portFile', 'maxMemoryMiB', 'extra']) expect(output).toContain(place);
  expect(output).not.toContain('geheim');
  expect((await runCacheMain('nonsense')).code).toBe(64);
  expect((await runCacheMain('{}\n', ['--what'])).code).toBe(64);
});

test('every log line is one JSON object', async () => {
  const server = await startCacheServer({ runId: 'logs', folder, password: 'pw', prefer: 'embedded' });
  await server.stop();
  const lines = (await readFile(join(folder, 'logs', 'cache.log'), 'utf8')).trim().split('\n');
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
  expect(events.slice(-2)).toEqual(['listening', 'stopping']);
});
