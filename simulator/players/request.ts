import type { Ask, Player } from './player.ts';

/** One request of the treasure API, ready to be sent. */
export type PlayerRequest = { method: 'GET' | 'POST'; path: string; body: string | null; requestId: string };

/**
 * What a search body holds besides the move itself: the player's build, region, devices, inventory. JSON members without
 * the braces, made at start (simulator/payloads); `bytes` is their length in UTF-8.
 */
export type BodyTemplate = { members: string; bytes: number };

/** Unique in a run and in all its shards without coordination; at most 50 characters (the service takes 64). */
export function requestIdOf(seed: number, journey: number, sequence: number): string {
  return `${seed}-${journey}-${sequence}`;
}

/** The same template for the whole journey: a player keeps its build, region and devices. Some personas bring templates of their own. */
export function templateOf(pool: readonly BodyTemplate[], { journey, persona }: Player): BodyTemplate {
  const templates = persona.templates ?? pool;
  const template = templates[journey % templates.length];
  if (template === undefined) throw new RangeError('The pool of body templates is empty.');
  return template;
}

/** The player's ask as the treasure API wants it. Only for asks that send something. */
export function requestOf(player: Player, template: BodyTemplate, requestId: string): PlayerRequest {
  const { ask } = player;
  switch (ask.kind) {
    case 'search':
      return { method: 'POST', path: '/v1/treasures/search', body: searchBody(player, template, requestId), requestId };
    case 'spawns':
      return { method: 'GET', path: spawnsPath(ask), body: null, requestId };
    case 'biome':
      return { method: 'GET', path: `/v1/biomes/${ask.world}/${ask.x}/${ask.z}/map?size=${ask.size}`, body: null, requestId };
    default:
      throw new RangeError(`A ${ask.kind} sends nothing.`);
  }
}

function spawnsPath(ask: Ask): string {
  return `/v1/spawns?near=${encodeURIComponent(ask.treasureId)}&radius=${ask.size}`;
}

/** Written by hand: every value here is our own (whole numbers, names without quotes), and this runs on every search. */
function searchBody(player: Player, template: BodyTemplate, requestId: string): string {
  const { ask } = player;
  return (
    `{"playerId":"${player.playerId}","sessionId":"${player.sessionId}","world":"${ask.world}",` +
    `"position":{"x":${ask.x},"y":${ask.y},"z":${ask.z}},"radius":${ask.size},"filters":${filters(ask)},` +
    `"requestId":"${requestId}",${template.members}}`
  );
}

function filters(ask: Ask): string {
  return ask.rarityMin === '' ? `{"limit":${ask.limit}}` : `{"rarityMin":"${ask.rarityMin}","limit":${ask.limit}}`;
}
