// Do players feel each compaction of a cache on disk, while the pod still keeps up?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Compactions of a disk cache',
  environment: 'diskcache',
  pods: 1,
  // About as many values in memory as fit into the file, so that it is the place that differs; and a file that is full after ten seconds.
  service: { cacheEntriesMax: 2_000, diskCacheBytesMax: 6_291_456 },
  // Bots and farmers come back to the same spots, so that most of what a compaction evicts is asked for again. Assumed.
  crowd: { kind: 'explorers', players: 500, mix: { bot: 4, farmer: 3, explorer: 2 } },
  settle: '24s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.9, in: ['before'] }],
};
