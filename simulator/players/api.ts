import type { ApiMapping, MoveMapping } from './api-mapping.ts';
import { judge } from './judge.ts';
import { type Judge, mappedJudge } from './mapped-judge.ts';
import { bodyWriter, pathWriter, type Worlds } from './mapped-template.ts';
import type { Player } from './player.ts';
import { type BodyTemplate, type PlayerRequest, requestOf } from './request.ts';

/** What the players speak: how a move is asked, and what an answer is worth. */
export type Api = {
  request(player: Player, template: BodyTemplate, requestId: string): PlayerRequest;
  judge: Judge;
};

const treasureApi: Api = { request: requestOf, judge };

/** The treasure API, or another one as far as a scenario maps it. Templates and pointers are read once, here. */
export function apiOf(mapping: ApiMapping | undefined): Api {
  if (mapping === undefined) return treasureApi;
  const { worlds = {}, search, spawns, biome } = mapping;
  const moves: { [kind: string]: Api | undefined } = {
    search: moveOf(search, worlds),
    spawns: moveOf(spawns, worlds),
    biome: moveOf(biome, worlds),
  };
  return {
    request: (player, template, requestId) => (moves[player.ask.kind] ?? treasureApi).request(player, template, requestId),
    judge: (ask, status, body, answer) => (moves[ask.kind] ?? treasureApi).judge(ask, status, body, answer),
  };
}

function moveOf(mapping: MoveMapping | undefined, worlds: Worlds): Api | undefined {
  if (mapping === undefined) return undefined;
  const method = mapping.method ?? (mapping.body === undefined ? 'GET' : 'POST');
  const path = pathWriter(mapping.path, worlds);
  const body = mapping.body === undefined ? null : bodyWriter(mapping.body, worlds);
  return {
    request({ ask, playerId, sessionId }, template, requestId) {
      const question = { ask, playerId, sessionId, requestId, template };
      return { method, path: path(question), body: body === null ? null : body(question), requestId };
    },
    judge: mappedJudge(mapping, worlds),
  };
}
