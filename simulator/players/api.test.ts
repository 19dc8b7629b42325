import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../core/outcome.ts';
import { createPlayer } from '../crowd/crowd.ts';
import { buildPool } from '../payloads/pool.ts';
import { apiOf } from './api.ts';
import type { ApiMapping, SearchMapping } from './api-mapping.ts';
import { blankAnswer, blankAsk } from './blank.ts';
import { judge } from './judge.ts';
import type { Ask, Player } from './player.ts';
import { requestOf } from './request.ts';

const template = buildPool(17, 1)[0] as { members: string; bytes: number };

const search: SearchMapping = {
  path: '/s/{world}?q={radius}',
  body: { near: ['{x}', '{z}'], who: 'player {playerId} in "{world}"', client: '{profile}', fixed: { a: null, b: [true, 1.5] } },
  list: '/data/items',
  each: ['/price'],
  useful: '/stock',
  id: '/sku',
  position: { x: '/at/0', z: '/at/1' },
};

const mapping: ApiMapping = {
  worlds: { verdania: 'old town/ü' },
  search,
  spawns: { path: '/o/{id}', list: '', echo: { '/0/sku': '{id}' } },
};

const api = apiOf(mapping);

describe('a mapped move as a request', () => {
  test('fills path and body: whole placeholders keep their type, text is text, the profile is an object', () => {
    const { method, path, body } = api.request(asking({ kind: 'search', x: -5, z: 9, size: 64 }), template, '1-2-3');
    expect([method, path]).toEqual(['POST', '/s/old%20town%2F%C3%BC?q=64']);
    expect(JSON.parse(body as string)).toEqual({
      near: [-5, 9],
      who: expect.stringMatching(/^player \S+ in "old town\/ü"$/),
      client: JSON.parse(`{${template.members}}`),
      fixed: { a: null, b: [true, 1.5] },
    });
  });

  test('whatever id a search found, it is one segment of the next path', () => {
    const anyText = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 8 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(anyText, (sku) => {
        const { answer } = judged('search', { data: { items: [{ sku, price: 1, stock: 1, at: [0, 0] }] } });
        fc.pre(answer.outcome === 'ok');
        const { path } = api.request(asking({ kind: 'spawns', treasureId: answer.treasureId }), template, '1');
        expect(path.split('/').slice(1).map(decodeURIComponent)).toEqual(['o', sku]);
      }),
    );
  });

  test('a move without a row is asked of the treasure API, and judged by it', () => {
    const player = asking({ kind: 'biome', x: 1, z: 2, size: 1 });
    expect(api.request(player, template, '1')).toEqual(requestOf(player, template, '1'));
    const map = JSON.stringify({ world: 'verdania', x: 1, z: 2, size: 1, tiles: ['forest'] });
    expect(api.judge(player.ask, 200, map, blankAnswer())).toBe(judge(player.ask, 200, map, blankAnswer()));
  });

  test('without a mapping everything is the treasure API', () => {
    const player = asking({ kind: 'search' });
    expect(apiOf(undefined).request(player, template, '1')).toEqual(requestOf(player, template, '1'));
  });
});

describe('a mapped answer is judged by the same outcomes', () => {
  const item = { sku: 'a', price: 0, stock: 3, at: [10, 20] };
  const items = (...list: readonly unknown[]) => ({ data: { items: list } });

  test.each([
    ['of use', items(item), 'ok', ''],
    ['one object instead of a list', { data: { items: item } }, 'ok', ''],
    ['a second item out of stock', items(item, { ...item, stock: 0 }), 'ok', ''],
    ['nothing found', items(), 'empty', 'no results at /data/items'],
    ['out of stock', items({ ...item, stock: 0 }, item), 'empty', 'nothing of use at /stock of the first result'],
    ['stock not told', items({ ...item, stock: undefined }), 'empty', 'nothing of use at /stock of the first result'],
    ['no list', { data: {} }, 'wrong', 'no results at /data/items'],
    ['a word instead of a list', { data: { items: 'none' } }, 'wrong', 'no results at /data/items'],
    ['an item without a price', items(item, { ...item, price: null }), 'wrong', 'result 2 has nothing at /price'],
    ['an item without an id', items({ ...item, sku: '' }), 'wrong', 'result 1 has no id at /sku'],
    ['a place that is none', items({ ...item, at: ['x', 1] }), 'wrong', 'a position that is no number'],
    ['null', null, 'wrong', 'no results at /data/items'],
  ])('%s', (_name, content, outcome, detail) => {
    const read = judged('search', content);
    expect([read.answer.outcome, read.detail]).toEqual([outcome, detail]);
  });

  test.each([
    [[], 'empty'],
    [{}, 'empty'],
    ['', 'empty'],
    [false, 'empty'],
    [[0], 'ok'],
    ['0', 'ok'],
    [true, 'ok'],
    [-1, 'ok'],
  ])('useful: %j is %s', (stock, outcome) => {
    expect(judged('search', items({ ...item, stock })).answer.outcome).toBe(outcome);
  });

  test('hands id and place of the first result to the next link; what is not told is where the player stands', () => {
    const { answer } = judged('search', items({ ...item, sku: 4711 }, item));
    expect(answer).toMatchObject({ treasureId: '4711', x: 10, y: 64, z: 20, count: 2, status: 200 });
  });

  test('an answer must repeat what was asked, number or text', () => {
    expect(judged('spawns', [{ sku: 7 }], { treasureId: '7' }).answer.outcome).toBe('ok');
    expect(judged('spawns', [{ sku: '8' }], { treasureId: '7' })).toMatchObject({
      answer: { outcome: 'wrong' },
      detail: 'not what was asked for: 8 instead of 7 at /0/sku',
    });
    expect(judged('spawns', [{}], { treasureId: '7' }).detail).toBe('not what was asked for: nothing instead of 7 at /0/sku');
  });

  test('whatever comes, the judge is not broken by it, and nothing of it is ok', () => {
    fc.assert(
      fc.property(fc.constantFrom<Operation>('search', 'spawns'), fc.oneof(fc.string(), fc.json()), (kind, body) => {
        const answer = blankAnswer();
        api.judge({ ...blankAsk(), kind, treasureId: 't-1' }, 200, body, answer);
        expect(['wrong', 'empty']).toContain(answer.outcome);
      }),
    );
  });
});

function judged(kind: Operation, content: unknown, ask: Partial<Ask> = {}) {
  const answer = blankAnswer();
  const detail = api.judge({ ...blankAsk(), kind, world: 'verdania', x: 1, y: 64, z: 2, ...ask }, 200, JSON.stringify(content), answer);
  return { detail, answer };
}

function asking(ask: Partial<Ask>): Player {
  const player = createPlayer({ seed: 17, players: 5, mix: { explorer: 1 }, joinMs: 0 }, 3);
  Object.assign(player.ask, { world: 'verdania' }, ask);
  return player;
}
