/** The chained workload on bare undici: one Client a player, answers parsed as JSON, no behaviours and no accounting. */
import { readFileSync } from 'node:fs';
import { Client } from 'undici';

const [origin, players, everySeconds, seconds, bodiesFile] = process.argv.slice(2);
const bodies = readFileSync(bodiesFile, 'utf8').trimEnd().split('\n');
const endAtMs = performance.now() + Number(seconds) * 1000;
const headers = { 'content-type': 'application/json' };
const times = new Float64Array(2_000_000);
let requests = 0;
let empty = 0;
let wrong = 0;
let next = 0;

async function answerTo(client, options) {
  const sentAtMs = performance.now();
  const { statusCode, body } = await client.request(options);
  const answer = await body.json();
  times[requests++ % times.length] = performance.now() - sentAtMs;
  if (statusCode !== 200) wrong += 1;
  return answer;
}

async function chain(client) {
  const body = bodies[next++ % bodies.length];
  const [nearest] = (await answerTo(client, { method: 'POST', path: '/v1/treasures/search', body, headers })).treasures;
  if (nearest === undefined || nearest.loot.length === 0) {
    empty += 1;
    return;
  }
  const { id, position } = nearest;
  const spawns = await answerTo(client, { method: 'GET', path: `/v1/spawns?near=${id}&radius=96` });
  if (spawns.treasureId !== id || spawns.spawns.length === 0) wrong += 1;
  const map = await answerTo(client, { method: 'GET', path: `/v1/biomes/verdania/${position.x}/${position.z}/map?size=13` });
  if (map.x !== position.x || map.z !== position.z || map.tiles.length !== 169) wrong += 1;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function live() {
  const client = new Client(origin, { pipelining: 1, keepAliveTimeout: 600_000, keepAliveMaxTimeout: 600_000 });
  const everyMs = Number(everySeconds) * 1000;
  if (everyMs > 0) await pause(Math.random() * everyMs);
  while (performance.now() < endAtMs) {
    await chain(client);
    if (everyMs > 0) await pause(everyMs);
  }
  await client.destroy();
}

await Promise.all(Array.from({ length: Number(players) }, live));
const sorted = times.slice(0, Math.min(requests, times.length)).sort();
const at = (share) => sorted[Math.floor(share * sorted.length)] ?? null;
process.stdout.write(`figures ${JSON.stringify({ requests, empty, failed: wrong, p50Ms: at(0.5), p99Ms: at(0.99) })}\n`);
