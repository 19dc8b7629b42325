import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { residentBytes, search, searchHead } from './fixtures/callers.ts';
import { type ServiceProcess, sidecarProgram, startService } from './fixtures/service-process.ts';
import { connectTimes } from './openapi/fixtures/connection.ts';

describe.each([
  ['the service', undefined],
  ['its sidecar', sidecarProgram],
])('%s', (_name, program) => {
  const folder = mkdtempSync(join(tmpdir(), 'treasure-slow-'));
  const accessLog = join(folder, 'access.log');
  let service: ServiceProcess;
  let origin: string;

  beforeAll(async () => {
    service = await startService({ TREASURE_REQUEST_TIMEOUT_MS: 'none', TREASURE_ACCESS_LOG_FILE: accessLog }, program);
    origin = `http://127.0.0.1:${service.port}`;
  });

  afterAll(async () => {
    expect(await service.stop()).toBe(0);
    rmSync(folder, { recursive: true });
  });

  const bytesMaxGrown = 96 * 1_024 * 1_024;

  test('1,000 callers that trickle their body hold a connection each, no more; others are served meanwhile, and they are sent away', async () => {
    const before = await residentBytes(origin);
    const sockets = await connectTimes(service.port, 1_000);
    const statuses = sockets.map(statusOf);
    for (const socket of sockets) socket.write(`${searchHead(500)}{`);
    const trickle = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write(' ');
    }, 1_000);
    expect(await Promise.all([search(origin), search(origin), search(origin)])).toEqual([200, 200, 200]);
    expect((await residentBytes(origin)) - before).toBeLessThan(bytesMaxGrown);

    expect(new Set(await Promise.all(statuses))).toEqual(new Set(['408']));
    clearInterval(trickle);
    expect(await search(origin)).toBe(200);
    const booked = readFileSync(accessLog, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').slice(2).join(' '));
    expect(booked.filter((line) => line === 'other 408')).toHaveLength(1_000);
    expect(booked.filter((line) => line.startsWith('search'))).toEqual(Array(4).fill('search 200'));
  }, 40_000);
});

async function statusOf(socket: Socket): Promise<string | undefined> {
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text.split(' ')[1];
}
