import { bot } from './bot.ts';
import { explorer } from './explorer.ts';
import { farmer } from './farmer.ts';
import { hostile } from './hostile.ts';
import { partyMember } from './party-member.ts';
import type { Persona } from './player.ts';
import { squatter } from './squatter.ts';
import { synthetic } from './synthetic.ts';
import { tourist } from './tourist.ts';
import { wanderer } from './wanderer.ts';

/** Everybody who can play. A new persona is one file and one row here; `persona.test.ts` then holds it to the rules. */
export const personas: { readonly [name: string]: Persona } = {
  explorer,
  farmer,
  wanderer,
  'party-member': partyMember,
  tourist,
  bot,
  hostile,
  squatter,
  synthetic,
};

export const personaNames: readonly string[] = Object.keys(personas);
