// Do players feel each compaction of a cache on disk, while the pod still keeps up?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Compactions of a disk cache',
  environment: 'diskcache',
  pods: 1,
  // Farmers and bots come back to the same spots, so that most of what a compaction evicts is asked for again. Assumed.
  crowd: { kind: 'explorers', players: 900, mix: { farmer: 3, bot: 2, explorer: 2 } },
  settle: '30s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.9, in: ['before'] }],
};
