import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPool } from '../payloads/pool.ts';
import { apiOf } from '../players/api.ts';
import type { ApiMapping } from '../players/api-mapping.ts';
import type { Player, RarityMin } from '../players/player.ts';
import { requestIdOf, requestOf, templateOf } from '../players/request.ts';
import { requestBytesMax } from '../transports/transport.ts';
import { castOf } from './cast.ts';
import type { Speech } from './speech.ts';

const pool = buildPool(17, 40);
const crowd = { seed: 17, players: 3, mix: { explorer: 1 }, joinMs: 0 };

/** Chests lie at broken coordinates too, and other services name theirs as they like. */
const coordinate = fc.oneof(fc.integer({ min: -40_000, max: 40_000 }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const id = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9-]{1,40}$/), fc.string({ minLength: 1, unit: 'grapheme' }));

const asker = fc.record({
  kind: fc.constantFrom('search' as const, 'spawns' as const, 'biome' as const),
  journey: fc.nat(4_000_000_000),
  sequence: fc.nat(),
  seed: fc.nat(Number.MAX_SAFE_INTEGER),
  x: coordinate,
  y: coordinate,
  z: coordinate,
  size: fc.nat(4096),
  limit: fc.integer({ min: 1, max: 20 }),
  treasureId: id,
  rarityMin: fc.constantFrom<RarityMin[]>('', 'common', 'uncommon', 'rare'),
  world: fc.constantFrom('verdania', 'nimbus'),
});

describe('a request in bytes is the request as text', () => {
  test('of the treasure API, whatever is asked', () => {
    fc.assert(
      fc.property(asker, ({ journey, sequence, seed, ...ask }) => {
        const { speech, player: create } = castOf({ ...crowd, seed }, { pool });
        const player = create(journey, 0);
        Object.assign(player.ask, ask);
        const request = requestOf(player, templateOf(pool, player), requestIdOf(seed, journey, sequence));
        expect(spoken(speech, player, sequence)).toEqual(request);
        expect(speech.text(player, sequence)).toEqual(request);
      }),
    );
  });

  test('of another API, by its mapping', () => {
    const mapping: ApiMapping = {
      search: {
        path: '/shops/{world}',
        body: { who: '{playerId}', bag: '{profile}', at: ['{x}', '{z}'], nr: '{requestId}' },
        list: '',
        id: '/id',
      },
      biome: { path: '/weather/{x}/{z}', method: 'POST', list: '' },
    };
    const { speech, player: create } = castOf(crowd, { pool, mapping });
    const api = apiOf(mapping);
    fc.assert(
      fc.property(asker, ({ journey, sequence, seed: _seed, ...ask }) => {
        const player = create(journey, 0);
        Object.assign(player.ask, ask);
        const request = api.request(player, templateOf(pool, player), requestIdOf(crowd.seed, journey, sequence));
        expect(spoken(speech, player, sequence)).toEqual(request);
      }),
    );
  });

  test('where there is no room for it, it is refused and never cut off', () => {
    const { speech, player: create } = castOf(crowd, {
      pool,
      mapping: { search: { path: '/x', body: { bag: '{profile}' }, list: '', id: '/id' } },
    });
    const player = create(1, 0);
    player.ask.kind = 'search';
    expect(() => speech.writeBody(player, 0, new Uint8Array(50), 0)).toThrow(/no room/);
  });
});

function spoken(speech: Speech, player: Player, sequence: number) {
  const bytes = new Uint8Array(requestBytesMax).fill(7);
  const decode = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  const pathEnd = speech.writePath(player, sequence, bytes, 3);
  const idEnd = speech.writeRequestId(player, sequence, bytes, pathEnd);
  const bodyEnd = speech.writeBody(player, sequence, bytes, idEnd);
  return {
    method: speech.methodOf(player, sequence),
    path: decode(3, pathEnd),
    requestId: decode(pathEnd, idEnd),
    body: bodyEnd === idEnd ? null : decode(idEnd, bodyEnd),
  };
}
