import { setTimeout as pause } from 'node:timers/promises';
import { machineCpuSeconds } from './processes/machine-load.ts';
import type { Started } from './processes/started.ts';
import { type Usage, usageOf } from './processes/usage.ts';
import type { BenchServer } from './server/nginx.ts';

/** What was seen from outside while somebody played: rates from the server's own counter, CPU and memory from the system. */
export type Seen = {
  /** From the start of the programs to the first request that the server saw, seconds. */
  firstRequestSeconds: number;
  /** CPU that the players had taken by then, seconds. */
  cpuSecondsBefore: number;
  /** Length of the measured stretch. */
  seconds: number;
  requestsPerSecond: number;
  /** Cores that the players, and the server, took in the measured stretch. */
  cores: number;
  serverCores: number;
  /** Cores that everybody else on the machine took meanwhile. */
  othersCores: number;
  cpuSecondsPer100k: number;
  /** Resident memory of the players together: the most that each of them has had, and at the end. */
  rssMb: number;
  rssEndMb: number;
  processes: number;
  connections: number;
};

export type WatchWishes = { warmupSeconds: number; measuredSeconds: number; firstRequestSecondsMax?: number };

/** Waits for the first request and the warm-up, then watches for as long as wished. */
export async function watchPlay(server: BenchServer, players: readonly Started[], wishes: WatchWishes): Promise<Seen> {
  const startedAtMs = performance.now();
  const firstAtMs = await firstRequestAt(server, players, startedAtMs + (wishes.firstRequestSecondsMax ?? 90) * 1000);
  const cpuSecondsBefore = usageOf(pidsOf(players)).cpuSeconds;
  await pause(wishes.warmupSeconds * 1000);
  const from = await look(server, players);
  await pause(wishes.measuredSeconds * 1000);
  const to = await look(server, players);
  const seconds = (to.atMs - from.atMs) / 1000;
  const requests = to.requests - from.requests;
  const cpuSeconds = to.players.cpuSeconds - from.players.cpuSeconds;
  const serverCpuSeconds = to.server.cpuSeconds - from.server.cpuSeconds;
  return {
    firstRequestSeconds: (firstAtMs - startedAtMs) / 1000,
    cpuSecondsBefore,
    seconds,
    requestsPerSecond: requests / seconds,
    cores: cpuSeconds / seconds,
    serverCores: serverCpuSeconds / seconds,
    othersCores: Math.max(0, to.machineCpuSeconds - from.machineCpuSeconds - cpuSeconds - serverCpuSeconds) / seconds,
    cpuSecondsPer100k: requests === 0 ? 0 : (cpuSeconds / requests) * 100_000,
    rssMb: to.players.rssBytesMax / 1e6,
    rssEndMb: to.players.rssBytes / 1e6,
    processes: to.players.processes,
    connections: to.connections,
  };
}

type Look = { atMs: number; requests: number; connections: number; players: Usage; server: Usage; machineCpuSeconds: number };

async function look(server: BenchServer, players: readonly Started[]): Promise<Look> {
  const { requests, active } = await server.count();
  return {
    atMs: performance.now(),
    requests,
    connections: active,
    players: usageOf(pidsOf(players)),
    server: usageOf(pidsOf(server.started)),
    machineCpuSeconds: machineCpuSeconds(),
  };
}

async function firstRequestAt(server: BenchServer, players: readonly Started[], untilMs: number): Promise<number> {
  while (performance.now() < untilMs) {
    if ((await server.count()).requests > 0) return performance.now();
    if (!players.some((player) => player.isAlive()))
      throw new Error(`ended before its first request:\n${(await players[0]?.output())?.slice(-2000)}`);
    await pause(50);
  }
  throw new Error('no request came');
}

function pidsOf(programs: readonly Started[]): readonly number[] {
  return programs.map(({ pid }) => pid);
}

/** Seconds from the first connection to the last of so many; null where not all of them came in time. */
export async function connectedAfter(server: BenchServer, connections: number, secondsMax: number): Promise<number | null> {
  let firstAtMs: number | null = null;
  const untilMs = performance.now() + (secondsMax + 60) * 1000;
  while (performance.now() < untilMs) {
    const { active } = await server.count();
    const nowMs = performance.now();
    if (active > 0) firstAtMs ??= nowMs;
    if (firstAtMs !== null && active >= connections) return (nowMs - firstAtMs) / 1000;
    if (firstAtMs !== null && nowMs - firstAtMs > secondsMax * 1000) return null;
    await pause(100);
  }
  return null;
}
