import { explorer } from './explorer.ts';
import { farmer } from './farmer.ts';
import type { Persona } from './player.ts';
import { wanderer } from './wanderer.ts';

/** Everybody who can play. A new persona is one file and one row here; `persona.test.ts` then holds it to the rules. */
export const personas: { readonly [name: string]: Persona } = { explorer, farmer, wanderer };

export const personaNames: readonly string[] = Object.keys(personas);
