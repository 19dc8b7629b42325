// Do 15,000 players get their loot within 15 ms, 3,200 requests a second, with the search beside the players?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'The launch as it became',
  environment: 'sidecar',
  crowd: { kind: 'explorers', players: 15_000, mix: { explorer: 24, wanderer: 76 }, join: '10s' },
  settle: '20s',
  expect: [
    { share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] },
    { latency: 0.99, of: 'search', atMost: '15ms', in: ['before'] },
    { latency: 0.99, of: 'spawns', atMost: '15ms', in: ['before'] },
    { latency: 0.99, of: 'biome', atMost: '15ms', in: ['before'] },
  ],
};
