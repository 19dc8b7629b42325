import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyBytes, anySearch } from './fixtures/bodies.ts';
import { bothSearches } from './fixtures/both-searches.ts';
import { queryWords, SearchModule } from './search-module.ts';

const seeds = [1, 7, 2 ** 32, Number.MAX_SAFE_INTEGER];
const anyBoth = fc.constantFrom(...seeds.map(bothSearches));
const anyCandidates = fc.string({ maxLength: 60, unit: fc.constantFrom(...'ABCGHIJKQRZ@ a\u0000ÿ') });
const anyWord = fc.oneof(
  fc.integer({ min: -40_000, max: 40_000 }),
  fc.integer({ min: -2, max: 30 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);
const anyQuery = fc.array(anyWord, { minLength: queryWords, maxLength: queryWords }).map((words) => Int32Array.from(words));

describe('the search in WebAssembly', () => {
  test('it answers 10,000 searches byte by byte like the one in TypeScript, and declines none of them', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyBoth, anySearch, async ({ written, compiled }, search) => {
        const body = Buffer.from(JSON.stringify(search));
        expect(compiled(body)).toBe(await written(body));
      }),
      { numRuns: 10_000 },
    );
  });

  test('whatever a body holds, it is declined, or answered as TypeScript answers it', { timeout: 60_000 }, async () => {
    let declined = 0;
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(anyBoth, anyBytes, async ({ written, compiled }, body) => {
        const answer = compiled(body);
        if (answer === null) declined += 1;
        else answered += 1;
        if (answer !== null) expect(answer).toBe(await written(body));
      }),
      { numRuns: 4_000 },
    );
    expect(Math.min(declined, answered)).toBeGreaterThan(400);
  });

  test.each([
    ['1e2', null],
    ['12345678901', null],
    ['01', null],
    ['-', null],
    ['5.', null],
    ['31999.99999999999999999', null],
    ['-0.00000000000000000001', null],
    ['31999.999', 31_999],
    ['-0.25', -1],
    ['-0', 0],
    ['17.000', 17],
    ['0.1000000000000000055511151231257827', 0],
  ])('a place that is written %s lies in block %j', (text, block) => {
    const good = {
      playerId: 'p',
      sessionId: 's',
      world: 'nimbus',
      radius: 9,
      inventoryDigest: '',
      build: 'b',
      region: 'r',
      requestId: 'q',
    };
    const body = Buffer.from(JSON.stringify({ ...good, position: { x: 4_711, y: 0, z: 0 } }).replace('4711', text));
    expect(new SearchModule(1).read(body)?.[1] ?? null).toBe(block);
  });

  test('it says where the ids of request and session stand', () => {
    const { module } = bothSearches(1);
    fc.assert(
      fc.property(anySearch, (search) => {
        const body = Buffer.from(JSON.stringify(search));
        const [at = 0, length = 0, sessionAt = 0, sessionLength = 0] = module.read(body)?.slice(7) ?? [];
        expect(body.toString('utf8', at, at + length)).toBe(search.requestId);
        expect(body.toString('utf8', sessionAt, sessionAt + sessionLength)).toBe(search.sessionId);
      }),
    );
  });
});

describe('what a host may do', () => {
  test('candidates that nobody can have found are refused, others make a good answer', () => {
    const { module } = bothSearches(3);
    fc.assert(
      fc.property(anySearch, fc.option(anyCandidates, { nil: null }), fc.nat(300), (search, made, cut) => {
        const query = module.read(Buffer.from(JSON.stringify(search)))!;
        const candidates = made ?? module.findCandidates(query)!.slice(0, cut);
        const answer = module.answer(query, candidates);
        if (answer === null) expect(made !== null || cut % 3 > 0).toBe(true);
        else for (const { loot } of JSON.parse(answer.toString()).treasures) expect(loot.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('queries that make no sense are refused, others find what can be answered', () => {
    const { module } = bothSearches(3);
    fc.assert(
      fc.property(anyQuery, anyCandidates, (query, candidates) => {
        const found = module.findCandidates(query);
        const answer = found === null ? null : module.answer(query, found);
        expect(answer === null).toBe(found === null);
        if (answer !== null) expect(JSON.parse(answer.toString())).toHaveProperty('treasures');
        if (found === null) expect(module.answer(query, candidates)).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  test('bodies and candidates longer than the desk are refused, one that fills it is read', () => {
    const { module } = bothSearches(1);
    const query = Int32Array.of(0, 0, 0, 64, 0, 8, -1, 0, 0, 0, 0);
    const deskBytes = 64 * 1_024;
    for (const excess of [1, 2, deskBytes]) {
      expect(module.read(Buffer.alloc(deskBytes + excess, ' '))).toBeNull();
      expect(module.answer(query, 'I'.repeat(deskBytes + excess))).toBeNull();
    }
    const full = Buffer.alloc(deskBytes, ' ');
    full.write(JSON.stringify(fc.sample(anySearch, { numRuns: 1, seed: 1 })[0]));
    expect(module.read(full)).not.toBeNull();
  });

  test('brackets in brackets without end are declined', () => {
    const { module } = bothSearches(1);
    for (const open of ['[', '{"a":', '[[{"a":']) expect(module.read(Buffer.from(`{"x":${open.repeat(5_000)}`))).toBeNull();
  });

  test('its memory never grows', () => {
    const { module, compiled } = bothSearches(1);
    const before = module.memoryBytes;
    for (const body of fc.sample(anyBytes, { numRuns: 500, seed: 2 })) compiled(body);
    expect(module.memoryBytes).toBe(before);
  });
});
