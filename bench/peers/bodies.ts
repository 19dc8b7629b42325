import { writeFile } from 'node:fs/promises';
import { createPlayer } from '../../simulator/crowd/crowd.ts';
import { buildPool } from '../../simulator/payloads/pool.ts';
import { requestIdOf, requestOf, templateOf } from '../../simulator/players/request.ts';
import { world } from '../server/answers.ts';

const bodies = 1000;

/** What this project's own players make their bodies of, for processes that do not make it themselves. */
export function writePool(file: string, seed: number): Promise<void> {
  return writeFile(file, JSON.stringify(buildPool(seed, bodies)));
}

/** A thousand search bodies as this project's players send them, about 508 bytes each, one a line: what every peer sends too. */
export async function writeBodies(file: string, seed: number): Promise<{ bytesMean: number }> {
  const pool = buildPool(seed, bodies);
  const crowd = { seed, players: bodies, mix: { explorer: 1 }, joinMs: 0 };
  const lines = Array.from({ length: bodies }, (_unused, journey) => {
    const player = Object.assign(createPlayer(crowd, journey), { world });
    Object.assign(player.ask, { kind: 'search', world, size: 128, limit: 8, x: player.x, y: player.y, z: player.z });
    return requestOf(player, templateOf(pool, player), requestIdOf(seed, journey, 0)).body as string;
  });
  const text = `${lines.join('\n')}\n`;
  await writeFile(file, text);
  return { bytesMean: Buffer.byteLength(text) / bodies - 1 };
}
