import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation, Outcome } from '../../core/outcome.ts';
import { blankAnswer, blankAsk } from './blank.ts';
import { judge, leaveUnanswered } from './judge.ts';
import type { Ask } from './player.ts';
import { emptyBody, goodBody } from './script.ts';

const chest = { id: 't-0-1-2-3', position: { x: 1, y: 64, z: -2 }, rarity: 'common', distance: 3.5, loot: ['rope'] };
const spawn = { id: 's-1', kind: 'wolf', position: { x: 1, y: 64, z: -2 } };
const map = { world: 'verdania', x: 100, z: -100, size: 8, tiles: Array.from({ length: 64 }, () => 'forest') };

describe('every answer is judged for meaning', () => {
  const cases: readonly [Operation, string, unknown, Outcome][] = [
    ['search', 'a chest with loot', { treasures: [chest] }, 'ok'],
    ['search', 'unknown further fields', { treasures: [{ ...chest, glow: true }], tookMs: 3 }, 'ok'],
    ['search', 'two chests at the same distance', { treasures: [chest, { ...chest, id: 't-2' }] }, 'ok'],
    ['search', 'an empty chest further away', { treasures: [chest, { ...chest, loot: [] }] }, 'ok'],
    ['search', 'no treasures', { treasures: [] }, 'empty'],
    ['search', 'an empty nearest chest', { treasures: [{ ...chest, loot: [] }, chest] }, 'empty'],
    ['search', 'treasures not nearest first', { treasures: [chest, { ...chest, distance: 3.4 }] }, 'wrong'],
    [
      'search',
      'an empty chest, and order lost',
      {
        treasures: [
          { ...chest, loot: [] },
          { ...chest, distance: 1 },
        ],
      },
      'wrong',
    ],
    ['search', 'no list', { treasures: null }, 'wrong'],
    ['search', 'another shape altogether', { error: 'soon' }, 'wrong'],
    ['search', 'a list at the top', [chest], 'wrong'],
    ['search', 'a negative distance', { treasures: [{ ...chest, distance: -1 }] }, 'wrong'],
    ['search', 'loot that is no list', { treasures: [{ ...chest, loot: 'rope' }] }, 'wrong'],
    ['search', 'loot that is no text', { treasures: [{ ...chest, loot: [null] }] }, 'wrong'],
    ['search', 'a chest without id', { treasures: [{ ...chest, id: '' }] }, 'wrong'],
    ['search', 'an id that fits into no address', { treasures: [{ ...chest, id: 't-\ud800' }] }, 'wrong'],
    ['spawns', 'spawns of the treasure', { treasureId: 't-1', spawns: [spawn] }, 'ok'],
    ['spawns', 'no spawns', { treasureId: 't-1', spawns: [] }, 'empty'],
    ['spawns', 'spawns of another treasure', { treasureId: 't-2', spawns: [spawn] }, 'wrong'],
    ['spawns', 'no spawns of another treasure', { treasureId: 't-2', spawns: [] }, 'wrong'],
    ['spawns', 'a spawn without kind', { treasureId: 't-1', spawns: [{ ...spawn, kind: undefined }] }, 'wrong'],
    ['biome', 'the map', map, 'ok'],
    ['biome', 'no tiles', { ...map, tiles: [] }, 'empty'],
    ['biome', 'a tile too few', { ...map, tiles: map.tiles.slice(1) }, 'wrong'],
    ['biome', 'a tile too many', { ...map, tiles: [...map.tiles, 'forest'] }, 'wrong'],
    ['biome', 'a smaller map', { ...map, size: 2, tiles: map.tiles.slice(0, 4) }, 'wrong'],
    ['biome', 'the same place in another world', { ...map, world: 'nimbus' }, 'wrong'],
    ['biome', 'another place', { ...map, x: 101 }, 'wrong'],
    ['biome', 'tiles that are no text', { ...map, tiles: map.tiles.map(() => 7) }, 'wrong'],
  ];
  test.each(cases)('%s: %s', (operation, _name, body, outcome) => {
    const { answer, detail } = judged(askFor(operation), 200, JSON.stringify(body));
    expect(answer.outcome).toBe(outcome);
    expect(detail === '').toBe(outcome === 'ok');
  });
});

test.each([
  [201, 'ok'],
  [204, 'ok'],
  [100, 'wrong'],
  [199, 'wrong'],
  [300, 'wrong'],
  [304, 'wrong'],
  [400, 'refused'],
  [429, 'refused'],
  [503, 'refused'],
])('status %i with a good body is %s', (status, outcome) => {
  expect(judged(askFor('search'), status, JSON.stringify({ treasures: [chest] })).answer.outcome).toBe(outcome);
});

test.each([
  [200, '<!doctype html><p>hi', 'HTML instead of JSON'],
  [200, ' \n<html>', 'HTML instead of JSON'],
  [200, '<?xml version="1.0"?><a/>', 'XML instead of JSON'],
  [200, '', 'an empty body instead of JSON'],
  [204, '', 'status 204: an answer without a body'],
  [200, 'OK', 'plain text instead of JSON'],
  [200, '{"treasures":[', 'JSON that is broken, or was cut off'],
  [200, '[]', 'JSON, but no object'],
  [200, Buffer.from([0x1f, 0x8b, 8, 0]).toString('utf8'), 'compressed data (gzip) that nobody asked for'],
  [302, '', 'status 302 sends the player elsewhere: redirects are not followed'],
  [304, '', 'status 304 is no answer to a player'],
])('status %i with %j is wrong, and says what came: %s', (status, body, words) => {
  const { answer, detail } = judged(askFor('search'), status, body);
  expect([answer.outcome, detail]).toEqual(['wrong', words]);
});

test('a refusal tells its machine-readable reason and nothing else of the body', () => {
  expect(judged(askFor('search'), 503, '{"error":"overloaded","password":"hunter2"}').detail).toBe('refused with 503: overloaded');
  expect(judged(askFor('search'), 502, '<html>Bad gateway</html>').detail).toBe('refused with 502');
});

test('a useful search hands the nearest chest to the next link', () => {
  const { answer } = judged(askFor('search'), 200, JSON.stringify({ treasures: [chest, { ...chest, id: 'further', distance: 9 }] }));
  expect(answer).toEqual({ outcome: 'ok', status: 200, treasureId: chest.id, x: 1, y: 64, z: -2, count: 2 });
});

test('nothing of the previous answer survives the next one, or none', () => {
  const { answer } = judged(askFor('search'), 200, JSON.stringify({ treasures: [chest] }));
  judge(askFor('search'), 500, '', answer);
  expect(answer).toEqual({ outcome: 'refused', status: 500, treasureId: '', x: 0, y: 0, z: 0, count: 0 });
  leaveUnanswered(answer, 'unknown');
  expect(answer).toEqual({ outcome: 'unknown', status: 0, treasureId: '', x: 0, y: 0, z: 0, count: 0 });
});

describe('an answer that was tampered with', () => {
  const operation = fc.constantFrom<Operation>('search', 'spawns', 'biome');

  test('is ok only before it is tampered with', () => {
    for (const kind of ['search', 'spawns', 'biome'] as const) {
      expect(judged(askFor(kind), 200, goodBody(askFor(kind), 1)).answer.outcome).toBe('ok');
      expect(judged(askFor(kind), 200, emptyBody(askFor(kind))).answer.outcome).toBe('empty');
    }
  });

  test('is wrong wherever it was cut off', () => {
    fc.assert(
      fc.property(operation, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (kind, share) => {
        const body = goodBody(askFor(kind), 1);
        expect(judged(askFor(kind), 200, body.slice(0, Math.floor(share * body.length))).answer.outcome).toBe('wrong');
      }),
    );
  });

  test('is never ok with any field of the contract missing', () => {
    fc.assert(
      fc.property(operation, fc.nat(), (kind, choice) => {
        const body = JSON.parse(goodBody(askFor(kind), 1)) as Tree;
        const { node, key } = pickField(body, choice);
        delete node[key];
        expect(judged(askFor(kind), 200, JSON.stringify(body)).answer.outcome).toBe('wrong');
      }),
    );
  });

  test('is never ok with any field of the contract of another type', () => {
    const others = fc.constantFrom<unknown>(null, true, {}, ['a'], 'text', 12, [[]], '');
    fc.assert(
      fc.property(operation, fc.nat(), others, (kind, choice, other) => {
        const body = JSON.parse(goodBody(askFor(kind), 1)) as Tree;
        const { node, key } = pickField(body, choice);
        fc.pre(typeOf(node[key]) !== typeOf(other));
        node[key] = other;
        expect(judged(askFor(kind), 200, JSON.stringify(body)).answer.outcome).toBe('wrong');
      }),
    );
  });

  test('is wrong with its treasures in any other order', () => {
    const distances = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(distances, (shuffled) => {
        const isSorted = shuffled.every((distance, index) => index === 0 || distance > (shuffled[index - 1] as number));
        const body = JSON.stringify({ treasures: shuffled.map((distance) => ({ ...chest, distance })) });
        expect(judged(askFor('search'), 200, body).answer.outcome).toBe(isSorted ? 'ok' : 'wrong');
      }),
    );
  });

  test('never breaks the judge, whatever it is', () => {
    fc.assert(
      fc.property(operation, fc.integer({ min: 0, max: 999 }), fc.oneof(fc.string(), fc.json()), (kind, status, body) => {
        const { answer } = judged(askFor(kind), status, body);
        expect(answer.outcome).toBe(status >= 400 ? 'refused' : 'wrong');
      }),
    );
  });
});

type Tree = { [key: string]: unknown };

function judged(ask: Ask, status: number, body: string) {
  const answer = blankAnswer();
  return { detail: judge(ask, status, body, answer), answer };
}

function askFor(kind: Operation): Ask {
  return { ...blankAsk(), kind, world: 'verdania', x: 100, y: 64, z: -100, size: 8, treasureId: 't-1', limit: 8 };
}

/** One of the fields that the contract names, anywhere in the answer: objects and their lists are walked, loot and tiles are leaves. */
function pickField(root: Tree, choice: number): { node: Tree; key: string } {
  const fields: { node: Tree; key: string }[] = [];
  const walk = (node: Tree): void => {
    for (const [key, value] of Object.entries(node)) {
      fields.push({ node, key });
      for (const inner of Array.isArray(value) ? value : [value]) {
        if (typeof inner === 'object' && inner !== null) walk(inner as Tree);
      }
    }
  };
  walk(root);
  return fields[choice % fields.length] as { node: Tree; key: string };
}

/** An empty list of texts is the one other value of the same type that matters; it is judged in the table above. */
function typeOf(value: unknown): string {
  return Array.isArray(value) ? `list of ${typeof value[0]}` : value === null ? 'null' : value === '' ? 'nothing' : typeof value;
}
