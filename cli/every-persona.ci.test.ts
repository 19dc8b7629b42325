import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlayer } from '../simulator/crowd/crowd.ts';
import { buildPool } from '../simulator/payloads/pool.ts';
import { judge } from '../simulator/players/judge.ts';
import { type PlayerRequest, requestIdOf, requestOf, templateOf } from '../simulator/players/request.ts';
import { personaNames } from '../simulator/players/table.ts';
import { startTheirService, type TheirService } from './fixtures/their-service.ts';

const pool = buildPool(17, 100);
let service: TheirService;

/** Its Redis is not there: it answers all the same. */
beforeAll(async () => {
  service = await startTheirService('redis://nobody:nothing@127.0.0.1:1');
});

afterAll(() => service.close());

test.each(personaNames)('whatever %s asks the reference service for, the answer is of use', async (name) => {
  const detail: string[] = [];
  for (let journey = 0; journey < 30; journey++) detail.push(...(await troublesOf(name, journey)));
  expect(detail).toEqual([]);
});

/** Lives through the first questions of a player, without its pauses; says what was no use. */
async function troublesOf(name: string, journey: number): Promise<readonly string[]> {
  const player = createPlayer({ seed: 17, players: 1, mix: { [name]: 1 }, joinMs: 0 }, journey);
  const troubles: string[] = [];
  let sequence = 0;
  for (const ask of player.persona.behave(player)) {
    if (ask.kind === 'pause' || ask.kind === 'chain' || ask.kind === 'relaunch') continue;
    const request = requestOf(player, templateOf(pool, player), requestIdOf(17, journey, sequence));
    const { status, body } = await exchange(request);
    const trouble = judge(ask, status, body, player.answer);
    if (trouble !== '') troubles.push(`journey ${journey}: ${trouble}`);
    sequence += 1;
    if (sequence === 6) break;
  }
  return troubles;
}

async function exchange({ method, path, body }: PlayerRequest): Promise<{ status: number; body: string }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${service.url}${path}`, body === null ? { method } : { method, headers, body });
  return { status: answer.status, body: await answer.text() };
}
