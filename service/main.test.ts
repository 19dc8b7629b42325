import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const program = join(import.meta.dirname, 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'treasure-main-'));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(variables: { [name: string]: string }, args: string[] = []) {
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env['PATH'] ?? '', ...variables } });
  started.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  return { child, output };
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'close');
  return code;
}

async function portFrom(path: string): Promise<number> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 20));
  return JSON.parse(readFileSync(path, 'utf8')).port;
}

test('--print-schema prints what can be configured', async () => {
  const { child, output } = start({}, ['--print-schema']);
  expect(await exitOf(child)).toBe(0);
  expect(JSON.parse(output.stdout).properties.redisTimeoutMs.variable).toBe('TREASURE_REDIS_TIMEOUT_MS');
});

test('it refuses to start without the secret, and names every problem', async () => {
  const { child, output } = start({ TREASURE_REDIS_PORT: '6379', TREASURE_LOG_LEVEL: 'loud' });
  expect(await exitOf(child)).toBe(64);
  expect(output.stderr).toContain('TREASURE_REDIS_PASSWORD is missing or empty');
  expect(output.stderr).toContain('TREASURE_LOG_LEVEL');
  expect(output.stdout).toBe('');
});

test('a port that somebody else has, and an address that is not ours, are named', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const variables = { TREASURE_REDIS_PORT: '1', TREASURE_REDIS_PASSWORD: 'x' };
  for (const [place, address] of [
    [{ TREASURE_PORT: port }, `127.0.0.1:${port}`],
    [{ TREASURE_HOST: '203.0.113.7' }, '203.0.113.7'],
  ] as const) {
    const { child, output } = start({ ...variables, ...place });
    const code = await exitOf(child);
    expect({ code, output }).toMatchObject({ code: expect.any(Number), output: { stdout: expect.any(String) } });
    expect(code).not.toBe(0);
    expect(output.stdout + output.stderr).toContain(address);
  }
  other.close();
});

test('an unknown argument is refused', async () => {
  const { child, output } = start({}, ['--port=1']);
  expect(await exitOf(child)).toBe(64);
  expect(output.stderr).toContain('--port=1');
});

test('it serves with Redis away, shows it, never tells the password, and drains on SIGTERM', async () => {
  const portFile = join(folder, 'port.json');
  const secret = 'correct horse';
  const { child, output } = start({
    TREASURE_PORT_FILE: portFile,
    TREASURE_REDIS_PORT: '1',
    TREASURE_REDIS_PASSWORD: secret,
  });
  const origin = `http://127.0.0.1:${await portFrom(portFile)}`;
  expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({ ready: true, redis: 'down' });
  const spawns = await fetch(`${origin}/v1/spawns?near=t-0-1-1-0&radius=8`);
  expect(spawns.status).toBe(200);
  const shown = (await (await fetch(`${origin}/configz`)).text()) + (await (await fetch(`${origin}/metrics`)).text());
  expect(shown).toMatch(/treasure_redis_errors_total\{reason="connection"\} [1-9]/);

  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
  expect(shown + output.stdout + output.stderr).not.toContain(secret);
  expect(output.stdout.match(/"redis":"down"/g)).toHaveLength(1);
  await expect(fetch(origin)).rejects.toThrow();
});

test('what is no HTTP gets a labelled 400, and the service lives on', async () => {
  const portFile = join(folder, 'port-2.json');
  const { child } = start({ TREASURE_PORT_FILE: portFile, TREASURE_POD_NAME: 'pod-9' });
  const port = await portFrom(portFile);
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write('GARBAGE\r\n\r\n');
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toMatch(/x-pod: pod-9\r\nx-request-id: \S{36}\r\n/);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
});

test('a request under way is answered before the service ends', async () => {
  const portFile = join(folder, 'port-3.json');
  const { child } = start({ TREASURE_PORT_FILE: portFile });
  const socket = connect(await portFrom(portFile), '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write('GET /v1/spawns?near=t-0-1-1-0&radius=8 HTTP/1.1\r\nhost: x\r\n');
  await new Promise((resolve) => setTimeout(resolve, 100));
  child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.write('\r\n');
  expect(await exitOf(child)).toBe(0);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});
