import type { Operation } from '../../core/outcome.ts';

/**
 * How the three moves of a player are asked of another API, as data: it can be written down in a scenario, kept in a journal and
 * carried into k6. A move without a row is asked of the treasure API as it is. Paths into answers are JSON pointers (RFC 6901).
 */
export type ApiMapping = {
  /** What the other side calls the crowd's worlds: `{ verdania: 'berlin' }`. A world without a row keeps its name. */
  worlds?: { readonly [world: string]: string } | undefined;
  search?: SearchMapping | undefined;
  spawns?: MoveMapping | undefined;
  biome?: MoveMapping | undefined;
};

export type MoveMapping = {
  /** Default: POST where there is a body, else GET. */
  method?: 'GET' | 'POST' | undefined;
  /** With placeholders: `/shops/{world}/offers?item={id}`. What stands in for them is percent-encoded. */
  path: string;
  /** A string that is one placeholder and nothing else becomes its value with its own type: `{ around: { lat: '{x}' } }`. */
  body?: Json | undefined;
  /** Where the answer holds its results, best first; one object there counts as a list of one. `''` is the answer itself. */
  list: string;
  /** What every result must hold, from the result on: an answer without it is `wrong`. */
  each?: readonly string[] | undefined;
  /** What makes the first result of use: nothing there (missing, null, false, 0, '', [] or {}) makes the answer `empty`. */
  useful?: string | undefined;
  /** What the answer must repeat of the question, or it is `wrong`: `{ '/item/sku': '{id}' }`. */
  echo?: { readonly [pointer: string]: string } | undefined;
};

export type SearchMapping = MoveMapping & {
  /** Where a result holds the id that the next link of the chain asks for. */
  id: string;
  /** Where a result lies, in whole or broken numbers; a part without a row is where the player stands. */
  position?: { x?: string | undefined; y?: string | undefined; z?: string | undefined } | undefined;
};

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a move can say of itself. */
const everyMove = ['world', 'x', 'y', 'z', 'radius', 'size'] as const;

/** `id`: the result that the chain goes on from. `limit`: how many results the player's screen shows. */
const ownToMove: { readonly [operation in Operation]: readonly string[] } = { search: ['limit'], spawns: ['id'], biome: [] };

/** What the player's client says of itself with every request. */
const ofClient = ['playerId', 'sessionId', 'requestId'] as const;

/** In a body only, and only by itself: the client's build, device, bag and mods, a JSON object of about 350 bytes. */
export const profilePlaceholder = 'profile';

/** What can stand in a path or a body of that move. */
export function placeholdersOf(operation: Operation): readonly string[] {
  return [...placeholdersOfEcho(operation), ...ofClient];
}

/** What an answer of that move can be expected to repeat. */
export function placeholdersOfEcho(operation: Operation): readonly string[] {
  return [...everyMove, ...ownToMove[operation]];
}

/** Names in braces, at the odd places: `'/a/{x}/b'` is split into `'/a/'`, `'x'`, `'/b'`. */
export function splitTemplate(text: string): readonly string[] {
  return text.split(/\{([A-Za-z]+)\}/);
}
