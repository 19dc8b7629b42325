import { commandLine } from '../../machine/program.ts';
import { identifierOf, keyOf, type Starter } from './starter.ts';

/** Names that the file needs for itself. */
export const personaClashes: readonly string[] = [
  'givesUp',
  'holdMs',
  'live',
  'pause',
  'playChain',
  'residualMs',
  'somewhereNear',
  'style',
  'thinking',
];

export function personaStarter(name: string): Starter {
  return {
    files: [
      { path: `simulator/players/${name}.ts`, text: personaText(name) },
      { path: `simulator/players/${name}.test.ts`, text: personaTest(name) },
    ],
    next: [
      'Add a row at the end of `personas` in simulator/players/table.ts, and import it there:',
      `  ${keyOf(name)}`,
      `  import { ${identifierOf(name)} } from './${name}.ts';`,
      'Then its tests pass, a scenario may name it in `mix`, and the reference may know it:',
      '  npm test -- simulator/players',
      `  ${commandLine('plan')}`,
      '  npm run docs',
    ],
  };
}

function personaText(name: string): string {
  return `import { type ChainStyle, playChain } from './chain.ts';
import { type Hold, holdMs, residualMs } from './hold.ts';
import { pause } from './move.ts';
import type { Life, Persona, Player } from './player.ts';
import { givesUp } from './retry.ts';
import { somewhereNear, walkTowards } from './walk.ts';

/** Assumed. Say where a number comes from, or that nobody has measured it. */
const thinking: Hold = { law: 'weibull', meanMs: 2500 };

/** What is set on the search screen, how much is looked at around the chest, and how fast the next link follows. */
const style: ChainStyle = {
  radius: 192,
  rarityMin: '',
  limit: 8,
  spawnsRadius: 96,
  mapSize: 32,
  linkMsMin: 100,
  linkMsMax: 500,
};

export const ${identifierOf(name)}: Persona = {
  name: '${name}',
  // One sentence for people; help and reference show it.
  description: 'Plays one chain after the other and thinks in between.',
  behave: live,
  // How long it waits for one answer; after that the answer counts as unknown.
  patienceMs: 3000,
  // For those with back-off: how often it asks again when an answer was no use, and how likely (out of 1000) it quits then.
  retries: { retriesMax: 2, baseMs: 150, capMs: 1000, quitPerMille: 40 },
};

/**
 * The player's life. Each \`yield\` is a move; when it goes on, the move has ended and \`player.answer\` says how. Draw from
 * \`player.random\` only, and in integers: the same life is played in other engines and must come out the same.
 */
function* live(player: Player): Life {
  // Who is there from the start is met in the middle of its life: otherwise all would search at the same moment.
  yield pause(player, player.fresh ? holdMs(player.random, thinking) : residualMs(player.random, thinking));
  for (;;) {
    const chest = yield* playChain(player, style);
    if (chest === null && (yield* givesUp(player))) return;
    yield* walkTowards(player, somewhereNear(player, chest ?? player, 96), holdMs(player.random, thinking));
  }
}
`;
}

function personaTest(name: string): string {
  const persona = identifierOf(name);
  const row = persona === name ? `personas.${name}` : `personas['${name}']`;
  return `import { expect, test } from 'vitest';
import { castOf } from '../crowd/cast.ts';
import { ${persona} } from './${name}.ts';
import { decisions } from './replay.ts';
import { healthy } from './script.ts';
import { personas } from './table.ts';

/** \`persona.test.ts\` holds every row of the table to the rules of the house; here stands what only this persona does. */
test('${name} is in the table', () => {
  expect(${row}).toBe(${persona});
});

test('${name} plays chains, and ends all of them well while all is well', () => {
  const ends = chainEnds(2000);
  expect(ends.length).toBeGreaterThan(100);
  expect(new Set(ends)).toEqual(new Set(['useful']));
});

/** How the chains ended among the first decisions of ten such players, on a service that always has loot. */
function chainEnds(decisionsMax: number): readonly string[] {
  const cast = castOf({ seed: 17, players: 10, mix: { explorer: 1 }, joinMs: 1000 });
  const ends: string[] = [];
  let seen = 0;
  for (const { player } of decisions({ ...cast, player: (journey) => ({ ...cast.player(journey), persona: ${persona} }) }, healthy)) {
    if (player.ask.kind === 'chain' && player.ask.chain !== 'begun') ends.push(player.ask.chain);
    seen += 1;
    if (seen === decisionsMax) break;
  }
  return ends;
}
`;
}
