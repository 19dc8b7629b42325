import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { sleep } from '../../core/clock.ts';
import { operations } from '../../core/outcome.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { checkScenario } from '../../rehearsal/check.ts';
import { crewOf } from '../../rehearsal/crew-of.ts';
import { type ShopHabits, type ShopServer, startShopServer } from '../../rehearsal/fixtures/shop-server.ts';
import { prepare } from '../../rehearsal/prepare.ts';
import type { Example, StretchFigures } from '../../simulator/measure/figures.ts';
import { scenario } from './shop-api.ts';

const path = fileURLToPath(new URL('shop-api.ts', import.meta.url));

let shop: ShopServer;
afterEach(() => shop.close());

describe('players of the example play a shop that never heard of treasures', () => {
  test('every move is of use, and the shop gets what its documentation asks for', async () => {
    const { figures, examples } = await play({ basePath: '/eu' });
    expect(examples).toEqual([]);
    expect(shop.complaints).toEqual([]);
    const { search, spawns, biome } = figures.operations;
    expect([search, spawns, biome].map((each) => each.planned - each.outcomes.abandoned)).toEqual([
      shop.counted.searches,
      shop.counted.offers,
      shop.counted.shelves,
    ]);
    for (const operation of operations) expect(figures.operations[operation].outcomes.ok).toBeGreaterThan(5);
    expect(figures.chains.useful).toBeGreaterThan(5);
  });

  test('a thing that is not in stock is an empty chest, offers for another thing are wrong: counted one for one', async () => {
    const { figures, examples } = await play({ soldOutEvery: 5, mixedUpEvery: 4 });
    const { search, spawns } = figures.operations;
    expect(search.outcomes.empty).toBe(Math.floor(shop.counted.searches / 5));
    expect(spawns.outcomes.wrong).toBe(Math.floor(shop.counted.offers / 4));
    expect(search.outcomes.empty * spawns.outcomes.wrong).toBeGreaterThan(0);
    const details = new Set(examples.map(({ detail }) => detail.replace(/no\. \d+\/ü\?/, 'SKU')));
    expect([...details].sort()).toEqual([
      'not what was asked for: another instead of SKU at /item/sku',
      'nothing of use at /stock of the first result',
    ]);
  });
});

test('the example is a scenario without a fault in it', async () => {
  shop = await startShopServer();
  expect(checkScenario(scenario, 'shop-api.ts')).toMatchObject({ ok: true });
});

test('without a target the example is refused: the reference service speaks the treasure API only', async () => {
  shop = await startShopServer();
  const prepared = await prepare(path, { dryRun: true });
  expect(prepared).toMatchObject({
    ok: false,
    problems: [{ place: expect.stringMatching(/shop-api\.ts: api$/), remedy: 'add --target URL' }],
  });
});

async function play(habits: ShopHabits): Promise<{ figures: StretchFigures; examples: readonly Example[] }> {
  shop = await startShopServer(habits);
  const prepared = await prepare(path, { target: shop.url, players: 60, seed: 17 });
  if (!prepared.ok || prepared.value.approach === null) throw new Error(JSON.stringify(prepared));
  const { plan, approach, muster } = prepared.value;
  const { engine, route, close } = crewOf({ ...plan, joinMs: 200 }, { approach, pods: 0 }, muster);
  route([{ pod: 'shop', origin: approach.target.origin, basePath: approach.target.basePath }]);
  await engine.start();
  await sleep(systemClock, 2500);
  await engine.stop();
  const playedMs = engine.nowMs();
  // Who was about to move when play ended: every play ends so.
  const examples = (await engine.examples(0, playedMs)).filter(({ outcome }) => outcome !== 'abandoned');
  const figures = await engine.figures(0, playedMs);
  await close();
  return { figures, examples };
}
