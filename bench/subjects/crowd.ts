import type { Crowd } from '../../simulator/crowd/crowd.ts';
import { castOf } from '../../simulator/engine/cast.ts';
import { buildPool } from '../../simulator/payloads/pool.ts';
import type { Player } from '../../simulator/players/player.ts';
import { requestBytesMax } from '../../simulator/transports/transport.ts';
import type { Subject } from './subject.ts';

/** Sessions end and others come, so that there is always somebody to plan. */
const crowd: Crowd = {
  seed: 17,
  players: 15_000,
  mix: { explorer: 6, farmer: 2, wanderer: 2 },
  joinMs: 4000,
  sessions: { law: 'exponential', meanMs: 1_200_000 },
};
const pool = buildPool(crowd.seed, 100);

/** Who comes when and as what: everything that is drawn for a journey before its first move. */
export const journeys: Subject = {
  name: 'crowd: journeys planned',
  unit: 'a journey',
  prepare() {
    const cast = castOf(crowd, { pool });
    let arrivals = cast.arrivals();
    let sum = 0;
    return (times) => {
      for (let n = 0; n < times; n++) {
        sum += arrivals.atMs + cast.player(arrivals.journey, arrivals.atMs).x;
        arrivals.next();
        if (arrivals.atMs === Number.POSITIVE_INFINITY) arrivals = cast.arrivals();
      }
      if (Number.isNaN(sum)) throw new RangeError('A journey without a place.');
    };
  },
};

/** A life without a service: the next move of an explorer whose answers are always of use. */
export const behaviour: Subject = {
  name: 'behaviours: moves of an explorer',
  unit: 'a move',
  prepare() {
    const cast = castOf({ ...crowd, mix: { explorer: 1 }, sessions: { law: 'endless' } }, { pool });
    const player = cast.player(1, 0);
    const life = player.persona.behave(player);
    return (times) => {
      for (let n = 0; n < times; n++) {
        if (life.next().done === true) throw new RangeError('The explorer has gone home.');
        Object.assign(player.answer, useful);
      }
    };
  },
};

const useful = { outcome: 'ok', status: 200, treasureId: 't-verdania-1', x: 10, y: 60, z: 10, count: 5 } as const;

/** Path, id and body of a search, written as bytes from the player's ask. */
export const requests: Subject = {
  name: 'requests: searches written',
  unit: 'a request of about 500 bytes',
  prepare() {
    const { speech } = castOf(crowd, { pool });
    const player = searching();
    const bytes = new Uint8Array(requestBytesMax);
    return (times) => {
      let end = 0;
      for (let n = 0; n < times; n++) {
        end = speech.writeBody(player, n, bytes, speech.writeRequestId(player, n, bytes, speech.writePath(player, n, bytes, 0)));
      }
      if (end < 300) throw new RangeError('A search without a body.');
    };
  },
};

function searching(): Player {
  const player = castOf(crowd, { pool }).player(3, 0);
  Object.assign(player.ask, { kind: 'search', world: player.world, size: 128, limit: 8, x: 1, y: 2, z: 3 });
  return player;
}
