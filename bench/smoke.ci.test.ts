import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Bench } from './bench-run.ts';
import { searchesOf } from './page/goals.ts';
import { playAccounting } from './parts/accounting.ts';
import { playRounds } from './parts/throughput.ts';
import { writeBodies, writePool } from './peers/bodies.ts';
import { peersNamed } from './peers/table.ts';

test('a server that hands out one empty chest in a hundred shows as that in our own count, to the chest', async () => {
  const { rounds, failed } = await playRounds(await shortBench(), peersNamed(['launchstorm']));
  expect(failed).toEqual([]);
  const [{ own, serverRequests, serverEmpties }] = rounds as [(typeof rounds)[0]];
  expect(own.requests).toBe(serverRequests);
  expect(own.empty).toBe(serverEmpties);
  expect(own.failed).toBe(0);
  const percent = (100 * serverEmpties) / searchesOf(serverRequests, serverEmpties);
  expect(percent).toBeGreaterThan(0.5);
  expect(percent).toBeLessThan(1.5);
});

test('what we say we sent is what the access log holds, to the request', async () => {
  const { sent, logLines, empty, loggedEmpty, others } = await playAccounting(await shortBench());
  expect(logLines).toBeGreaterThan(100);
  expect({ sent, empty, others }).toEqual({ sent: logLines, empty: loggedEmpty, others: 0 });
});

test('wrk, the limit, plays the same server', async () => {
  const { rounds, failed } = await playRounds(await shortBench(), peersNamed(['wrk']));
  expect(failed).toEqual([]);
  const [{ own, serverRequests }] = rounds as [(typeof rounds)[0]];
  // At its end it walks away from what is under way, which is at most one request on each connection.
  expect(serverRequests - (own.requests as number)).toBeGreaterThanOrEqual(0);
  expect(serverRequests - (own.requests as number)).toBeLessThanOrEqual(64);
  expect(own.failed).toBe(0);
});

async function shortBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-bench-smoke-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bodiesFile = join(folder, 'bodies.txt');
  const { bytesMean } = await writeBodies(bodiesFile, 17);
  expect(bytesMean).toBeGreaterThan(450);
  expect(bytesMean).toBeLessThan(570);
  const poolFile = join(folder, 'pool.json');
  await writePool(poolFile, 17);
  const times = { rounds: 1, warmupSeconds: 1, measuredSeconds: 2 };
  return {
    ...times,
    folder,
    bodiesFile,
    poolFile,
    players: 64,
    playersCore: 0,
    serverCore: 1,
    profilesFolder: folder,
    tell: () => {},
    awaitQuiet: async () => {},
    atTheEnd: () => {},
  };
}
