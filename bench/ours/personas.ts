import { below } from '../../core/random.ts';
import { type ChainStyle, playChain } from '../../simulator/players/chain.ts';
import { pause } from '../../simulator/players/move.ts';
import type { Life, Persona, Player } from '../../simulator/players/player.ts';
import { mapSize, spawnsRadius } from '../server/answers.ts';

/** The chain of any explorer, asked without a moment in between: what is measured is the generator, not its patience. */
const style: ChainStyle = { radius: 128, rarityMin: '', limit: 8, spawnsRadius, mapSize, linkMsMin: 0, linkMsMax: 0 };

const noRetries = { retriesMax: 0, baseMs: 0, capMs: 0, quitPerMille: 0 };

/** One chain after the other, as fast as answers come. */
export const hurried: Persona = {
  name: 'hurried',
  description: 'Plays chain after chain without a thought.',
  patienceMs: 10_000,
  retries: noRetries,
  *behave(player: Player): Life {
    for (;;) yield* playChain(player, style);
  },
};

/** One chain every so often. The first at once, so that everybody is connected early; the second at a time of its own: nobody in step. */
export function paced(everyMs: number): Persona {
  return {
    name: 'paced',
    description: `Plays one chain every ${everyMs} ms.`,
    patienceMs: 10_000,
    retries: noRetries,
    *behave(player: Player): Life {
      yield* playChain(player, style);
      yield pause(player, below(player.random, everyMs));
      for (;;) {
        yield* playChain(player, style);
        yield pause(player, everyMs);
      }
    },
  };
}
