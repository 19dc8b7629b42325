import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TreasureService } from '../treasure-service.ts';
import { type DocumentReader, readDocument } from './fixtures/document-reader.ts';
import { askOf, goodSearch, openQuietService, postSearch } from './fixtures/requests.ts';

let service: TreasureService;
let reader: DocumentReader;

beforeAll(async () => {
  service = openQuietService();
  reader = readDocument((await service.app.inject('/openapi.json')).json());
});

afterAll(() => service.drain());

test('whatever a search says, its answer is documented, and it is refused exactly where the document forbids the body', async () => {
  const isAllowed = (body: unknown) => reader.bodyOf('post /v1/treasures/search').safeParse(body).success;
  await fc.assert(
    fc.asyncProperty(body, async (asked) => {
      const answer = await askOf(service.app, postSearch(asked));
      expect(reader.problems('post /v1/treasures/search', answer)).toEqual([]);
      expect([200, 400, 404]).toContain(answer.status);
      expect(answer.status === 200).toBe(isAllowed(asked));
    }),
    { numRuns: 500 },
  );
});

test('whatever stands in an address, its answer is documented', async () => {
  await fc.assert(
    fc.asyncProperty(address, async ({ operation, url }) => {
      const answer = await askOf(service.app, url);
      expect(answer.status).toBeLessThan(500);
      const answered = answer.status === 404 && answer.body.includes('route') ? [] : reader.problems(operation, answer);
      expect(answered).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const number = fc.oneof(
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.double(),
  fc.constantFrom(0, -64, 319, 320, -32_000, 31_999.5, 32_000),
);
const value = fc.oneof(fc.jsonValue(), number, fc.string({ maxLength: 80 }), fc.constantFrom('verdania', 'x'.repeat(513), []));
const shape = fc.record({
  playerId: fc.string({ minLength: 1, maxLength: 64 }),
  sessionId: fc.constant('session'),
  world: fc.constantFrom('verdania', 'emberfall', 'nimbus'),
  position: fc.record({ x: number, y: fc.integer({ min: -64, max: 319 }), z: fc.integer({ min: -32_000, max: 31_999 }) }),
  radius: fc.integer({ min: 0, max: 520 }),
  filters: fc.record(
    {
      rarityMin: fc.constantFrom('common', 'rare', 'legendary'),
      biomes: fc.array(fc.constantFrom('forest', 'tundra')),
      limit: fc.integer({ min: 1, max: 21 }),
    },
    { requiredKeys: [] },
  ),
  inventoryDigest: fc.string({ maxLength: 100 }),
  build: fc.constant('1'),
  region: fc.constant('eu'),
  requestId: fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }),
});
const fields = Object.keys(goodSearch);
/** A good body, one with a field exchanged, one with a field gone, and anything at all. */
const body = fc.oneof(
  shape,
  fc.tuple(shape, fc.constantFrom(...fields), value).map(([good, field, other]) => ({ ...good, [field]: other })),
  fc
    .tuple(shape, fc.constantFrom(...fields))
    .map(([good, gone]) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== gone))),
  fc.jsonValue(),
);

const part = fc.oneof(
  fc.integer({ min: -32_000, max: 31_999 }).map(String),
  fc.string({ maxLength: 120, unit: 'grapheme' }),
  fc.constantFrom('verdania', '%zz'),
);
const encoded = part.map((text) => (text === '%zz' ? text : encodeURIComponent(text)));
const address = fc.oneof(
  fc.tuple(encoded, encoded, encoded, encoded).map(([world, x, z, size]) => ({
    operation: 'get /v1/biomes/{world}/{x}/{z}/map',
    url: `/v1/biomes/${world}/${x}/${z}/map?size=${size}`,
  })),
  fc.tuple(fc.integer({ min: 0, max: 64 }), fc.oneof(fc.constantFrom('verdania', 'nimbus'), encoded)).map(([size, world]) => ({
    operation: 'get /v1/biomes/{world}/{x}/{z}/map',
    url: `/v1/biomes/${world}/5/-5/map?size=${size}`,
  })),
  fc
    .tuple(
      fc.oneof(
        encoded,
        fc.nat(999).map((cell) => `t-1-${cell}-${cell}-${cell % 4}`),
      ),
      encoded,
    )
    .map(([near, radius]) => ({
      operation: 'get /v1/spawns',
      url: `/v1/spawns?near=${near}&radius=${radius}&radius=${radius.slice(0, 1)}`.replace(/&radius=$/, ''),
    })),
);
