import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorlds } from '../api/worlds.ts';
import { readOptions } from '../option-reading.ts';
import { openTreasureService, type TreasureService } from '../treasure-service.ts';
import { keepableOf } from './kinds.ts';

const worldSeed = 11;
let main: TreasureService;
let origin: string;

beforeAll(async () => {
  const reading = readOptions({
    TREASURE_LOG_LEVEL: 'silent',
    TREASURE_WORLD_SEED: String(worldSeed),
    TREASURE_REQUEST_TIMEOUT_MS: 'none',
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  main = openTreasureService(reading.options);
  origin = `http://127.0.0.1:${await main.listen()}`;
});
afterAll(() => main.drain());

const cell = fc.oneof(fc.nat(999), fc.constantFrom(0, 998, 999));
const spawns = fc
  .tuple(fc.nat(2), cell, cell, fc.nat(2), fc.integer({ min: 1, max: 256 }))
  .map(([world, cx, cz, n, radius]) => `/v1/spawns?near=t-${world}-${cx}-${cz}-${n}&radius=${radius}`);
const block = fc.oneof(fc.integer({ min: -32_000, max: 31_999 }), fc.constantFrom(-32_000, 0, 31_999));
const maps = fc
  .tuple(fc.constantFrom('verdania', 'emberfall', 'nimbus'), block, block, fc.integer({ min: 8, max: 64 }))
  .map(([world, x, z, size]) => `/v1/biomes/${world}/${x}/${z}/map?size=${size}`);

test('what is worked out while the main process is away is what that would say, byte by byte', { timeout: 60_000 }, async () => {
  const worlds = createWorlds(worldSeed);
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(spawns, maps), async (target) => {
      const said = await fetch(origin + target);
      const reply = keepableOf(target, worldSeed)?.instead(worlds) ?? null;
      const text = reply === null ? null : Buffer.from(reply.body, 'latin1').toString();
      expect([reply?.status, reply?.headers['content-type'], text]).toEqual([
        said.status,
        said.headers.get('content-type'),
        await said.text(),
      ]);
      statuses.add(said.status);
    }),
    { numRuns: 300 },
  );
  expect([...statuses].sort()).toEqual([200, 404]);
});

test('a request that the main process would find fault with is left to it', () => {
  const worlds = createWorlds(worldSeed);
  const asked = ['/v1/spawns?near=t-0-5-5-0&radius=257', '/v1/biomes/nimbus/0/0/map?size=65', '/v1/biomes/nimbus/0/0/map?size=7'];
  expect(asked.map((target) => keepableOf(target, worldSeed)?.instead(worlds))).toEqual([null, null, null]);
});
