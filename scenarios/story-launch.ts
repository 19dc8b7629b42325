// Do 15,000 players get their loot within 15 ms, 3,200 requests a second, with the search beside the players?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'The launch as it became',
  environment: 'sidecar',
  pods: 2,
  crowd: {
    kind: 'explorers',
    players: 15_200,
    // A third hunts, the others hold their places: 0.22 requests per player and second.
    mix: { explorer: 32, squatter: 68 },
    // A hunt draws everybody to the same few places: the exponent of a launch event in docs/decisions/0008-sidecar-cache.md. Assumed.
    space: { cells: 64, exponent: 1.1 },
    join: '12s',
  },
  settle: '18s',
  expect: [
    { share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] },
    { latency: 0.99, of: 'search', atMost: '15ms', in: ['before'] },
    { latency: 0.99, of: 'spawns', atMost: '15ms', in: ['before'] },
    { latency: 0.99, of: 'biome', atMost: '15ms', in: ['before'] },
  ],
};
