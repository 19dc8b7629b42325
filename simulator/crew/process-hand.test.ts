import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { operations } from '../../core/outcome.ts';
import { processesOfRun, signal } from '../../machine/process-table.ts';
import { sharedAheadMs } from '../../machine/shared-clock.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { sentOf } from '../measure/accounting.ts';
import { type Crew, createCrew } from './crew.ts';
import type { Hand } from './hand.ts';
import { startHand } from './process-hand.ts';

const servers: Server[] = [];
const hands: Hand[] = [];
afterEach(async () => {
  await Promise.all(hands.splice(0).map((hand) => hand.dismiss()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

test('the server counts what the processes together say they sent, and when they are let go none is left', async () => {
  const { crew, runId, counted } = await playing(3);
  expect(
    processesOfRun(runId)
      .map(({ title }) => title.split(' ').slice(0, 3).join(' '))
      .sort(),
  ).toEqual(['launchstorm players 1', 'launchstorm players 2', 'launchstorm players 3']);
  await pause(1200);
  const cutMs = await crew.engine.cut();
  await crew.engine.stop();
  const figures = await crew.engine.figures(0, crew.engine.nowMs());
  const sent = operations.reduce((sum, operation) => sum + sentOf(figures.operations[operation]), 0);
  expect(sent).toBe(counted());
  expect(sent).toBeGreaterThan(50);
  const left = await crew.engine.figures(0, cutMs);
  const right = await crew.engine.figures(cutMs, crew.engine.nowMs());
  expect(left.operations.search.planned + right.operations.search.planned).toBe(figures.operations.search.planned);
  const { rssBytesMax, lagUs } = await crew.engine.generator();
  expect(rssBytesMax).toBeGreaterThan(3 * 20_000_000);
  expect(lagUs.count).toBe(sent);
  await crew.close();
  expect(processesOfRun(runId)).toEqual([]);
});

test('one that is killed is named with its signal, and the others play on', async () => {
  const { crew, runId } = await playing(2);
  await pause(300);
  const second = processesOfRun(runId).find(({ title }) => title.includes('players 2'));
  expect(second && signal(second, 'SIGKILL')).toBe(true);
  await pause(300);
  const { sessions } = await crew.engine.crowd();
  expect(sessions).toBe(20);
  expect((await crew.engine.generator()).lost).toEqual([
    'players 2 of the generator ended (SIGKILL): its part of the crowd is missing from then on',
  ]);
  await crew.engine.stop();
  await crew.close();
});

test('what goes wrong in a process comes back in words', async () => {
  const [hand] = [startHand(1, `test-${process.pid}-wrong`)];
  hands.push(hand);
  await expect(hand.ask('figures', { fromMs: 0, toMs: 1 })).rejects.toThrow('players 1: Nothing has been prepared to play.');
});

async function playing(processes: number): Promise<{ crew: Crew; runId: string; counted: () => number }> {
  const runId = `test-${process.pid}-${processes}`;
  const started = Array.from({ length: processes }, (_, index) => startHand(index + 1, runId));
  hands.push(...started);
  let requests = 0;
  const origin = await serve(() => {
    requests += 1;
  });
  const crowd = { seed: 17, players: 40, mix: { farmer: 1 }, joinMs: 100 };
  const pool = [{ members: '"build":"1"', bytes: 11 }];
  const parts = started.map((_, index) => ({
    crowd,
    shard: { index, of: processes },
    playersMax: 1000,
    pool,
    mapping: undefined,
    way: { secure: false },
  }));
  const crew = createCrew({ clock: systemClock, sharedAheadMs: sharedAheadMs(), hands: started, parts: Promise.resolve(parts) });
  crew.route([{ pod: 'a', origin, basePath: '' }]);
  await crew.engine.start();
  return { crew, runId, counted: () => requests };
}

async function serve(count: () => void): Promise<string> {
  const server = createServer((request, response) => {
    count();
    request.resume().on('end', () => response.end('{"treasures":[]}'));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
