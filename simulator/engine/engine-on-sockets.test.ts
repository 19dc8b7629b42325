import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { operations } from '../../core/outcome.ts';
import { systemClock } from '../../machine/system-clock.ts';
import type { Crowd } from '../crowd/crowd.ts';
import { sentOf } from '../measure/accounting.ts';
import { buildPool } from '../payloads/pool.ts';
import { createUndiciTransport } from '../transports/undici.ts';
import { castOf } from './cast.ts';
import { createEngine } from './engine-of-crowd.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const crowd: Crowd = { seed: 17, players: 50, mix: { farmer: 1 }, joinMs: 300 };

test('over real sockets the server counts what the engine says it sent, operation by operation', async () => {
  const counted = { search: 0, spawns: 0, biome: 0 };
  const transport = createUndiciTransport({ clock: systemClock });
  transport.route([await serve((request) => countAndAnswer(request, counted)), await serve((request) => countAndAnswer(request, counted))]);
  const engine = createEngine({ clock: systemClock, transport, cast: castOf(crowd, { pool: buildPool(17, 20) }) });
  await engine.start();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(await engine.crowd()).toMatchObject({ players: 50 });
  await engine.stop();
  await transport.close();

  const figures = await engine.figures(0, engine.nowMs());
  const generator = await engine.generator();
  const examples = await engine.examples(0, 9999);
  for (const operation of operations) {
    expect(figures.operations[operation].pending).toBe(0);
    expect(sentOf(figures.operations[operation])).toBe(counted[operation]);
    expect(figures.operations[operation].outcomes.ok, JSON.stringify(examples[0])).toBe(counted[operation]);
  }
  expect(counted.search).toBeGreaterThan(50);
  expect(figures.chains.useful).toBeGreaterThan(20);
  expect(figures.chains.useful).toBe(figures.chains.planned);
  expect(generator.lagUs.count).toBe(counted.search + counted.spawns + counted.biome);
  expect(generator.rssBytesMax).toBeGreaterThan(1_000_000);
});

test('while connections break over and over: answered <= counted <= sent, and the gap is no wider than what is unknown', async () => {
  const counted = { search: 0, spawns: 0, biome: 0 };
  const transport = createUndiciTransport({ clock: systemClock });
  // One request in five is counted and never answered: whatever breaks the connection finds some under way.
  let received = 0;
  const answer = (request: IncomingMessage) => {
    received += 1;
    const body = countAndAnswer(request, counted);
    return received % 5 === 0 ? null : body;
  };
  transport.route([await serve(answer), await serve(answer)]);
  const engine = createEngine({ clock: systemClock, transport, cast: castOf(crowd, { pool: buildPool(17, 20) }) });
  await engine.start();
  for (let round = 0; round < 15; round++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    servers[round % 2]?.closeAllConnections();
  }
  const stopped = engine.stop();
  for (const server of servers) server.closeAllConnections();
  await stopped;
  await transport.close();

  const figures = await engine.figures(0, engine.nowMs());
  for (const operation of operations) {
    const { outcomes } = figures.operations[operation];
    const sent = sentOf(figures.operations[operation]);
    const answered = sent - outcomes.unknown;
    expect(answered).toBeLessThanOrEqual(counted[operation]);
    expect(counted[operation]).toBeLessThanOrEqual(sent);
    expect(counted[operation] - answered).toBeLessThanOrEqual(outcomes.unknown);
  }
  expect(figures.operations.search.outcomes.unknown).toBeGreaterThan(5);
});

/** `answer` counts the request when its head has come, and says what to answer its body; null: never answers. */
async function serve(answer: (request: IncomingMessage) => ((body: string) => string) | null) {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const answerTo = answer(request);
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    if (answerTo !== null) request.on('end', () => response.end(answerTo(body)));
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { pod: `pod-${servers.length}`, origin: `http://127.0.0.1:${port}`, basePath: '/game' };
}

/** The smallest service that players have use for, below the base path /game. */
function countAndAnswer(
  { url = '' }: IncomingMessage,
  counted: { search: number; spawns: number; biome: number },
): (body: string) => string {
  const { pathname, searchParams } = new URL(url, 'http://pod');
  if (pathname.startsWith('/game/v1/spawns')) {
    counted.spawns += 1;
    const spawns = [{ id: 's-1', kind: 'wolf', position: { x: 1, y: 2, z: 3 } }];
    return () => JSON.stringify({ treasureId: searchParams.get('near'), spawns });
  }
  const place = /^\/game\/v1\/biomes\/(\w+)\/(-?\d+)\/(-?\d+)\/map$/.exec(pathname);
  if (place !== null) {
    counted.biome += 1;
    const size = Number(searchParams.get('size'));
    const tiles = Array.from({ length: size * size }, () => 'forest');
    return () => JSON.stringify({ world: place[1], x: Number(place[2]), z: Number(place[3]), size, tiles });
  }
  counted.search += 1;
  return (body) => {
    const { position, requestId } = JSON.parse(body);
    return JSON.stringify({ treasures: [{ id: `t-${requestId}`, position, rarity: 'rare', distance: 0, loot: ['rope'] }] });
  };
}
