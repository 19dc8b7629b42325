/** The chained workload for autocannon: its requests in sequence, each made from the answer before; an empty chest starts over. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [packages, origin, connections, seconds, bodiesFile] = process.argv.slice(2);
const autocannon = createRequire(packages)('./autocannon.js');
const bodies = readFileSync(bodiesFile, 'utf8').trimEnd().split('\n');
let next = 0;
let empty = 0;
let wrong = 0;

const search = {
  method: 'POST',
  path: '/v1/treasures/search',
  headers: { 'content-type': 'application/json' },
  setupRequest: (request) => ({ ...request, body: bodies[next++ % bodies.length] }),
  onResponse(_status, body, context) {
    const [nearest] = JSON.parse(body).treasures;
    context.chest = nearest === undefined || nearest.loot.length === 0 ? null : nearest;
    if (context.chest === null) empty += 1;
  },
};
const spawns = {
  method: 'GET',
  setupRequest: (request, { chest }) => chest && { ...request, path: `/v1/spawns?near=${chest.id}&radius=96` },
  onResponse(_status, body, { chest }) {
    const answer = JSON.parse(body);
    if (answer.treasureId !== chest.id || answer.spawns.length === 0) wrong += 1;
  },
};
const map = {
  method: 'GET',
  setupRequest: (request, { chest }) =>
    chest && { ...request, path: `/v1/biomes/verdania/${chest.position.x}/${chest.position.z}/map?size=13` },
  onResponse(_status, body, { chest }) {
    const answer = JSON.parse(body);
    if (answer.x !== chest.position.x || answer.z !== chest.position.z || answer.tiles.length !== 169) wrong += 1;
  },
};

const result = await autocannon({
  url: origin,
  connections: Number(connections),
  duration: Number(seconds),
  requests: [search, spawns, map],
});
const { requests, latency, errors, non2xx } = result;
const figures = { requests: requests.total, empty, failed: wrong + errors + non2xx, p50Ms: latency.p50, p99Ms: latency.p99 };
process.stdout.write(`figures ${JSON.stringify(figures)}\n`);
